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
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)
from recurve.algorithms.text.help import called

PARAMETERS = {
    "recurve:animate": ["INPUT", "ITERATES", "EXTENT", "SECONDS", "SCALE", "OUTPUT"],
    "recurve:assess": [
        "MAPS",
        "REFERENCE",
        "CLASS_FIELD",
        "CLASS_NAME",
        "REFERENCE_RASTER",
        "BACKGROUND",
        "AREA",
        "CLASS_TABLE",
        "UNLABELLED",
        "TOLERANCES",
        "STRATUM_AREAS",
        "OUTPUT_HTML",
        "OUTPUT_JSON",
        "DIFFERENCE",
    ],
    "recurve:buildingstopolygons": [
        "image",
        "classifier",
        "corrector",
        "code",
        "smallest",
        "tolerance",
        "attributes:Polygons",
        "classify:Map",
    ],
    "recurve:classify": [
        "INPUT",
        "BANDS",
        "PRETRAINED",
        "CLASSIFIER",
        "CORRECTOR",
        "ITERATIONS",
        "RESAMPLE",
        "EXTENT",
        "PIXEL_SIZE",
        "MASK",
        "DEVICE",
        "PRECISION",
        "TILE_SIDE",
        "OUTPUT",
        "CONFIDENCE",
        "SCORES",
        "ITERATES",
    ],
    "recurve:correct": [
        "INPUT",
        "BANDS",
        "MAP",
        "MAP_KIND",
        "CLASS_TABLE",
        "CORRECTOR",
        "ITERATIONS",
        "EXTENT",
        "MASK",
        "DEVICE",
        "PRECISION",
        "TILE_SIDE",
        "OUTPUT",
        "CONFIDENCE",
        "SCORES",
        "ITERATES",
    ],
    "recurve:describenetwork": ["PRETRAINED", "NETWORK", "OUTPUT_HTML"],
    "recurve:trainandclassify": [
        "image",
        "rough_labels",
        "rough_area",
        "precise_labels",
        "precise_area",
        "classes",
        "background",
        "classifier_epochs",
        "corrector_epochs",
        "classifier:Classifier",
        "classify:Map",
        "corrector:Corrector",
    ],
    "recurve:trainclassifier": [
        "SAMPLES",
        "NETWORK",
        "PRETRAINED",
        "START",
        "EPOCHS",
        "BATCH",
        "LEARNING_RATE",
        "CLASS_WEIGHTS",
        "LABEL_SMOOTHING",
        "DEVICE",
        "THREADS",
        "SEED",
        "NAME",
        "OUTPUT",
        "REPORT",
    ],
    "recurve:traincorrector": [
        "SAMPLES",
        "PRETRAINED",
        "CLASSIFIER",
        "MAP",
        "MAP_KIND",
        "CLASS_TABLE",
        "FORM",
        "START",
        "ITERATIONS",
        "FILTERS",
        "HIDDEN",
        "EPOCHS",
        "BATCH",
        "LEARNING_RATE",
        "EXPORT_ALWAYS",
        "DEVICE",
        "THREADS",
        "SEED",
        "NAME",
        "OUTPUT",
        "REPORT",
    ],
    "recurve:preparesamples": [
        "INPUT",
        "BANDS",
        "LABELS",
        "CLASS_FIELD",
        "LABEL_RASTER",
        "CLASSES",
        "LINE_WIDTH",
        "LINE_WIDTH_FIELD",
        "AREA",
        "BACKGROUND",
        "VALIDATION_SHARE",
        "BLOCK_SIZE",
        "CHIP_SIDE",
        "SEED",
        "SIMULATE_MISREGISTRATION",
        "SIMULATE_OMISSION",
        "OUTPUT",
    ],
}


def found(provider, words):
    """The algorithms that the toolbox leaves: each of the words is in the name, the description or a tag."""
    return [
        algorithm.id()
        for algorithm in provider.algorithms()
        for told in [[algorithm.displayName(), algorithm.shortDescription(), *algorithm.tags()]]
        if all(any(word.lower() in text.lower() for text in told) for word in words.split())
    ]


@pytest.fixture(params=sorted(PARAMETERS))
def algorithm(request, provider):
    return provider.algorithm(request.param.partition(":")[2])


def test_ids_are_these(provider):
    assert sorted(algorithm.id() for algorithm in provider.algorithms()) == sorted(PARAMETERS)


def test_ids_are_lower_case_letters_and_digits(algorithm):
    assert re.fullmatch("[a-z0-9]+", algorithm.name())
    assert re.fullmatch("[a-z0-9]+", algorithm.groupId())


def test_parameters_are_these(algorithm):
    assert [p.name() for p in algorithm.parameterDefinitions()] == PARAMETERS[algorithm.id()]


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


def test_sentences_call_no_parameter_by_its_id_alone(root):
    """The dialog does not show ids: `text.help.called` gives both, and the engine has words for what it means."""
    ids = {name for names in PARAMETERS.values() for name in names if name.isupper()}
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
    assert set(texts) == {"description", *PARAMETERS[algorithm.id()]}


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


def test_classify_has_outputs_for_models_to_use(provider):
    outputs = provider.algorithm("classify").outputDefinitions()
    assert [(output.name(), output.type()) for output in outputs] == [
        ("OUTPUT", "outputRaster"),
        ("CONFIDENCE", "outputRaster"),
        ("SCORES", "outputRaster"),
        ("ITERATES", "outputRaster"),
    ]


def test_classify_needs_the_image_only(provider):
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    needed = [
        parameter.name()
        for parameter in provider.algorithm("classify").parameterDefinitions()
        if not parameter.flags() & optional and parameter.defaultValue() is None
    ]
    assert needed == ["INPUT", "OUTPUT"]


def test_classify_offers_devices_by_name(provider):
    from recurve.models.runtime.session import DEVICES

    device = provider.algorithm("classify").parameterDefinition("DEVICE")
    assert device.options() == list(DEVICES)
    assert device.defaultValue() == "auto"
    assert device.usesStaticStrings()
