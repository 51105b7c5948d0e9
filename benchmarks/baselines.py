"""Hand-crafted baselines, of scores or of a map as shares of the classes: what a learned one has to beat."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float32]
"""(classes, height, width): how likely each class is at each pixel."""
Codes = NDArray[np.uint8]
Method = Callable[[Shares, NDArray[np.float32]], Codes]
"""Shares and the image (bands, height, width), 8 bits a band, to a map (height, width)."""

CRF_ITERATIONS = 10


def methods() -> Iterator[tuple[str, list[dict[str, Any]], Callable[..., Codes]]]:
    """Each method: its name, the settings that are tried, and the function that takes shares, image and settings."""
    yield "majority filter", [{"side": side} for side in (3, 5, 7, 11, 15)], majority
    guided = itertools.product((1, 2, 4, 8), (1e-4, 1e-3, 1e-2, 1e-1))
    yield (
        "guided filter",
        [{"radius": radius, "epsilon": epsilon} for radius, epsilon in guided],
        guided_filter,
    )
    crf = itertools.product((1, 3), (10, 30, 60), (5, 13, 25), (3, 10))
    yield (
        "dense CRF",
        [
            {"near": near, "far": far, "colours": colours, "weight": weight}
            for near, far, colours, weight in crf
        ],
        dense_crf,
    )


def shares_of(scores: NDArray[np.float32]) -> Shares:
    """The softmax of scores (classes, height, width)."""
    odds = np.exp(scores - scores.max(axis=0))
    shares: Shares = odds / odds.sum(axis=0)
    return shares


def shares_of_codes(codes: Codes, classes: int, sure: float = 0.9) -> Shares:
    """A map as shares: of its class so much, of the others the rest alike."""
    is_class = codes[None] == np.arange(1, classes + 1, dtype=np.uint8)[:, None, None]
    return np.where(is_class, sure, (1 - sure) / (classes - 1)).astype(np.float32)


def majority(shares: Shares, _image: NDArray[np.float32], side: int) -> Codes:
    """The class that most pixels around have."""
    from scipy.ndimage import uniform_filter

    decided = shares.argmax(axis=0)
    votes = [uniform_filter((decided == index).astype(np.float32), side) for index in range(len(shares))]
    return (np.argmax(votes, axis=0) + 1).astype(np.uint8)


def sieve(codes: Codes, smallest: int) -> Codes:
    """Pieces of fewer pixels get the class of their largest neighbour (GDAL's sieve filter, over the sides)."""
    from osgeo import gdal

    raster = gdal.GetDriverByName("MEM").Create("", codes.shape[1], codes.shape[0], 1)
    raster.WriteRaster(0, 0, codes.shape[1], codes.shape[0], np.ascontiguousarray(codes).tobytes())
    band = raster.GetRasterBand(1)
    gdal.SieveFilter(band, None, band, smallest, 4)
    return np.frombuffer(band.ReadRaster(), np.uint8).reshape(codes.shape)


def guided_filter(shares: Shares, image: NDArray[np.float32], radius: int, epsilon: float) -> Codes:
    """He, Sun and Tang, "Guided Image Filtering", TPAMI 2013, with the image's grey as guidance."""
    from scipy.ndimage import uniform_filter

    def mean(plane: NDArray[np.float32]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = uniform_filter(plane, 2 * radius + 1)
        return found

    guide = image.mean(axis=0) / 255
    guide_mean = mean(guide)
    over_variance = 1 / (mean(guide * guide) - guide_mean * guide_mean + epsilon)
    filtered = []
    for values in shares:
        slope = (mean(guide * values) - guide_mean * mean(values)) * over_variance
        filtered.append(mean(slope) * guide + mean(mean(values) - slope * guide_mean))
    return (np.argmax(filtered, axis=0) + 1).astype(np.uint8)


def dense_crf(
    shares: Shares, image: NDArray[np.float32], near: int, far: int, colours: int, weight: int
) -> Codes:
    """Kraehenbuehl and Koltun, "Efficient Inference in Fully Connected CRFs", NIPS 2011."""
    from pydensecrf.densecrf import DenseCRF2D
    from pydensecrf.utils import unary_from_softmax

    classes, height, width = shares.shape
    pixels = np.ascontiguousarray(image.transpose(1, 2, 0).astype(np.uint8))
    crf = DenseCRF2D(width, height, classes)
    crf.setUnaryEnergy(unary_from_softmax(np.ascontiguousarray(shares)))
    crf.addPairwiseGaussian(sxy=near, compat=3)
    crf.addPairwiseBilateral(sxy=far, srgb=colours, rgbim=pixels, compat=weight)
    decided = np.argmax(crf.inference(CRF_ITERATIONS), axis=0).reshape(height, width)
    return (decided + 1).astype(np.uint8)
