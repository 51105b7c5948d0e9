"""The image of a run: a file or a layer from a server, and its bands that a network needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Union

from ...core.errors import ContractError, RasterError
from ...core.raster.band_names import bands_by_name
from ...core.raster.file_reader import RasterReader
from ...core.raster.image_reader import ImageReader
from ...core.raster.operation import AS_THE_FILE_SAYS, Placing
from ...core.raster.polygon_mask import PolygonMask
from ...core.raster.retry import never
from ...models.contract import NetworkContract
from ..text.image_fit import band_names
from ..text.translation import tr, word
from .served_image import ServedImage


@dataclass(frozen=True)
class ImageFile:
    """An image that GDAL opens.

    Attributes:
        path: its name.
        placing: what is known of its place.
    """

    path: str
    placing: Placing = AS_THE_FILE_SAYS

    def open(
        self,
        bands: Sequence[int] | None = None,
        mask: PolygonMask | None = None,
        is_cancelled: Callable[[], bool] = never,
    ) -> RasterReader:
        """Read it; all bands where none are given.

        Raises:
            RasterError: it cannot be read, or a band is chosen that is not there.
        """
        return RasterReader(self.path, bands, mask, is_cancelled, self.placing.crs_wkt)


Image = Union[ImageFile, ServedImage]


def check_band_count(contract: NetworkContract, bands: Sequence[int]) -> None:
    """See that a user has chosen as many bands as a network needs.

    Raises:
        ContractError: there are more or fewer.
    """
    needed = len(contract.bands)
    if len(bands) != needed:
        raise ContractError(
            tr(
                "The number of bands chosen is {found}, and the {role} {name} needs {needed} ({bands}); choose as "
                "many, in this order, or none to leave the choice to the image's band names.",
                found=len(bands),
                role=word(contract.role),
                name=contract.name,
                needed=needed,
                bands=", ".join(band_names(contract)),
            )
        )


def check_no_palette(image: ImageReader) -> None:
    """Refuse bands whose values are numbers of colours: neighbouring numbers are no similar colours.

    Raises:
        RasterError: a band that is read has a palette.
    """
    for label in image.labels:
        if label.number in image.bands and label.colour == "Palette":
            raise RasterError(
                tr(
                    "Band {band} of {path} holds numbers of colours (a palette) and no brightness; convert it to red, "
                    "green and blue first (Raster > Conversion > PCT to RGB).",
                    band=label.number,
                    path=image.path,
                )
            )


def bands_for(contract: NetworkContract, image: ImageReader) -> tuple[int, ...]:
    """The bands that have a network's band names in the image, or else the image's first ones.

    Args:
        contract: the network's.
        image: opened with all its bands.

    Raises:
        ContractError: it has not got enough.
    """
    found, needed = bands_by_name(image.labels, band_names(contract)), len(contract.bands)
    if found is not None:
        return found
    if image.band_count < needed:
        raise ContractError(
            tr(
                "The number of bands in the image is {found}, and the {role} {name} needs {needed} ({bands}); choose "
                "an image with these bands or a {role} trained on images like this one. (A band that the image marks "
                "as alpha is not counted; choose the bands yourself to have it used as one.)",
                found=image.band_count,
                role=word(contract.role),
                name=contract.name,
                needed=needed,
                bands=", ".join(band_names(contract)),
            )
        )
    return image.bands[:needed]
