"""An image with the bands that a network needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ...core.errors import ContractError
from ...core.raster.band_names import bands_by_name
from ...core.raster.file_reader import RasterReader
from ...core.raster.image_reader import ImageReader
from ...core.raster.polygon_mask import PolygonMask
from ...core.raster.retry import never
from ...models.contract import NetworkContract
from ..text.image_fit import band_names
from .served_image import ServedImage


def open_image(
    image: str | ServedImage,
    bands: Sequence[int],
    contract: NetworkContract,
    mask: PolygonMask | None = None,
    is_cancelled: Callable[[], bool] = never,
) -> ImageReader:
    """An image with the bands a network needs.

    Args:
        image: anything GDAL opens, or a layer from a server.
        bands: numbers of the bands, from 1, in the network's order; empty for those that have the network's band names
            in the image, or else for the image's first ones.
        contract: the network's.
        mask: where to look.
        is_cancelled: asked in the reading thread while a server is given time.

    Raises:
        RasterError: the image cannot be read.
        ContractError: it has not got the bands.
    """
    opened = partial(RasterReader, image) if isinstance(image, str) else image.open
    if bands:
        _check_band_count(contract, len(bands), chosen_by_user=True)
        return opened(bands, mask, is_cancelled)
    with opened() as every_band:
        found = bands_by_name(every_band.labels, band_names(contract))
        if found is None:
            _check_band_count(contract, every_band.band_count, chosen_by_user=False)
            found = every_band.bands[: len(contract.bands)]
    return opened(found, mask, is_cancelled)


def _check_band_count(contract: NetworkContract, bands: int, chosen_by_user: bool) -> None:
    needed = len(contract.bands)
    names = ", ".join(band_names(contract))
    if chosen_by_user and bands != needed:
        raise ContractError(
            f"{_count(bands, 'band was', 'bands were')} chosen, and the {contract.role} {contract.name} needs {needed} "
            f"({names}); choose as many, in this order, or none to leave the choice to the image's band names."
        )
    if bands < needed:
        raise ContractError(
            f"The image has {_count(bands, 'band', 'bands')}, and the {contract.role} {contract.name} needs {needed} "
            f"({names}); choose an image with these bands or a {contract.role} trained on images like this one. (A "
            "band that the image marks as alpha is not counted; choose the bands yourself to have it used as one.)"
        )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
