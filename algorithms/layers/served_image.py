"""Images that QGIS fetches from a server: WMS, WMTS and XYZ layers, block by block at one pixel size."""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsNetworkReplyContent,
    QgsRasterBlockFeedback,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ...core.errors import RasterError
from ...core.raster.band_names import BandLabel
from ...core.raster.grid import Grid
from ...core.raster.image_reader import ImageReader
from ...core.raster.operation import AS_THE_FILE_SAYS, Placing
from ...core.raster.pixels import Pixels
from ...core.raster.polygon_mask import PolygonMask
from ...core.raster.retry import REMEDY, never, retried
from ...core.raster.tiling import Window
from ..text.translation import tr
from .extent import grid_rectangle
from .server_replies import let_go_when, replies_of_this_thread

SERVED = "wms"
"""QGIS's provider of WMS, WMTS and XYZ layers."""

LARGEST_PX = 10**9
"""An extent of more pixels is a mistake, or too much to ask of someone's server: 15 000 tiles of 256 px."""

# Around the extent, so that its edge is seen with what is beyond it.
_MARGIN_PX = 1024
# What is asked for at once: 16 tiles of 256 px, or an image that every WMS makes. Kept, because tiles overlap.
_BLOCK_PX, _KEPT_BLOCKS = 1024, 16
_LABELS = (BandLabel(1, "", "Red"), BandLabel(2, "", "Green"), BandLabel(3, "", "Blue"))


@dataclass(frozen=True)
class ServedImage:
    """A layer from a server, at one pixel size; made in the layer's thread, opened in the one that reads.

    Attributes:
        name: the layer's.
        sha256: digest of its source, which may hold a password.
        provider: a copy of the layer's.
        grid: the pixels that may be read, which are more than the extent.
        window: those in the extent.
        placing: the grid says all.
    """

    name: str
    sha256: str
    provider: QgsRasterDataProvider
    grid: Grid
    window: Window
    placing: Placing = AS_THE_FILE_SAYS

    def open(
        self,
        bands: Sequence[int] | None = None,
        mask: PolygonMask | None = None,
        is_cancelled: Callable[[], bool] = never,
    ) -> ServedReader:
        """Read it; as `RasterReader`.

        Raises:
            RasterError: a band is chosen that is not there.
        """
        return ServedReader(self, bands, mask, is_cancelled)


def served_image(
    layer: QgsRasterLayer, extent: QgsRectangle, pixel_size: float, needed_m: float
) -> ServedImage:
    """Choose the pixels of a layer from a server.

    Args:
        layer: of QGIS's provider `SERVED`.
        extent: where, in the layer's coordinates.
        pixel_size: in the layer's units; 0 for the network's. The nearest one the server has tiles of is taken.
        needed_m: the network's pixel size, m.

    Raises:
        RasterError: the extent is missing, beside the layer, or has too many pixels; or the pixel size cannot be told.
    """
    covered, provider = layer.extent(), layer.dataProvider()
    name = (
        layer.name() or "that was given"
    )  # as text, which has no name; never translated, as the run is known by it
    if extent.isNull():
        raise RasterError(
            tr(
                "The layer {layer} comes from a server and covers {covered}: choose the extent to classify.",
                layer=name,
                covered=covered.toString(2),
            )
        )
    if not extent.intersects(covered):
        raise RasterError(
            tr(
                "The extent ({extent}) is outside the layer {layer}, which covers {covered}; choose an extent that "
                "overlaps it.",
                extent=extent.toString(2),
                layer=name,
                covered=covered.toString(2),
            )
        )
    extent = extent.intersect(covered)
    step = _nearest(provider.nativeResolutions(), pixel_size or _units(needed_m, extent, layer.crs()))
    # Whole steps from the layer's corner, where tiles begin; inside of the layer, or QGIS would shift what it gives.
    left, top = covered.xMinimum(), covered.yMaximum()
    cols, rows = (max(1, math.floor(length / step + 1e-6)) for length in (covered.width(), covered.height()))
    first_col, stop_col = _span(extent.xMinimum() - left, extent.xMaximum() - left, step, cols)
    first_row, stop_row = _span(top - extent.yMaximum(), top - extent.yMinimum(), step, rows)
    height, width = stop_row - first_row, stop_col - first_col
    if height * width > LARGEST_PX:
        raise RasterError(
            tr(
                "The extent has {height} x {width} pixels of {size:.6g}, more than the {millions:.0f} million that "
                "may be asked of a server at once; choose a smaller extent or larger pixels.",
                height=height,
                width=width,
                size=step,
                millions=LARGEST_PX / 1e6,
            )
        )
    # Where blocks begin when counted from the layer's corner: the same for every extent.
    row, col = (max(0, first - _MARGIN_PX) // _BLOCK_PX * _BLOCK_PX for first in (first_row, first_col))
    grid = Grid(
        min(rows, stop_row + _MARGIN_PX) - row,
        min(cols, stop_col + _MARGIN_PX) - col,
        (left + col * step, step, 0.0, top - row * step, 0.0, -step),
        layer.crs().toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2018),
    )
    digest = hashlib.sha256(layer.source().encode()).hexdigest()
    window = Window(first_row - row, first_col - col, height, width)
    return ServedImage(name, digest, provider.clone(), grid, window)


