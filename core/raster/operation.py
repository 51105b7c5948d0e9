"""Where a raster lies beyond what its file says, and which of the ways between two systems is gone.

There may be several ways between two coordinate reference systems, some metres apart; in QGIS, people choose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from osgeo import osr

from .gdal_errors import gdal_failures

Operations = Callable[[str, str], str]
"""Two systems as WKT -> the operation between them as a PROJ string, with x before y; '' for GDAL's own choice."""

_PIPELINE, _SWAP = "+proj=pipeline", "+step +proj=axisswap +order=2,1"


def gdals_own(_source: str, _target: str) -> str:
    """GDAL's own choice between any two systems."""
    return ""


@dataclass(frozen=True)
class Placing:
    """What is known of a raster's place.

    Attributes:
        crs_wkt: the coordinate reference system that counts; '' for what the file says.
        operations: how coordinates get from it to other systems.
        remark: a sentence on the system, where the file says another one.
    """

    crs_wkt: str = ""
    operations: Operations = gdals_own
    remark: str = ""

    def operation(self, source: str, target: str) -> str:
        """The operation between two systems (WKT) in GDAL's order of axes; '' for GDAL's own choice.

        GDAL takes coordinates in the order of the systems themselves: latitude before longitude.
        """
        chosen = self.operations(source, target) if source and target else ""
        if not chosen:
            return ""
        steps = chosen[len(_PIPELINE) :].strip() if chosen.startswith(_PIPELINE) else f"+step {chosen}"
        before, after = (_SWAP if _has_y_first(wkt) else "" for wkt in (source, target))
        return " ".join(filter(None, (_PIPELINE, before, steps, after)))


AS_THE_FILE_SAYS = Placing()


def _has_y_first(wkt: str) -> bool:
    with gdal_failures():
        system = osr.SpatialReference()
        system.ImportFromWkt(wkt)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        return list(system.GetDataAxisToSRSAxisMapping()[:1]) == [2]
