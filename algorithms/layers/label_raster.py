"""A raster of labels, and its nodata value, which may be a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.errors import LabelError
from ...core.raster.class_text import quoted
from ...core.raster.class_value import ClassValue, class_key, class_value
from ...core.raster.file_reader import open_raster
from ...core.raster.operation import Placing
from ...core.samples.label_classes import LegendEntry
from ..text.translation import tr


@dataclass(frozen=True)
class LabelRaster:
    """A raster of labels: what GDAL opens, and what is known of its place."""

    path: str
    placing: Placing

    def nodata(self) -> ClassValue | None:
        """The nodata value of its first band; None without one.

        Raises:
            RasterError: it cannot be opened.
        """
        dataset = open_raster(self.path)  # a band does not keep it open
        return class_value(dataset.GetRasterBand(1).GetNoDataValue())


def check_several(name: str, legend: Sequence[LegendEntry], background: str, value: int) -> None:
    """See that a raster whose nodata value is 0 has several classes without it.

    Args:
        name: of the raster.
        legend: its classes.
        background: name of the background class; '' for none.
        value: one that occurs in it, for the sentence.

    Raises:
        LabelError: it has one.
    """
    names = [entry.name for entry in legend]
    if not names or len({class_key(one) for one in [*names, background] if one}) > 1:
        return
    raise LabelError(
        tr(
            "The class raster {labels} has only the class {name} on the image: 0 is its nodata value, so pixels of 0 "
            "are unlabelled, and a network learns to tell classes apart. To make 0 a class, list it among the classes, "
            "for example '0=background,{value}={name}'.",
            labels=name,
            name=quoted(names[0]),
            value=value,
        )
    )
