"""Sentences in the user's language: what `tr` makes of them, and whether the code gives it what can be translated."""

from __future__ import annotations

from string import Formatter

import pytest
from recurve.core import translation
from recurve.core.output.write_faults import NO_ROOM
from recurve.core.translation import speak, tr, word
from recurve.tests.given_to_tr import given_to_tr

ABSENT = "The chip {path} is missing; make the sample set again."


@pytest.fixture
def german(monkeypatch):
    """A function that gives a sentence a translation."""
    sentences = {}
    monkeypatch.setattr(translation, "_translate", lambda sentence: sentences.get(sentence, sentence))
    return sentences.__setitem__


def test_english_without_a_translator(monkeypatch):
    monkeypatch.setattr(translation, "_translate", str)
    assert tr(ABSENT, path="a.tif") == "The chip a.tif is missing; make the sample set again."


def test_the_translation_gets_the_values(german):
    german(ABSENT, "Der Chip {path} fehlt.")
    assert tr(ABSENT, path="a.tif") == "Der Chip a.tif fehlt."


def test_values_keep_their_format(german):
    german("{difference:.2g} is too much", "zu viel: {difference:.1f}")
    assert tr("{difference:.2g} is too much", difference=0.123) == "zu viel: 0.1"
    german("{difference:.2g} is too much", "{difference:.2g} is too much")
    assert tr("{difference:.2g} is too much", difference=0.123) == "0.12 is too much"


@pytest.mark.parametrize(
    "broken", ["Der Chip {pfad} fehlt.", "Der Chip {path:d} fehlt.", "{", "{0}", "{path.a}"]
)
def test_a_broken_translation_hides_no_fault(german, broken):
    german(ABSENT, broken)
    assert tr(ABSENT, path="a.tif") == "The chip a.tif is missing; make the sample set again."


def test_braces_stay_where_there_are_no_values(german):
    assert tr("{name} is no placeholder here: {") == "{name} is no placeholder here: {"


def test_values_may_hold_braces(german):
    assert tr(ABSENT, path="{x}.tif") == "The chip {x}.tif is missing; make the sample set again."


def test_another_language_later(monkeypatch):
    monkeypatch.setattr(translation, "_translate", str)
    speak(str.upper)
    assert tr("no class") == "NO CLASS"
    speak(str.lower)
    assert tr("No class") == "no class"


def test_names_of_the_file_formats_are_words(german):
    german("training", "Training")
    assert (word("train"), word("fp16")) == ("Training", "fp16")


def test_everything_that_is_given_to_tr_is_found(root):
    """The help, which is found in its own files, is the only text that has another name than a constant's."""
    sentences = list(given_to_tr(root))
    unknown = {call.path.name for call in sentences if call.sentence is None}
    assert unknown == {"help.py"}
    assert NO_ROOM in {call.sentence for call in sentences}


def test_sentences_get_the_values_they_need(root):
    for call in given_to_tr(root):
        if call.values:
            needed = {field for _, field, _, _ in Formatter().parse(call.sentence) if field is not None}
            assert needed == call.values, f"{call.path}:{call.line}"


def test_no_sentence_is_translated_on_import(root):
    """It would stay in the language that was spoken then."""
    for call in given_to_tr(root):
        assert call.is_in_function, f"{call.path}:{call.line}"
