"""The correction to look at: an image beside its map as the map sharpens, as an animated picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ...models.contract import ClassEntry
from ..errors import RasterError
from ..raster.file_reader import RasterReader
from ..raster.gdal_errors import gdal_failures
from ..raster.grid import Grid, is_same_crs
from ..raster.legend import read_legend, rgb
from ..raster.tiling import Window
from ..translation import tr
from .pictures import stretched

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = (".gif", ".png", ".webp")
MAX_SIDE_PX = 2000
"""Of the area shown: every frame is kept in memory, and nobody sees more on a screen."""

_MOST_CODES = 255  # a map's classes, and no data
_GAP_PX = 8
_LINE_PX = 18  # height of a line of text
_SWATCH_PX = 11
_NO_DATA = (255, 255, 255)


@dataclass(frozen=True)
class Iterates:
    """The maps after each iteration.

    Attributes:
        codes: (iterations, height, width), whole numbers.
        names: what each map is called.
        classes: name and colour of each class value that occurs.
        grid: where they lie.
    """

    codes: NDArray[np.integer[Any]]
    names: Sequence[str]
    classes: Mapping[int, ClassEntry]
    grid: Grid


def read_iterates(path: str, window: Window | None, crs_wkt: str = "") -> Iterates:
    """Read the maps after each iteration.

    Args:
        path: a raster with a band of class values for each iteration, as `ITERATES` of a classification.
        window: the part to read; None for all.
        crs_wkt: the coordinate reference system that counts; '' for what the file says.

    Raises:
        RasterError: the raster has one band only, no class values, or more pixels than a picture shows.
    """
    with RasterReader(path, _every_band(path), crs_wkt=crs_wkt, is_exact=True) as reader:
        if reader.band_count < 2 or np.dtype(reader.dtype).kind not in "iu":
            raise RasterError(
                tr(
                    "{path} (bands: {count}, data type: {type}) does not have a band of class values for each "
                    "iteration; choose what Classify and correct or Correct a map wrote as maps after each iteration.",
                    path=path,
                    count=reader.band_count,
                    type=reader.dtype,
                )
            )
        part = window or reader.grid.extent
        if max(part.height, part.width) > MAX_SIDE_PX:
            raise RasterError(
                tr(
                    "The part to show has {height} x {width} pixels, and a picture has at most {most} on a side; "
                    "choose a smaller extent.",
                    height=part.height,
                    width=part.width,
                    most=MAX_SIDE_PX,
                )
            )
        codes, _ = reader.read(part)
        codes = codes.astype(np.int64) if codes.dtype.kind == "f" else codes
        grid = reader.grid.window(part)
    dataset = gdal.Open(path)
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    names = [band.GetDescription() or f"Iteration {number}" for number, band in enumerate(bands)]
    found = sorted({code for one in codes for code in np.unique(one).tolist()})
    if len(found) > _MOST_CODES:
        raise RasterError(
            tr(
                "{path} has {count} different values, and a map has at most {most}: it is an image. Choose what "
                "Classify and correct or Correct a map wrote as maps after each iteration.",
                path=path,
                count=len(found),
                most=_MOST_CODES,
            )
        )
    return Iterates(codes, names, _classes(bands[0], found), grid)


def read_image(path: str, grid: Grid, crs_wkt: str = "") -> NDArray[np.uint8]:
    """The part of an image that lies under a grid of the same pixels, stretched to be looked at.

    Args:
        path: the image.
        grid: of the maps.
        crs_wkt: the image's coordinate reference system that counts; '' for what its file says.

    Returns:
        (height, width, 3) red, green and blue.

    Raises:
        RasterError: the image's pixels are not those of the grid.
    """
    with RasterReader(path, crs_wkt=crs_wkt) as reader:
        window = _window_of(grid, reader.grid)
        if window is None or not reader.grid.extent.contains(window):
            raise RasterError(
                tr(
                    "The pixels of {path} are not those of the maps; choose the image that was classified.",
                    path=path,
                )
            )
        return stretched(*reader.read(window))


def draw_frames(image: NDArray[np.uint8], iterates: Iterates, scale: int) -> list[Image]:
    """Image and map side by side, north above, a picture for each iteration.

    Args:
        image: (height, width, 3).
        iterates: the maps; their names are written above them.
        scale: screen pixels for each pixel, in both directions.
    """
    pillow, drawing = _pillow()
    height, width = iterates.codes.shape[1] * scale, iterates.codes.shape[2] * scale
    known = sorted(iterates.classes)
    keys = np.array([*known, np.iinfo(np.int64).max])
    table = np.array([*(rgb(iterates.classes[code].colour) for code in known), _NO_DATA], np.uint8)
    upright = iterates.grid.upright
    left = pillow.fromarray(np.ascontiguousarray(upright(image))).resize((width, height), pillow.NEAREST)
    lines = _legend_lines(iterates.classes.values(), 2 * width + _GAP_PX)
    size = (2 * width + _GAP_PX, _LINE_PX * (1 + len(lines)) + height)
    frames = []
    for codes, name in zip(iterates.codes, iterates.names):
        places = np.searchsorted(keys, codes)
        places[keys[places] != codes] = len(known)
        frame = pillow.new("RGB", size, "white")
        frame.paste(left, (0, _LINE_PX))
        right = pillow.fromarray(np.ascontiguousarray(upright(table[places])))
        frame.paste(right.resize((width, height), pillow.NEAREST), (width + _GAP_PX, _LINE_PX))
        pen = drawing.Draw(frame)
        pen.text((2, 3), "Image", fill="black")
        pen.text((width + _GAP_PX + 2, 3), name, fill="black")
        for number, line in enumerate(lines):
            _draw_legend(pen, line, _LINE_PX * (1 + number) + height)
        frames.append(frame)
    return frames


def write_animation(path: str | Path, frames: Sequence[Image], seconds: float) -> None:
    """Write frames as one animated picture, beside its place and then moved there; the last one stays longer.

    Args:
        path: its suffix says which kind: .gif, .png (APNG) or .webp.
        frames: at least one.
        seconds: how long each is shown.

    Raises:
        RasterError: the suffix is another one, or the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise RasterError(
            tr(
                "{path} is no name for an animation; choose one that ends in {suffixes}.",
                path=path,
                suffixes=", ".join(SUFFIXES),
            )
        )
    milliseconds = [round(1000 * seconds)] * (len(frames) - 1) + [round(3000 * seconds)]
    temporary = path.with_name(f".part-{path.name}")
    settings: dict[str, Any] = {"lossless": True} if path.suffix.lower() == ".webp" else {}
    try:
        frames[0].save(
            temporary,
            save_all=True,
            append_images=list(frames[1:]),
            duration=milliseconds,
            loop=0,
            **settings,
        )
        temporary.replace(path)
    except (OSError, KeyError) as error:  # KeyError: a Pillow without WebP
        temporary.unlink(missing_ok=True)
        raise RasterError(
            tr(
                "The animation {path} cannot be written ({error}); choose a folder that exists, on a disk with room, "
                "or a name that ends in .gif.",
                path=path,
                error=error,
            )
        ) from error


