"""What scripts and models rely on: each algorithm's id, its parameters in their order, and what it gives back.

A parameter is told as in "TILE_SIDE: whole number from 1 to 16384, optional, advanced", with "= default" where it has
one. An output stands behind "->".
"""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("qgis.core")

from qgis.core import (
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterNumber,
)

INTERFACE = {
    "recurve:animate": """
INPUT: raster
ITERATES: raster
EXTENT: extent, optional
SECONDS: number from 0.02 to 60 = 0.7
SCALE: whole number from 1 to 16 = 1
OUTPUT: fileDestination
-> OUTPUT: outputFile
""",
    "recurve:assess": """
MAPS: multilayer
REFERENCE: source, optional
CLASS_FIELD: field, optional
CLASS_NAME: string, optional
REFERENCE_RASTER: raster, optional
BACKGROUND: string, optional
MASK: source, optional
CLASS_TABLE: matrix of Value/Class, optional, advanced
UNLABELLED: whole number, optional, advanced
ZERO_IS_A_CLASS: boolean, advanced = False
TOLERANCES: string, advanced = 1,2,3,5
STRATA: raster, optional, advanced
OUTPUT_HTML: fileDestination, optional
OUTPUT_JSON: fileDestination, optional
DIFFERENCE: rasterDestination, optional
-> OUTPUT_HTML: outputHtml
-> OUTPUT_JSON: outputFile
-> DIFFERENCE: outputRaster
-> OVERALL_ACCURACY: outputNumber
-> MEAN_IOU: outputNumber
-> BOUNDARY_IOU: outputNumber
""",
    "recurve:buildingstopolygons": """
image: raster
classifier: file, optional
corrector: file, optional
class_value: whole number from 1 to 255 = 2
smallest: whole number from 1 = 60
tolerance: number from 0 = 0.5
attributes:Polygons: sink
classify:Map: rasterDestination
-> attributes:Polygons: outputVector
-> classify:Map: outputRaster
""",
    "recurve:classify": """
INPUT: raster
BANDS: band, optional, advanced
VALUE_SCALE: number from 1e-09, optional, advanced
PRETRAINED: enum of Buildings/Urban land cover, optional
CLASSIFIER: file, optional
CORRECTOR: file, optional
ITERATIONS: whole number from 0 to 100, optional
HINTS: source, optional
HINT_FIELD: field, optional
HINT_TRUST: enum of certain/likely, advanced = certain
HINT_TRUST_FIELD: field, optional, advanced
ONLY_AROUND_HINTS: boolean = False
RESAMPLE: boolean = False
EXTENT: extent, optional
PIXEL_SIZE: number from 1e-09, optional, advanced
MASK: source, optional
DEVICE: enum of auto/CUDA/TensorRT/DirectML/CoreML/CPU, advanced = auto
PRECISION: enum of auto/fp32/fp16, advanced = auto
TILE_SIDE: whole number from 1 to 16384, optional, advanced
OUTPUT: rasterDestination
CONFIDENCE: rasterDestination, optional
SCORES: rasterDestination, optional
ITERATES: rasterDestination, optional
-> OUTPUT: outputRaster
-> CONFIDENCE: outputRaster
-> SCORES: outputRaster
-> ITERATES: outputRaster
""",
    "recurve:correct": """
INPUT: raster
BANDS: band, optional, advanced
VALUE_SCALE: number from 1e-09, optional, advanced
MAP: raster
CORRECTOR: file, optional
MAP_KIND: enum of auto/classes/probabilities/scores = auto
CLASS_TABLE: matrix of Value/Class, optional
ITERATIONS: whole number from 0 to 100, optional
HINTS: source, optional
HINT_FIELD: field, optional
HINT_TRUST: enum of certain/likely, advanced = certain
HINT_TRUST_FIELD: field, optional, advanced
ONLY_AROUND_HINTS: boolean = False
EXTENT: extent, optional
MASK: source, optional
DEVICE: enum of auto/CUDA/TensorRT/DirectML/CoreML/CPU, advanced = auto
PRECISION: enum of auto/fp32/fp16, advanced = auto
TILE_SIDE: whole number from 1 to 16384, optional, advanced
OUTPUT: rasterDestination
CONFIDENCE: rasterDestination, optional
SCORES: rasterDestination, optional
ITERATES: rasterDestination, optional
-> OUTPUT: outputRaster
-> CONFIDENCE: outputRaster
-> SCORES: outputRaster
-> ITERATES: outputRaster
""",
    "recurve:describenetwork": """
PRETRAINED: enum of Buildings/Urban land cover, optional
NETWORK: file, optional
OUTPUT_HTML: fileDestination, optional
-> OUTPUT_HTML: outputHtml
-> DEVICES: outputString
-> SELF_TEST: outputString
""",
    "recurve:newhintlayer": """
MAP: raster
MAP_KIND: enum of auto/classes/probabilities/scores = auto
CLASS_TABLE: matrix of Value/Class, optional
SHAPES: enum of points/lines/polygons = points
OUTPUT: vectorDestination
-> OUTPUT: outputVector
""",
    "recurve:preparesamples": """
INPUT: raster
BANDS: band, optional, advanced
LABELS: source, optional
CLASS_FIELD: field, optional
LABEL_RASTER: raster, optional
CLASSES: matrix of Value/Class/Colour, optional
LINE_WIDTH: number from 1e-09, optional
LINE_WIDTH_FIELD: field, optional
MASK: source, optional
BACKGROUND: string, optional
VALIDATION_FRACTION: number from 0 to 1 = 0.2
BLOCK_SIZE: number from 1e-09, optional, advanced
CHIP_SIDE: whole number from 64 to 8192, advanced = 512
SEED: whole number from 0, advanced = 0
SIMULATE_MISREGISTRATION: number from 0, advanced = 0
SIMULATE_OMISSION: number from 0 to 100, advanced = 0
OUTPUT: folderDestination = samples
-> OUTPUT: outputFolder
-> CHIPS: outputNumber
-> TRAIN_PIXELS: outputNumber
-> VALIDATION_PIXELS: outputNumber
""",
    "recurve:trainandclassify": """
image: raster
coarse_labels: vector
coarse_area: source
accurate_labels: vector
accurate_area: source
classes: string = building
background: string = background
classifier_epochs: whole number from 1 = 20
corrector_epochs: whole number from 1 = 20
classifier:Classifier: fileDestination
classify:Map: rasterDestination
corrector:Corrector: fileDestination
-> classifier:Classifier: outputFile
-> classify:Map: outputRaster
-> corrector:Corrector: outputFile
""",
    "recurve:trainclassifier": """
SAMPLES: multilayer
ARCHITECTURE: enum of paper/u-net = paper
PRETRAINED: enum of Buildings/Urban land cover, optional
START: file, optional
EPOCHS: whole number from 1 to 10000 = 20
BATCH: whole number from 1 to 4096 = 16
LEARNING_RATE: number from 1e-09 to 1, optional, advanced
CLASS_WEIGHTS: enum of none/balanced, advanced = none
LABEL_SMOOTHING: number from 0 to 0.5, advanced = 0.0
DEVICE: enum of auto/CUDA/CPU, advanced = auto
THREADS: whole number from 1 to 1024, optional, advanced
SEED: whole number from 0 to 2147483647, advanced = 0
NAME: string, optional, advanced
OUTPUT: fileDestination = classifier.onnx
OUTPUT_HTML: fileDestination, optional = classifier.html
-> OUTPUT: outputFile
-> OUTPUT_HTML: outputHtml
-> MEAN_IOU: outputNumber
""",
    "recurve:traincorrector": """
SAMPLES: multilayer
PRETRAINED: enum of Buildings/Urban land cover, optional
CLASSIFIER: file, optional
MAP: raster, optional
MAP_KIND: enum of auto/classes/probabilities/scores, advanced = auto
CLASS_TABLE: matrix of Value/Class, optional, advanced
ARCHITECTURE: enum of deep/paper/paper class-agnostic = deep
START: file, optional
ITERATIONS: whole number from 1 to 50 = 5
FILTERS: whole number from 1 to 512, optional, advanced
HIDDEN: whole number from 1 to 512, advanced = 32
EPOCHS: whole number from 1 to 10000 = 20
BATCH: whole number from 1 to 4096 = 2
LEARNING_RATE: number from 1e-09 to 1, optional, advanced
EXPORT_ALWAYS: boolean, advanced = False
DEVICE: enum of auto/CUDA/CPU, advanced = auto
THREADS: whole number from 1 to 1024, optional, advanced
SEED: whole number from 0 to 2147483647, advanced = 0
NAME: string, optional, advanced
OUTPUT: fileDestination = corrector.onnx
OUTPUT_HTML: fileDestination, optional = corrector.html
-> OUTPUT: outputFile
-> OUTPUT_HTML: outputHtml
-> MEAN_IOU: outputNumber
""",
}


