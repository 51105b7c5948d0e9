"""What people and other programs rely on: ids, names of parameters, help, outputs."""

from __future__ import annotations

import ast
import re

import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)
from recurve.algorithms.text.help import called

IDS = (
    *("animate", "assess", "buildingstopolygons", "classify", "correct", "describenetwork", "preparesamples"),
    *("trainandclassify", "trainclassifier", "traincorrector"),
)


def found(provider, words):
    """The algorithms that the toolbox leaves: each of the words is in the name, the description or a tag."""
    return [
        algorithm.id()
        for algorithm in provider.algorithms()
        for told in [[algorithm.displayName(), algorithm.shortDescription(), *algorithm.tags()]]
        if all(any(word.lower() in text.lower() for text in told) for word in words.split())
    ]


@pytest.fixture(params=IDS)
def algorithm(request, provider):
    return provider.algorithm(request.param)


def test_ids_are_lower_case_letters_and_digits(algorithm):
    assert re.fullmatch("[a-z0-9]+", algorithm.name())
    assert re.fullmatch("[a-z0-9]+", algorithm.groupId())


def test_every_parameter_has_help(algorithm):
    help_text = algorithm.shortHelpString()
    for parameter in algorithm.parameterDefinitions():
        assert len(parameter.help()) > 20, parameter.name()
        assert parameter.description() in help_text


def test_sentences_call_a_parameter_as_the_dialog_does_and_by_its_id(algorithm):

    for parameter in algorithm.parameterDefinitions():
        label = re.fullmatch(rf'"(.+)" \({parameter.name()}\)', called(algorithm, parameter.name()))[1]
        assert parameter.description().startswith(label)
        assert "(" not in label


def test_sentences_call_no_parameter_by_its_id_alone(root, provider):
    """The dialog does not show ids: `text.help.called` gives both, and the engine has words for what it means."""
    names = {p.name() for algorithm in provider.algorithms() for p in algorithm.parameterDefinitions()}
    ids = {name for name in names if name.isupper()}
    names = re.compile(rf"\b({'|'.join(ids)})\b")
    found = []
    for path in sorted(
        path for folder in ("algorithms", "core", "models") for path in (root / folder).rglob("*.py")
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = [
            node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        ]
        docstrings = {ast.get_docstring(node, clean=False) for node in documented}
        for node in ast.walk(tree):
            is_sentence = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
            if is_sentence and node.value not in docstrings and names.search(node.value):
                found.append(f"{path.name}:{node.lineno}: {node.value}")
    assert not found, "\n".join(found)


def test_help_has_no_text_for_parameters_that_are_gone(algorithm):
    from recurve.algorithms.text.help import help_texts

    texts = help_texts(algorithm.name())
    assert set(texts) == {"description", *(p.name() for p in algorithm.parameterDefinitions())}


def test_metadata_is_told(algorithm):
    for text in (
        algorithm.displayName(),
        algorithm.group(),
        algorithm.shortDescription(),
        algorithm.helpUrl(),
    ):
        assert text
    assert algorithm.tags()
    assert not algorithm.icon().isNull()
    assert algorithm.svgIconPath().endswith(".svg")


@pytest.mark.parametrize(
    "words",
    [
        *("building", "footprint", "land cover", "orthophoto", "roof"),
        *("machine learning", "smooth", "digitize", "install"),
    ],
)
def test_is_found_by_what_people_search_for(provider, words):
    assert found(provider, words)


def test_runs_in_the_background_in_batches_and_can_be_cancelled(algorithm):
    flags = algorithm.flags()
    assert flags & QgsProcessingAlgorithm.Flag.FlagCanCancel
    assert flags & QgsProcessingAlgorithm.Flag.FlagSupportsBatch
    if not isinstance(algorithm, QgsProcessingModelAlgorithm):  # which QGIS 3.22 runs in the main thread
        assert not flags & QgsProcessingAlgorithm.Flag.FlagNoThreading


def test_fields_are_of_vector_layers(algorithm):
    """QGIS's window ends with signal 11 when the parent of a field holds a raster."""
    for parameter in algorithm.parameterDefinitions():
        if isinstance(parameter, QgsProcessingParameterField):
            parent = algorithm.parameterDefinition(parameter.parentLayerParameterName())
            assert isinstance(parent, QgsProcessingParameterFeatureSource), parameter.name()
            assert QgsProcessing.SourceType.TypeRaster not in parent.dataTypes()


def test_a_run_has_its_own_instance(algorithm):
    assert type(algorithm.create()) is type(algorithm)


def test_provider_says_its_version(provider, root):
    assert f"version={provider.versionInfo()}\n" in (root / "metadata.txt").read_text(encoding="utf-8")
    assert provider.supportedOutputRasterLayerExtensions() == ["tif", "tiff"]
