"""What users read is in their language, and the translations are complete."""

from __future__ import annotations

import json
import subprocess
import sys
from string import Formatter
from xml.etree import ElementTree

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsApplication, QgsProcessingContext, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from recurve.algorithms.classify import ClassifyAndCorrect
from recurve.algorithms.setup import packages
from recurve.algorithms.text.translation import tr
from recurve.plugin import TRANSLATIONS, RecurvePlugin
from recurve.tests.given_to_tr import given_to_tr

LANGUAGES = sorted(path.stem for path in TRANSLATIONS.glob("*.ts"))


@pytest.fixture
def start(qgis_processing):
    """A function that starts the plugin in a QGIS whose user has chosen a locale, and gives it."""
    settings, plugin = QgsSettings(), RecurvePlugin(None)

    def in_locale(locale):
        settings.setValue("locale/overrideFlag", True)
        settings.setValue("locale/userLocale", locale)
        plugin.initProcessing()
        return plugin

    yield in_locale
    plugin.unload()
    settings.remove("locale/overrideFlag")
    settings.remove("locale/userLocale")


@pytest.fixture(params=LANGUAGES)
def messages(request):
    """The messages of a .ts, and what loads its .qm."""
    translator = QTranslator()
    assert translator.load(request.param, str(TRANSLATIONS))
    return ElementTree.parse(TRANSLATIONS / f"{request.param}.ts").findall(".//message"), translator


@pytest.fixture(scope="module")
def texts(root):
    """All that is given to `tr`, and the help."""
    found = {call.sentence for call in given_to_tr(root)} - {
        None
    }  # the help, given by the name of a variable
    for path in (root / "resources" / "help").glob("*.json"):
        found.update(json.loads(path.read_text(encoding="utf-8")).values())
    return found


def fields(text):
    return sorted(field for _, field, _, _ in Formatter().parse(text) if field is not None)


@pytest.mark.parametrize("locale", ["de", "de_DE", "de_AT"])
def test_german(start, locale):
    algorithm = start(locale).provider.algorithm("classify")
    assert algorithm.displayName() == "Klassifizieren und korrigieren"
    assert algorithm.group() == "Klassifikation"
    assert "Landbedeckung" in algorithm.tags()
    assert algorithm.parameterDefinition("BANDS").description() == "Kanäle"
    assert algorithm.parameterDefinition("MASK").help().startswith("Polygone: Nur Pixel, deren Mittelpunkt")
    assert "<b>Maske</b><br/>Polygone: Nur Pixel" in algorithm.shortHelpString()


@pytest.mark.parametrize(
    "words",
    [
        *("Gebäude", "Grundriss", "Landbedeckung", "Orthofoto", "Dach"),
        *("maschinelles Lernen", "glätten", "digitalisieren", "installieren"),
    ],
)
def test_is_found_by_german_words(start, words):
    told = [
        text.lower()
        for algorithm in start("de").provider.algorithms()
        for text in (algorithm.displayName(), algorithm.shortDescription(), *algorithm.tags())
    ]
    assert any(words.lower() in text for text in told)


def test_sentences_call_parameters_as_the_german_dialog_does(start):
    from recurve.algorithms.text.help import called

    algorithm = start("de").provider.algorithm("classify")
    assert called(algorithm, "MASK") == '"Maske" (MASK)'
    assert called(algorithm, "TILE_SIDE") == '"Kantenlänge der Kacheln in Pixeln" (TILE_SIDE)'


def test_german_report(start):
    algorithm = start("de").provider.algorithm("describenetwork")
    assert (algorithm.displayName(), algorithm.group()) == ("Netz beschreiben", "Netze")
    assert (
        algorithm.parameterDefinition("NETWORK")
        .help()
        .startswith("Ein eigenes Netz, eine von Recurve erzeugte")
    )
    assert algorithm.outputDefinition("OUTPUT_HTML").type() == "outputHtml"


def test_refusals_of_the_engine_are_german(start, tmp_path):
    algorithm, context = start("de").provider.algorithm("describenetwork"), QgsProcessingContext()
    (tmp_path / "text.onnx").write_text("no network")
    values = {"NETWORK": str(tmp_path / "text.onnx"), "OUTPUT_HTML": str(tmp_path / "report.html")}
    is_right, sentence = algorithm.create().checkParameterValues(values, context)
    assert not is_right
    assert sentence.startswith(
        f"{tmp_path / 'text.onnx'} ist keine ONNX-Datei oder ist beschädigt; wählen Sie"
    )


def test_the_engine_is_english_again_after_unload(start):
    start("de").unload()
    assert tr("The chip {path} is missing; make the sample set again.", path="a.tif").startswith(
        "The chip a.tif"
    )


def test_ids_stay_as_they_are(start):
    algorithm = start("de").provider.algorithm("classify")
    assert (algorithm.id(), algorithm.groupId()) == ("recurve:classify", "classification")


def test_how_to_get_onnxruntime_is_told_with_the_command(start, monkeypatch):
    start("de")
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda name: None)
    sentence = packages.missing_runtime()
    assert sentence.startswith("Recurve braucht das Python-Paket onnxruntime")
    assert packages.install_command() in sentence


@pytest.mark.parametrize("locale", ["en_GB", "C", "", "xx_YY"])
def test_other_locales_are_english(start, locale):
    assert start(locale).provider.algorithm("classify").displayName() == "Classify and correct"


def test_the_language_qgis_speaks_comes_first(start):
    """As after `qgis --lang de`."""
    QgsApplication.setTranslation("de_DE")
    try:
        start("en_US")
        assert tr("Mask") == "Maske"
    finally:
        QgsApplication.setTranslation("")


def test_english_again_after_unload(start):
    start("de").unload()
    algorithm = ClassifyAndCorrect()
    algorithm.initAlgorithm()
    assert algorithm.displayName() == "Classify and correct"
    assert algorithm.parameterDefinition("BANDS").description() == "Bands"
    assert algorithm.parameterDefinition("MASK").help().startswith("Polygons: only pixels whose centre")


def test_every_text_is_there_and_no_other(messages, texts):
    assert {message.findtext("source") for message in messages[0]} == texts


def test_every_translation_is_finished(messages):
    for message in messages[0]:
        translation = message.find("translation")
        assert translation.get("type") is None, message.findtext("source")
        assert translation.text.strip() == translation.text != "", message.findtext("source")


def test_placeholders_are_kept(messages):
    for message in messages[0]:
        assert fields(message.findtext("translation")) == fields(message.findtext("source"))


def test_the_compiled_file_says_the_same(messages):
    QCoreApplication.installTranslator(messages[1])  # which, asked by itself, takes ASCII only
    try:
        for message in messages[0]:
            source, translation = message.findtext("source"), message.findtext("translation")
            assert QCoreApplication.translate("Recurve", source) == translation, "run `make translations`"
    finally:
        QCoreApplication.removeTranslator(messages[1])


def test_missing_tools_are_named(root, tmp_path):
    command = [sys.executable, root / "scripts" / "translations.py"]
    ran = subprocess.run(
        command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 1
    assert "apt-get install qttools5-dev-tools" in ran.stderr
    assert "Traceback" not in ran.stderr
