"""Paths as people type them, in every kind of parameter for files."""

from pathlib import Path

import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProperty,
)
from recurve.algorithms.typed_paths import with_plain_paths


@pytest.fixture
def plain(provider, tmp_path, monkeypatch):
    """A function: what becomes of an algorithm's values; the user's home is the test's folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return lambda algorithm, **given: with_plain_paths(provider.algorithm(algorithm), given)


@pytest.mark.parametrize(
    ("algorithm", "name"),
    [
        ("classify", "INPUT"),
        ("classify", "CLASSIFIER"),
        ("classify", "OUTPUT"),
        ("classify", "MASK"),
        ("preparesamples", "OUTPUT"),
        ("assess", "OUTPUT_JSON"),
        ("animate", "OUTPUT"),
    ],
)
def test_home_in_every_parameter_for_files(plain, tmp_path, algorithm, name):
    assert plain(algorithm, **{name: "~/a b.x"}) == {name: f"{tmp_path}/a b.x"}


def test_lists_and_what_dialogs_wrap(plain, tmp_path):
    assert plain("assess", MAPS=["~/a.tif", "b.tif"]) == {"MAPS": [f"{tmp_path}/a.tif", "b.tif"]}
    output = plain("classify", OUTPUT=QgsProcessingOutputLayerDefinition("~/map.tif "))["OUTPUT"]
    assert output.sink.staticValue() == f"{tmp_path}/map.tif"
    mask = plain("classify", MASK=QgsProcessingFeatureSourceDefinition("~/mask.gpkg", True))["MASK"]
    assert mask.source.staticValue() == f"{tmp_path}/mask.gpkg"
    assert mask.selectedFeaturesOnly


def test_what_is_no_path_stays_as_it_is(plain):
    expression = QgsProperty.fromExpression("'~/map.tif'")
    given = {
        "INPUT": "~backup",
        "ITERATIONS": " 3",
        "DEVICE": "~/CPU",
        "OUTPUT": expression,
        "CONFIDENCE": "TEMPORARY_OUTPUT",
        "SCORES": None,
    }
    assert plain("classify", **given) == given


def test_blanks_go_unless_a_file_has_them(plain):
    assert plain("classify", OUTPUT=" map.tif\n", INPUT=" none.tif ") == {
        "OUTPUT": "map.tif",
        "INPUT": " none.tif ",  # which QGIS will say is not there
    }
    for name in ("image.tif", "with blank.tif "):
        Path(name).touch()
    assert plain("classify", INPUT="image.tif ", OUTPUT="with blank.tif ") == {
        "INPUT": "image.tif",
        "OUTPUT": "with blank.tif ",
    }
