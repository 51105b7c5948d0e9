"""The parameters that Classify and correct and Correct a map share, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBand,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import NULL

from ...core.inference.outputs import Outputs
from ...core.output.writers import ConfidenceWriter, IteratesWriter, MapWriter, ScoresWriter
from ...core.raster.grid import Grid
from ...core.raster.polygon_mask import PolygonMask
from ...core.raster.tiling import Window
from ...models.contract import ClassEntry, NetworkContract
from ...models.runtime.precision import PRECISIONS
from ...models.runtime.session import DEVICES
from ..layers.extent import extent_window, grid_rectangle
from ..layers.outputs import style_on_load
from ..layers.polygon_mask import polygon_mask
from ..layers.raster_layer import check_shown_as_stored
from ..text.translation import tr

INPUT, BANDS, ITERATIONS = "INPUT", "BANDS", "ITERATIONS"
EXTENT, MASK = "EXTENT", "MASK"
DEVICE, PRECISION, TILE_SIDE = "DEVICE", "PRECISION", "TILE_SIDE"
OUTPUT, CONFIDENCE, SCORES, ITERATES = "OUTPUT", "CONFIDENCE", "SCORES", "ITERATES"
ADVANCED = (BANDS, DEVICE, PRECISION, TILE_SIDE)


def image_parameters() -> list[Any]:
    """The image and its bands."""
    return [
        QgsProcessingParameterRasterLayer(INPUT, tr("Image")),
        QgsProcessingParameterBand(
            BANDS, tr("Bands"), parentLayerParameterName=INPUT, optional=True, allowMultiple=True
        ),
    ]


def iterations_parameter() -> Any:
    """How often the corrector is applied."""
    return QgsProcessingParameterNumber(
        ITERATIONS,
        tr("Iterations of the correction (empty: as many as were best in training)"),
        QgsProcessingParameterNumber.Type.Integer,
        optional=True,
        minValue=0,
        maxValue=100,
    )


def extent_parameter() -> Any:
    """Where: a rectangle."""
    return QgsProcessingParameterExtent(EXTENT, tr("Extent (empty: the whole image)"), optional=True)


def run_parameters() -> list[Any]:
    """Where: polygons; on which device and in which tiles; and what is written."""
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    destination = QgsProcessingParameterRasterDestination
    return [
        QgsProcessingParameterFeatureSource(MASK, tr("Mask"), polygons, optional=True),
        QgsProcessingParameterEnum(
            DEVICE, tr("Device"), list(DEVICES), defaultValue=DEVICES[0], usesStaticStrings=True
        ),
        QgsProcessingParameterEnum(
            PRECISION, tr("Precision"), list(PRECISIONS), defaultValue=PRECISIONS[0], usesStaticStrings=True
        ),
        QgsProcessingParameterNumber(
            TILE_SIDE,
            tr("Tile side in pixels (0: automatic)"),
            QgsProcessingParameterNumber.Type.Integer,
            defaultValue=0,
            minValue=0,
            maxValue=16384,
        ),
        destination(OUTPUT, tr("Map")),
        destination(CONFIDENCE, tr("Confidence"), optional=True, createByDefault=False),
        destination(SCORES, tr("Scores"), optional=True, createByDefault=False),
        destination(ITERATES, tr("Maps after each iteration"), optional=True, createByDefault=False),
    ]


def iterations_of(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    corrector: NetworkContract,
) -> int:
    """As the user says, or as was best on the ground that the corrector was validated on."""
    if parameters.get(ITERATIONS) in (None, NULL, ""):
        return corrector.iterations
    return int(algorithm.parameterAsInt(parameters, ITERATIONS, context))


def covered_area(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    layer: QgsRasterLayer,
    grid: Grid,
) -> Window:
    """The pixels of an image file in the extent; all without one.

    Raises:
        RasterError: the extent is beside the image; or there is an extent or a mask, and QGIS places the image
            elsewhere than its pixels say.
    """
    extent = algorithm.parameterAsExtent(parameters, EXTENT, context, layer.crs())
    if not extent.isNull() or algorithm.parameterAsSource(parameters, MASK, context) is not None:
        check_shown_as_stored(layer, grid)
    return grid.extent if extent.isNull() else extent_window(extent, grid)


def covered_polygons(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    layer: QgsRasterLayer,
    grid: Grid,
    window: Window,
) -> PolygonMask | None:
    """The polygons of the mask in the image's coordinates; None without a mask.

    Raises:
        RasterError: none of them is in the window, or they cannot be reprojected.
    """
    polygons = algorithm.parameterAsSource(parameters, MASK, context)
    if polygons is None:
        return None
    covered = grid_rectangle(grid, window)
    return polygon_mask(polygons, layer.crs(), context.transformContext(), covered)


def output_paths(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, str]:
    """The path of each output that is wanted, by parameter; QGIS will load them in their styles, the map on top."""
    paths = {
        name: path
        for name in (OUTPUT, CONFIDENCE, SCORES, ITERATES)
        if (path := algorithm.parameterAsOutputLayer(parameters, name, context))
    }
    style_on_load(paths, context, hidden=frozenset([ITERATES]))
    return paths


def open_outputs(
    paths: Mapping[str, str],
    grid: Grid,
    classes: Sequence[ClassEntry],
    provenance: Mapping[str, str],
    iterations: int,
    files: ExitStack,
    codes: Sequence[int] | None = None,
    nodata: int = 0,
) -> Outputs:
    """Writers for the outputs that are wanted, entered.

    Args:
        paths: from `output_paths`.
        grid: the pixels.
        classes: names and colours.
        provenance: metadata items.
        iterations: how often the scores are corrected.
        files: what they are entered in.
        codes: the code of each class; None for 1, 2, 3 ...
        nodata: the code that stands for no data.

    Raises:
        RasterError: one of them cannot be written.
    """
    confidence, scores, iterates = (paths.get(name) for name in (CONFIDENCE, SCORES, ITERATES))
    outputs = Outputs(
        MapWriter(paths[OUTPUT], grid, classes, provenance, codes, nodata),
        ConfidenceWriter(confidence, grid, provenance) if confidence else None,
        ScoresWriter(scores, grid, classes, provenance) if scores else None,
        IteratesWriter(iterates, grid, classes, provenance, iterations, codes, nodata) if iterates else None,
    )
    for writer in outputs.writers:
        files.enter_context(writer)
    return outputs