class ServedReader(ImageReader):
    """Reads red, green and blue of what a server shows; what is transparent there is invalid.

    The server is always asked for the same blocks, so what it draws does not depend on the tiles. It is asked in the
    caller's thread: in another, QGIS may have a question about a certificate or a password, and waits for ever for the
    answer of a main thread that is busy with this run.
    """

    may_change_thread = False

    def __init__(
        self,
        image: ServedImage,
        bands: Sequence[int] | None,
        mask: PolygonMask | None,
        is_cancelled: Callable[[], bool],
    ) -> None:
        super().__init__(mask)
        self.path, self.grid, self.files = image.name, image.grid, (f"SHA-256 {image.sha256}",)
        self.labels, self.dtype = _LABELS, "uint8"
        self.bands = tuple(bands) if bands else tuple(label.number for label in _LABELS)
        if not set(self.bands) <= {label.number for label in _LABELS}:
            raise RasterError(
                tr(
                    "Bands {bands} were asked for, and the layer {layer} has bands 1 to 3 (red, green, blue); choose "
                    "from these.",
                    bands=", ".join(map(str, self.bands)),
                    layer=self.path,
                )
            )
        self.nodata = (None,) * len(self.bands)
        self._provider = image.provider
        self._is_tiled = bool(image.provider.nativeResolutions())
        self._is_cancelled = is_cancelled
        self._blocks: OrderedDict[tuple[int, int], NDArray[np.uint32]] = OrderedDict()

    def close(self) -> None:
        """Forget what was fetched."""
        self._blocks.clear()

    def _pixels(self, source: Window) -> Pixels:
        colours = np.empty((source.height, source.width), dtype=np.uint32)
        for row in range(source.row // _BLOCK_PX, (source.row_stop - 1) // _BLOCK_PX + 1):
            for col in range(source.col // _BLOCK_PX, (source.col_stop - 1) // _BLOCK_PX + 1):
                block = self._block(row, col)
                top, left = row * _BLOCK_PX, col * _BLOCK_PX
                first_row, first_col = max(top, source.row), max(left, source.col)
                part = block[
                    first_row - top : source.row_stop - top, first_col - left : source.col_stop - left
                ]
                at_row, at_col = first_row - source.row, first_col - source.col
                colours[at_row : at_row + part.shape[0], at_col : at_col + part.shape[1]] = part
        image = np.stack([colours >> (24 - 8 * number) & 255 for number in self.bands]).astype(np.uint8)
        return Pixels(image, colours >> 24 > 0)

    def _block(self, row: int, col: int) -> NDArray[np.uint32]:
        """A block of the grid as 0xAARRGGBB (height, width), asked of the server if it is not at hand."""
        if (row, col) not in self._blocks:
            top, left = row * _BLOCK_PX, col * _BLOCK_PX
            height, width = (
                min(_BLOCK_PX, size - start)
                for size, start in ((self.grid.height, top), (self.grid.width, left))
            )
            window = Window(top, left, height, width)
            self._blocks[row, col] = retried(lambda: self._fetch(window), lambda: None, self._is_cancelled)
            if len(self._blocks) > _KEPT_BLOCKS:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end((row, col))
        return self._blocks[row, col]

    def _fault(self, reply: QgsNetworkReplyContent) -> str:
        """Why a reply is no image; '' for one that is, or that says that there is no tile."""
        missing = QNetworkReply.NetworkError.ContentNotFoundError, QNetworkReply.NetworkError.ContentGoneError
        if reply.error() != QNetworkReply.NetworkError.NoError:
            return "" if self._is_tiled and reply.error() in missing else str(reply.errorString()).rstrip(".")
        kind = bytes(reply.rawHeader(b"Content-Type")).decode("latin-1")
        is_redirected = reply.attribute(QNetworkRequest.Attribute.RedirectionTargetAttribute) is not None
        is_text = kind.startswith("text/") or "xml" in kind or "json" in kind
        if not is_text or is_redirected:
            return ""
        return tr("it answered with {kind}, not with an image", kind=kind)

    def _fetch(self, window: Window) -> NDArray[np.uint32]:
        feedback = QgsRasterBlockFeedback()
        place = grid_rectangle(self.grid, window)
        with replies_of_this_thread() as replies, let_go_when(self._is_cancelled, feedback):
            block = self._provider.block(1, place, window.width, window.height, feedback)
            content = bytes(block.data())
        failures = [fault for reply in replies if (fault := self._fault(reply))]
        if not replies:  # another QGIS may ask elsewhere, and say it here
            failures += feedback.errors()
        if len(content) != 4 * window.height * window.width:
            failures.append(tr("QGIS made no image of it"))
            content = bytes(4 * window.height * window.width)
        colours = np.frombuffer(content, dtype=np.uint32).reshape(window.height, window.width)
        # QGIS leaves a place empty both where there is nothing and where the server failed.
        if failures and not (colours >> 24).all():
            raise RasterError(
                tr(
                    "The server of the layer {layer} failed at {place} ({error}). {remedy}",
                    layer=self.path,
                    place=place.toString(2),
                    error=failures[0],
                    remedy=tr(REMEDY),
                )
            )
        return _straight(colours) if block.dataType() == Qgis.DataType.ARGB32_Premultiplied else colours


def _straight(colours: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Colours that were multiplied by their alpha, as they were before."""
    channels = colours.view(np.uint8).reshape(*colours.shape, 4).astype(np.uint32)
    alpha = (colours >> 24)[..., np.newaxis]
    straight = np.minimum((channels * 255 + alpha // 2) // np.maximum(alpha, 1), 255).astype(np.uint8)
    return straight.view(np.uint32)[..., 0] & 0xFFFFFF | colours & 0xFF000000


def _nearest(native: Sequence[float], wanted: float) -> float:
    return min(native, key=lambda step: abs(math.log(step / wanted))) if native else wanted


def _span(first: float, last: float, step: float, count: int) -> tuple[int, int]:
    """The pixels whose centre lies between two places on an axis of `count` pixels, one at least."""
    start = min(max(0, math.ceil(first / step - 0.5)), count - 1)
    return start, min(max(start + 1, math.floor(last / step - 0.5) + 1), count)


def _units(size_m: float, extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> float:
    """A length on the ground, in the units of a coordinate system at the middle of an extent."""
    middle, step = extent.center(), max(extent.width(), extent.height()) * 1e-3
    wkt = crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2018)
    step_m = Grid(2, 2, (middle.x() - step, step, 0.0, middle.y() + step, 0.0, -step), wkt).pixel_size_m
    if step_m is None:
        raise RasterError(
            tr(
                "The network's pixel size ({size:.3g} m) cannot be told in the layer's units; give the size of the "
                "pixels to fetch.",
                size=size_m,
            )
        )
    return size_m / step_m * step
