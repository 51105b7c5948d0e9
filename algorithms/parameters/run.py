"""The parameters that Classify and correct and Correct a map share, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBand,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
    QgsRasterLayer,
)

from ...core.inference.outputs import Outputs
from ...core.output.class_value_writer import ClassValues
from ...core.output.writers import ConfidenceWriter, IteratesWriter, MapWriter, ScoresWriter
from ...core.raster.grid import Grid
from ...core.raster.image_reader import ImageReader
from ...core.raster.polygon_mask import PolygonMask
from ...core.raster.tiling import Window
from ...models.contract import ClassEntry, NetworkContract
from ...models.runtime.precision import PRECISIONS
from ...models.runtime.session import DEVICES
from ..layers.bands import chosen_bands
from ..layers.extent import chosen_extent, extent_window, grid_rectangle
from ..layers.image import Image, bands_for, check_band_count, check_no_palette
from ..layers.outputs import style_on_load
from ..layers.place import Place
from ..layers.polygon_mask import polygon_mask
from ..layers.raster_layer import check_shown_as_stored
from ..layers.served_image import ServedImage
from ..layers.vector_source import vector_source
from ..text.translation import tr
from ..values import Values
from .numbers import MORE_THAN_0, number, whole_number

INPUT, BANDS, ITERATIONS = "INPUT", "BANDS", "ITERATIONS"
VALUE_SCALE = "VALUE_SCALE"
EXTENT, MASK = "EXTENT", "MASK"
DEVICE, PRECISION, TILE_SIDE = "DEVICE", "PRECISION", "TILE_SIDE"
OUTPUT, CONFIDENCE, SCORES, ITERATES = "OUTPUT", "CONFIDENCE", "SCORES", "ITERATES"
ADVANCED = (BANDS, VALUE_SCALE, DEVICE, PRECISION, TILE_SIDE)


def image_parameters() -> list[Any]:
    """The image, its bands and the scale of its values."""
    return [
        QgsProcessingParameterRasterLayer(INPUT, tr("Image")),
        QgsProcessingParameterBand(
            BANDS, tr("Bands"), parentLayerParameterName=INPUT, optional=True, allowMultiple=True
        ),
        number(VALUE_SCALE, tr("Multiply the image's values by (empty: 1)"), None, MORE_THAN_0),
    ]


def iterations_parameter() -> Any:
    """How often the corrector is applied."""
    label = tr("Iterations of the correction (empty: the best in training)")
    return whole_number(ITERATIONS, label, None, 0, 100)


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
        whole_number(TILE_SIDE, tr("Tile side in pixels (empty: automatic)"), None, 1, 16384),
        destination(OUTPUT, tr("Map")),
        destination(CONFIDENCE, tr("Confidence"), optional=True, createByDefault=False),
        destination(SCORES, tr("Scores"), optional=True, createByDefault=False),
        destination(ITERATES, tr("Intermediate maps"), optional=True, createByDefault=False),
    ]


@dataclass(frozen=True)
class RunSettings:
    """How a run computes.

    Attributes:
        iterations: how often the corrector is applied.
        device: one of `DEVICES`.
        precision: one of `PRECISIONS`.
        tile_side_px: largest side of a tile; 0 for automatic.
    """

    iterations: int
    device: str
    precision: str
    tile_side_px: int


@dataclass(frozen=True)
class ImagePart:
    """What a run reads of an image.

    Attributes:
        image: the file or the layer from a server.
        bands: numbers of the bands, from 1, in the network's order.
        grid: the image's pixels.
        window: those in the extent.
        mask: the polygons that say which of them count; None for all.
        scale: what the values are multiplied by.
    """

    image: Image
    bands: tuple[int, ...]
    grid: Grid
    window: Window
    mask: PolygonMask | None
    scale: float

    def open(self, is_cancelled: Callable[[], bool]) -> ImageReader:
        """Read it, in any thread.

        Args:
            is_cancelled: asked in the reading thread while a server is given time.
        """
        reader = self.image.open(self.bands, self.mask, is_cancelled)
        reader.scale = self.scale
        return reader


def run_settings(values: Values, corrector: NetworkContract | None) -> RunSettings:
    """How a run computes: as the user says, or as often as was best in the corrector's training.

    Args:
        values: of the parameters.
        corrector: None for a run without one, which has no iterations.
    """
    iterations = 0
    if corrector is not None:
        iterations = values.whole(ITERATIONS) if values.has(ITERATIONS) else corrector.iterations
    device, precision = values.choice(DEVICE), values.choice(PRECISION)
    return RunSettings(iterations, device, precision, values.whole(TILE_SIDE))


def image_part(
    values: Values,
    layer: QgsRasterLayer,
    image: Image,
    contract: NetworkContract,
    has_hints: bool = False,
) -> ImagePart:
    """Look at an image once, without its pixels.

    Args:
        values: of the parameters.
        layer: the image's.
        image: what is read.
        contract: the network's that sees it first; one for any map takes all bands.
        has_hints: whether there are hints, which have to be placed on it.

    Raises:
        RasterError: the image cannot be read; the extent or all polygons are beside it; or there is an extent or a
            mask or hints, and QGIS places the image elsewhere than its pixels say.
        ContractError: it has not got the network's bands.
    """
    chosen = chosen_bands(values, BANDS, image)
    if chosen and not contract.any_map:
        check_band_count(contract, chosen)
    with image.open(chosen or None) as reader:
        check_no_palette(reader)
        bands = chosen or (reader.bands if contract.any_map else bands_for(contract, reader))
        grid = reader.grid
    polygons, place = vector_source(values, MASK), Place(grid, values.context.transformContext())
    if isinstance(image, ServedImage):
        window = image.window
    else:
        extent = chosen_extent(values, EXTENT, place.crs, grid_rectangle(grid))
        if not extent.isNull() or polygons is not None or has_hints:
            check_shown_as_stored(layer, grid)
        window = grid.extent if extent.isNull() else extent_window(extent, grid)
    mask = None if polygons is None else polygon_mask(polygons, place, window)
    return ImagePart(image, bands, grid, window, mask, values.number(VALUE_SCALE) or 1.0)


def output_paths(values: Values) -> dict[str, str]:
    """The path of each output that is wanted, by parameter; QGIS will load them in their styles, the map on top."""
    names = (OUTPUT, CONFIDENCE, SCORES, ITERATES)
    paths = {name: path for name in names if (path := values.new_raster(name))}
    style_on_load(paths, values.context, hidden=frozenset([ITERATES]))
    return paths


def are_kept(paths: Mapping[str, str]) -> bool:
    """Whether the same run would write to the same outputs again: QGIS gives each temporary one a new name."""
    temporary = Path(QgsProcessingUtils.tempFolder()).resolve()
    return not any(temporary in Path(path).resolve().parents for path in paths.values())


@dataclass(frozen=True)
class MapClasses:
    """What the values of a map mean.

    Attributes:
        entries: names and colours.
        class_values: which values stand for them; None for 1, 2, 3 ... and 0 for no data.
    """

    entries: Sequence[ClassEntry]
    class_values: ClassValues | None = None


def open_outputs(
    paths: Mapping[str, str],
    grid: Grid,
    classes: MapClasses,
    provenance: Mapping[str, str],
    iterations: int,
    files: ExitStack,
) -> Outputs:
    """Writers for the outputs that are wanted, entered.

    Args:
        paths: from `output_paths`.
        grid: the pixels.
        classes: what its values mean.
        provenance: metadata items.
        iterations: how often the scores are corrected.
        files: what they are entered in.

    Raises:
        RasterError: one of them cannot be written.
    """
    confidence, scores, iterates = (paths.get(name) for name in (CONFIDENCE, SCORES, ITERATES))
    entries, class_values, enter = classes.entries, classes.class_values, files.enter_context
    return Outputs(
        enter(MapWriter(paths[OUTPUT], grid, entries, provenance, class_values)),
        enter(ConfidenceWriter(confidence, grid, provenance)) if confidence else None,
        enter(ScoresWriter(scores, grid, entries, provenance)) if scores else None,
        enter(IteratesWriter(iterates, grid, entries, provenance, iterations, class_values))
        if iterates
        else None,
    )
