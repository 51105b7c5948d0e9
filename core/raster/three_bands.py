"""Three bands of any image, for networks that take images of any bands.

What is made depends on the whole image only, so that all its tiles are mixed alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...models.contract import MADE_BANDS
from ..errors import RasterError
from ..translation import tr
from .image_reader import ImageReader
from .sampled_pixels import Sample, sampled_pixels, thinned_pixels

_COUNT = len(MADE_BANDS)
_LEAST = 1e-6
"""A component with a smaller deviation than this share of a band's is rounding and no information."""


@dataclass(frozen=True)
class ThreeBands:
    """How three bands with mean 0 and standard deviation 1 are made of an image's.

    One band is taken three times; two, and their mean; three as they are; of more the first three principal
    components, each band standardised before, with the sign that makes the largest loading positive.

    Attributes:
        matrix: (3, bands) float32.
        offset: (3,) float32, added after.
    """

    matrix: NDArray[np.float32]
    offset: NDArray[np.float32]

    @classmethod
    def of(cls, image: ImageReader) -> ThreeBands:
        """What an image's bands are made into; a large image is read whole only where a few windows hold nothing.

        Args:
            image: open, its scale set.

        Raises:
            RasterError: no pixel is valid, or the image cannot be read.
        """
        sample = sampled_pixels(image, image.grid.extent)
        if not sample.shape[1]:  # data in a corner of a large sheet, or a narrow strip across it
            sample = thinned_pixels(image, image.grid.extent)
        if not sample.shape[1]:
            raise RasterError(
                tr(
                    "No valid pixel was found in {image}, so its bands cannot be standardised; check its nodata value.",
                    image=image.path,
                )
            )
        return cls.of_sample(sample)

    @classmethod
    def of_sample(cls, sample: Sample) -> ThreeBands:
        """The same from valid pixels (bands, pixels), at least one."""
        values = sample.astype(np.float64)
        means, deviations = values.mean(axis=1), values.std(axis=1)
        deviations[deviations == 0] = 1  # a constant band says nothing
        mixed = _mixture((values - means[:, np.newaxis]) / deviations[:, np.newaxis])
        matrix = mixed / deviations
        return cls(matrix.astype(np.float32), (-matrix @ means).astype(np.float32))

    def mixed(self, pixels: NDArray[Any], valid: NDArray[np.bool_] | None = None) -> NDArray[np.float32]:
        """The three bands of some pixels.

        Args:
            pixels: (bands, height, width).
            valid: which of them hold something (height, width); None for all.

        Returns:
            (3, height, width) float32; 0, the mean, where nothing is valid.
        """
        # band after band: a matrix product adds in another order in windows of another size
        total = np.empty((_COUNT, *pixels.shape[1:]), np.float32)
        total[:] = self.offset[:, np.newaxis, np.newaxis]
        for band, weights in zip(pixels, self.matrix.T):
            values = band.astype(np.float32, copy=False)
            values = values if valid is None else np.where(valid, values, np.float32(0))
            for made, weight in zip(total, weights):
                made += weight * values
        return total if valid is None else np.where(valid, total, np.float32(0))

    @property
    def identity(self) -> list[list[float]]:
        """Both as JSON values."""
        rows: list[list[float]] = [*self.matrix.tolist(), self.offset.tolist()]
        return rows


def _mixture(standardised: NDArray[np.float64]) -> NDArray[np.float64]:
    """(3, bands): what makes three bands, each with deviation 1, of standardised ones (bands, pixels)."""
    count = len(standardised)
    if count == 1:
        return np.ones((_COUNT, 1))
    if count == _COUNT:
        return np.eye(_COUNT)
    covariance = standardised @ standardised.T / standardised.shape[1]
    if count == 2:
        rows = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    else:
        rows = np.linalg.eigh(covariance)[1].T[::-1][:_COUNT]
        largest = np.abs(rows).argmax(axis=1)
        rows = rows * np.sign(rows[np.arange(_COUNT), largest])[:, np.newaxis]
    deviations = np.sqrt(np.clip(np.einsum("ib,bc,ic->i", rows, covariance, rows), 0, None))
    is_real = deviations > _LEAST
    factors = np.where(is_real, 1 / np.where(is_real, deviations, 1), 0)
    scaled: NDArray[np.float64] = rows * factors[:, np.newaxis]
    return scaled
