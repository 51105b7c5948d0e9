"""The pages of docs/algorithms are those of the algorithms as they are."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from recurve.scripts import algorithm_pages


def test_pages_are_up_to_date(provider):
    made = algorithm_pages.pages()
    assert set(algorithm_pages.FOLDER.iterdir()) == set(made)
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, f"run `make pages`: {path.name}"


def test_help_leads_to_the_page(provider, root):
    for algorithm in provider.algorithms():
        homepage, _, path = algorithm.helpUrl().partition("/blob/main/")
        assert homepage == "https://github.com/recurve/recurve"
        assert (root / path).read_text(encoding="utf-8").startswith(f"# {algorithm.displayName()}\n")


def test_a_page_says_what_a_parameter_takes(provider):
    text = algorithm_pages.page(provider.algorithm("preparesamples"))
    assert "`VALIDATION_FRACTION`: number from 0 to 1, default `0.2`" in text
    assert "`CLASSES`: table of Value, Class, Colour, optional" in text
    assert "`BLOCK_SIZE`: number above 0, optional" in text
    assert "- `CHIPS`: Number of chips" in text
