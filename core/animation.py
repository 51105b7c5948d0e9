"""The correction to look at: an image beside its map as the map sharpens, as an animated picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from .errors import RasterError
from .gdal_errors import gdal_failures
from .grid import Grid, is_same_crs
from .map_legend import read_legend
from .raster import RasterReader
from .tiles import Window

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = (".gif", ".png", ".webp")
MAX_SIDE_PX = 2000
"""Of the ground shown: every frame is kept in memory, and nobody sees more on a screen."""

_GAP_PX = 8
_LINE_PX = 18  # height of a line of text
_SWATCH_PX = 11
_NO_DATA = (255, 255, 255)
_STRETCH = (2, 98)  # percentiles of the image's values that become black and white

Colours = Mapping[int, tuple[str, tuple[int, int, int]]]


def read_iterates(path: str, window: Window | None) -> tuple[NDArray[np.uint8], list[str], Colours, Grid]:
    """The maps after each iteration.

    Args:
        path: a raster with a band of class codes for each iteration, as `ITERATES` of a classification.
        window: the part to read; None for all.

    Returns:
        Codes (iterations, height, width), what each band is called, name and colour of each class, and the grid of the
        part.

    Raises:
        RasterError: the raster has one band only, no class codes, or more pixels than a picture shows.
    """
    with RasterReader(path, _every_band(path)) as reader:
        if reader.band_count < 2 or reader.dtype != "uint8":
            raise RasterError(
                f"{path} has {reader.band_count} band(s) of {reader.dtype}, and a band of class codes for each "
                "iteration is needed; choose what Classify and correct or Correct a map wrote as maps after each "
                "iteration."
            )
        part = window or reader.grid.extent
        if max(part.height, part.width) > MAX_SIDE_PX:
            raise RasterError(
                f"The part to show has {part.height} x {part.width} pixels, and a picture has at most {MAX_SIDE_PX} "
                "on a side; choose a smaller extent."
            )
        codes, _ = reader.read(part)
        grid = reader.grid.window(part)
    dataset = gdal.Open(path)
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    names = [band.GetDescription() or f"Iteration {number}" for number, band in enumerate(bands)]
    return codes.astype(np.uint8), names, _colours(bands[0], codes), grid


def read_image(path: str, grid: Grid) -> NDArray[np.uint8]:
    """The part of an image that lies under a grid of the same pixels, stretched to be looked at.

    Args:
        path: the image.
        grid: of the maps.

    Returns:
        (height, width, 3) red, green and blue.

    Raises:
        RasterError: the image's pixels are not those of the grid.
    """
    with RasterReader(path) as reader:
        window = _window_of(grid, reader.grid)
        if window is None or not reader.grid.extent.contains(window):
            raise RasterError(
                f"The pixels of {path} are not those of the maps; choose the image that was classified."
            )
        pixels, valid = reader.read(window)
    shown = pixels[:3] if pixels.shape[0] >= 3 else np.repeat(pixels[:1], 3, axis=0)
    stretched = [_stretched(band.astype(np.float32), valid) for band in shown]
    return np.stack(stretched, axis=-1)


def draw_frames(
    image: NDArray[np.uint8], codes: NDArray[np.uint8], names: Sequence[str], colours: Colours, scale: int
) -> list[Image]:
    """Image and map side by side, a picture for each iteration.

    Args:
        image: (height, width, 3).
        codes: (iterations, height, width).
        names: what is written above each map.
        colours: name and colour of each class code.
        scale: screen pixels for each pixel, in both directions.
    """
    pillow, drawing = _pillow()
    height, width = codes.shape[1] * scale, codes.shape[2] * scale
    table = np.full((256, 3), _NO_DATA, np.uint8)
    for code, (_, colour) in colours.items():
        table[code] = colour
    left = pillow.fromarray(image).resize((width, height), pillow.NEAREST)
    lines = _legend_lines(colours, 2 * width + _GAP_PX)
    size = (2 * width + _GAP_PX, _LINE_PX * (1 + len(lines)) + height)
    frames = []
    for map_codes, name in zip(codes, names):
        frame = pillow.new("RGB", size, "white")
        frame.paste(left, (0, _LINE_PX))
        right = pillow.fromarray(table[map_codes])
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
            f"{path} is no name for an animation; choose one that ends in {', '.join(SUFFIXES)}."
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
            f"The animation {path} cannot be written ({error}); choose a folder that exists, on a disk with room, or "
            "a name that ends in .gif."
        ) from error


def _pillow() -> tuple[Any, Any]:
    """The modules `PIL.Image` and `PIL.ImageDraw`."""
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise RasterError(
            f"Animations need the Python package pillow ({error}), which comes with most QGIS; install it "
            "(python3 -m pip install pillow)."
        ) from error
    return Image, ImageDraw


def _colours(band: gdal.Band, codes: NDArray[np.uint8]) -> Colours:
    """Name and colour of each code that occurs; greys where the raster has none."""
    legend, nodata = read_legend(band), band.GetNoDataValue()
    found = {}
    for code in map(int, np.unique(codes)):
        if code == (0 if nodata is None else nodata):
            continue
        grey = f"#{40 * code % 256:02x}"
        shown = legend.colours.get(code, grey + 2 * grey[1:])
        colour = (int(shown[1:3], 16), int(shown[3:5], 16), int(shown[5:7], 16))
        found[code] = (legend.names.get(code) or f"Class {code}", colour)
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


def _stretched(band: NDArray[np.float32], valid: NDArray[np.bool_]) -> NDArray[np.uint8]:
    values = band[valid]
    low, high = np.percentile(values, _STRETCH) if values.size else (0.0, 1.0)
    scaled = np.clip((band - low) / max(high - low, 1e-6), 0, 1)
    return np.where(valid, np.rint(255 * scaled), 255).astype(np.uint8)


def _legend_lines(colours: Colours, width: int) -> list[list[tuple[int, str, Any]]]:
    """Where each class's name goes: lines of (x, name, colour) that fit into a width."""
    pillow, drawing = _pillow()
    pen = drawing.Draw(pillow.new("RGB", (1, 1)))
    lines: list[list[tuple[int, str, Any]]] = [[]]
    x = 2
    for name, colour in colours.values():
        needed = _SWATCH_PX + 4 + int(pen.textlength(name)) + 14
        if lines[-1] and x + needed > width:
            lines.append([])
            x = 2
        lines[-1].append((x, name, colour))
        x += needed
    return lines


def _draw_legend(pen: Any, line: Sequence[tuple[int, str, Any]], y: int) -> None:
    for x, name, colour in line:
        pen.rectangle((x, y + 4, x + _SWATCH_PX, y + 4 + _SWATCH_PX), fill=colour, outline="black")
        pen.text((x + _SWATCH_PX + 4, y + 4), name, fill="black")