def told(parameter):
    """A parameter in a line."""
    flags, kind, default = parameter.flags(), parameter.type(), parameter.defaultValue()
    if isinstance(parameter, QgsProcessingParameterEnum):
        assert parameter.usesStaticStrings(), "numbers of options change when one is added"
        options = [option.partition(":")[0] for option in parameter.options()]  # of titles, the name
        kind += f" of {'/'.join(options)}"
    if isinstance(parameter, QgsProcessingParameterNumber):
        is_whole = parameter.dataType() == QgsProcessingParameterNumber.Type.Integer
        kind = "whole number" if is_whole else "number"
        limits = [
            f"{word} {value:.12g}"
            for word, value in (("from", parameter.minimum()), ("to", parameter.maximum()))
            if abs(value) < 1e300
        ]
        kind = " ".join([kind, *limits])
    if isinstance(parameter, QgsProcessingParameterMatrix):
        kind += f" of {'/'.join(parameter.headers())}"
    if kind in ("fileDestination", "folderDestination") and default:
        default = Path(default).name
    words = [kind]
    words += ["optional"] if flags & QgsProcessingParameterDefinition.Flag.FlagOptional else []
    words += ["advanced"] if flags & QgsProcessingParameterDefinition.Flag.FlagAdvanced else []
    return f"{parameter.name()}: {', '.join(words)}" + ("" if default is None else f" = {default}")


def interface_of(algorithm):
    """An algorithm's parameters and outputs in lines."""
    outputs = [f"-> {output.name()}: {output.type()}" for output in algorithm.outputDefinitions()]
    return [*map(told, algorithm.parameterDefinitions()), *outputs]


def test_ids_are_these(provider):
    assert sorted(algorithm.id() for algorithm in provider.algorithms()) == sorted(INTERFACE)


@pytest.mark.parametrize("algorithm", sorted(INTERFACE))
def test_parameters_and_outputs_are_these(provider, algorithm):
    name = algorithm.partition(":")[2]
    assert interface_of(provider.algorithm(name)) == INTERFACE[algorithm].strip().splitlines()


def test_a_number_that_is_left_to_the_algorithm_is_empty(provider):
    """Never 0: what stands for "automatic" is refused as a value wherever it makes no sense."""
    for algorithm in provider.algorithms():
        for parameter in algorithm.parameterDefinitions():
            if isinstance(parameter, QgsProcessingParameterNumber) and "(empty: " in parameter.description():
                assert parameter.defaultValue() is None
                assert parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
