"""An image at the pixel size its network was trained for, and the scores back on the image's own pixels, tile by tile.

After `period_px` pixels of the image, a pixel of the image and one of the network begin at the same place. Tiles begin
and end there, so each tile meets the same weights, in the same order of sums: not one bit depends on how the image is
cut. GDAL's own resampling gives other values for other windows ('average' at a ratio that is no whole number does).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...models.contract import NetworkContract
from ..errors import RasterError
from ..raster.grid import Grid
from ..raster.tiling import Window
from ..translation import tr

LARGEST_RATIO = 16
"""How much larger or smaller than the image's the network's pixels may be; beyond, a tile is mostly halo."""

_TOLERANCE = 0.02  # of the network's pixel size: far less than networks are trained for
_LONGEST_PERIOD_PX = 1024


@dataclass(frozen=True)
class Resampling:
    """How the image's pixels and the network's lie to each other.

    Attributes:
        period_px: rows, and columns, of the image after which both begin together.
        network_rows: rows of the network in as many of the image; a multiple of the networks' stride.
        network_cols: columns, likewise.
    """

    period_px: int
    network_rows: int
    network_cols: int

    @property
    def ratios(self) -> tuple[Fraction, Fraction]:
        """Pixels of the image in one of the network, down and across."""
        return Fraction(self.period_px, self.network_rows), Fraction(self.period_px, self.network_cols)

    def halo_px(self, network_px: int) -> int:
        """How many pixels of the image around a tile its inner part depends on.

        Args:
            network_px: how many pixels of the network a score depends on.
        """
        # A score goes into the image's pixels less than 1 network pixel away (bilinear) or that it overlaps; half a
        # network pixel, or 1 image pixel, is where the farthest network pixel is made from.
        return max(math.ceil(ratio * (network_px + Fraction(3, 2)) + Fraction(3, 2)) for ratio in self.ratios)

    def side_px(self, full_px: int) -> int:
        """The side of a tile, in pixels of the image, that is no larger than a full tile on either grid."""
        return max(1, int(full_px * min(1.0, math.sqrt(self.ratios[0] * self.ratios[1]))))

    def to_network(self, image: NDArray[Any]) -> NDArray[np.float32]:
        """What the network sees: the mean of the pixels it covers where its pixels are larger, else bilinear.

        Args:
            image: (bands, height, width) in its own type, which begins and ends at the period.

        Returns:
            (bands, rows of the network, columns of the network), float32.
        """
        _, height, width = image.shape
        periods = height // self.period_px, width // self.period_px
        rows = _resampled(image, -2, range(self.network_rows * periods[0]), self.period_px, self.network_rows)
        return _resampled(rows, -1, range(self.network_cols * periods[1]), self.period_px, self.network_cols)

    def to_image(self, scores: NDArray[np.float32], window: Window) -> NDArray[np.float32]:
        """Scores on the image's own pixels, by the same rule.

        Args:
            scores: (classes, rows of the network, columns of the network), of a tile that begins at the period.
            window: which pixels of the image, counted from the tile's first.

        Returns:
            (classes, height, width) of the window.
        """
        rows = range(window.row, window.row_stop)
        cols = range(window.col, window.col_stop)
        down = _resampled(scores, -2, rows, self.network_rows, self.period_px)
        return _resampled(down, -1, cols, self.network_cols, self.period_px)


def resampling_to(contract: NetworkContract, grid: Grid, stride: int) -> Resampling | None:
    """How to give a network the pixel size it was trained for.

    Args:
        contract: the classifier's.
        grid: the image's.
        stride: what the tiles' sides must be multiples of, of classifier and corrector together.

    Returns:
        None where the image has this pixel size.

    Raises:
        RasterError: the image's pixel size is unknown, or too far away.
    """
    sides_m, needed_m = grid.pixel_sides_m, contract.pixel_size_m
    if sides_m is None:
        raise RasterError(
            tr(
                "{fault}, so its pixel size is unknown and it cannot be resampled to the network's ({needed:.3g} m); "
                "{remedy}, or switch the resampling off.",
                fault=_why_unknown(grid),
                needed=needed_m,
                remedy=_remedy(grid),
            )
        )
    if not all(1 / LARGEST_RATIO <= needed_m / side_m <= LARGEST_RATIO for side_m in sides_m):
        raise RasterError(
            tr(
                "The image's pixels are {width:.3g} x {height:.3g} m, and the network's {needed:.3g} m: more than "
                "{ratio} times as large or as small. Choose a network for such images, or resample the image first "
                "(Raster > Projections > Warp).",
                width=sides_m[1],
                height=sides_m[0],
                needed=needed_m,
                ratio=LARGEST_RATIO,
            )
        )

    def fit(period_px: int) -> Resampling:
        rows, cols = (stride * max(1, round(period_px * side_m / (needed_m * stride))) for side_m in sides_m)
        return Resampling(period_px, rows, cols)

    def fault(fitted: Resampling) -> float:
        made_m = [side_m * ratio for side_m, ratio in zip(sides_m, fitted.ratios)]
        return max(abs(float(size_m) / needed_m - 1) for size_m in made_m)

    fits = [fit(period_px) for period_px in range(1, _LONGEST_PERIOD_PX + 1)]
    best = next((fitted for fitted in fits if fault(fitted) <= _TOLERANCE), None) or min(fits, key=fault)
    return None if all(ratio == 1 for ratio in best.ratios) else best


def _why_unknown(grid: Grid) -> str:
    if grid.control is not None:
        return tr("The image is placed by control points or by the model of its sensor")
    if grid.geotransform is None:
        return tr("The image has no georeferencing")
    if not grid.crs_wkt:
        return tr("The coordinate reference system of the image is not known")
    return tr("The coordinate reference system of the image has no known units")


def _remedy(grid: Grid) -> str:
    if grid.geotransform is None:
        return tr("georeference or warp it first (Layer > Georeferencer, Raster > Projections > Warp)")
    return tr("set the system of its layer (Layer > Set CRS of Layer)")


def _resampled(
    array: NDArray[Any], axis: int, wanted: range, per_in: int, per_out: int
) -> NDArray[np.float32]:
    """Some places of an axis on which `per_in` places become `per_out`."""
    places, weights = _taps(wanted, array.shape[axis], per_in, per_out)
    column = (slice(None), np.newaxis) if axis == -2 else (slice(None),)
    total: NDArray[np.float32] = np.take(array, places[0], axis) * weights[0][column]
    for place, weight in zip(places[1:], weights[1:]):
        total += np.take(array, place, axis) * weight[column]
    return total


def _taps(
    wanted: range, size: int, per_in: int, per_out: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """From where each wanted place is made, and with which weights (taps, wanted); in whole numbers to be exact."""
    out = np.arange(wanted.start, wanted.stop, dtype=np.int64)
    if per_in > per_out:  # the mean of what is covered
        taps = per_in // per_out if per_in % per_out == 0 else per_in // per_out + 2
        places = out * per_in // per_out + np.arange(taps, dtype=np.int64)[:, np.newaxis]
        stop = np.minimum((places + 1) * per_out, (out + 1) * per_in)
        weights = np.maximum(stop - np.maximum(places * per_out, out * per_in), 0) / per_in
    else:  # between the two nearest centres
        first, rest = np.divmod((2 * out + 1) * per_in - per_out, 2 * per_out)
        places = np.stack([first, first + 1])
        weights = np.stack([2 * per_out - rest, rest]) / (2 * per_out)
    return np.clip(places, 0, size - 1), weights.astype(np.float32)