def _pillow() -> tuple[Any, Any]:
    """The modules `PIL.Image` and `PIL.ImageDraw`."""
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise RasterError(
            tr(
                "Animations need the Python package pillow ({error}), which comes with most QGIS; install it (python3 "
                "-m pip install pillow).",
                error=error,
            )
        ) from error
    return Image, ImageDraw


def _classes(band: gdal.Band, codes: Sequence[int]) -> dict[int, ClassEntry]:
    """Name and colour of each class value that occurs; greys where the raster has none."""
    legend, nodata = read_legend(band), band.GetNoDataValue()
    found = {}
    for code in codes:
        if code == (0 if nodata is None else nodata):
            continue
        grey = f"#{40 * code % 256:02x}"
        name = legend.names.get(code) or f"Class {code}"
        found[code] = ClassEntry(name, legend.colours.get(code, grey + 2 * grey[1:]))
    return found


def _every_band(path: str) -> list[int] | None:
    """All bands, also the fourth of four, which GDAL takes for transparency; None for what it cannot open."""
    with gdal_failures():
        dataset = gdal.Open(path)
    return None if dataset is None else list(range(1, dataset.RasterCount + 1))


def _window_of(grid: Grid, within: Grid) -> Window | None:
    """Where a grid lies in another one of the same pixels; None where the pixels differ."""
    if not is_same_crs(grid.crs_wkt, within.crs_wkt):
        return None
    (left, width, _, top, _, height), other = grid.affine, within.affine
    col, row = (left - other[0]) / other[1], (top - other[3]) / other[5]
    is_same_size = np.allclose((width, height), (other[1], other[5]), rtol=1e-6, atol=0)
    if not is_same_size or not np.allclose((col, row), np.rint((col, row)), rtol=0, atol=0.05):
        return None
    return Window(round(row), round(col), grid.height, grid.width)


def _legend_lines(classes: Iterable[ClassEntry], width: int) -> list[list[tuple[int, ClassEntry]]]:
    """Where each class's name goes: lines of (x, class) that fit into a width."""
    pillow, drawing = _pillow()
    pen = drawing.Draw(pillow.new("RGB", (1, 1)))
    lines: list[list[tuple[int, ClassEntry]]] = [[]]
    x = 2
    for entry in classes:
        needed = _SWATCH_PX + 4 + int(pen.textlength(entry.name)) + 14
        if lines[-1] and x + needed > width:
            lines.append([])
            x = 2
        lines[-1].append((x, entry))
        x += needed
    return lines


def _draw_legend(pen: Any, line: Sequence[tuple[int, ClassEntry]], y: int) -> None:
    for x, entry in line:
        pen.rectangle((x, y + 4, x + _SWATCH_PX, y + 4 + _SWATCH_PX), fill=rgb(entry.colour), outline="black")
        pen.text((x + _SWATCH_PX + 4, y + 4), entry.name, fill="black")
