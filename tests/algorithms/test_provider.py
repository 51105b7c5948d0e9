"""What people and other programs rely on: ids, names of parameters, help, outputs."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition

PARAMETERS = {
    "recurve:animate": ["INPUT", "ITERATES", "EXTENT", "SECONDS", "SCALE", "OUTPUT"],
    "recurve:assess": [
        "MAPS",
        "REFERENCE",
        "CLASS_FIELD",
        "CLASS_NAME",
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
    "recurve:classify": [
        "INPUT",
        "BANDS",
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
    "recurve:describenetwork": ["NETWORK", "OUTPUT_HTML"],
    "recurve:trainclassifier": [
        "SAMPLES",
        "NETWORK",
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


def test_help_has_no_text_for_parameters_that_are_gone(algorithm):
    from recurve.algorithms.bridge import help_texts

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


def test_runs_in_the_background_in_batches_and_can_be_cancelled(algorithm):
    flags = algorithm.flags()
    assert flags & QgsProcessingAlgorithm.Flag.FlagCanCancel
    assert flags & QgsProcessingAlgorithm.Flag.FlagSupportsBatch
    assert not flags & QgsProcessingAlgorithm.Flag.FlagNoThreading


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
    from recurve.models.runtime import DEVICES

    device = provider.algorithm("classify").parameterDefinition("DEVICE")
    assert device.options() == list(DEVICES)
    assert device.defaultValue() == "auto"
    assert device.usesStaticStrings()
