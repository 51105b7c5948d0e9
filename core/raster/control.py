"""Images without rows along an axis: placed by ground control points, or by the model of their sensor."""

from __future__ import annotations

from dataclasses import dataclass, replace

from osgeo import gdal

_ROW, _COL = "LINE_OFF", "SAMP_OFF"


@dataclass(frozen=True)
class Control:
    """What places an image that has no geotransform; carried to what is made from the image, so that it lies there too.

    Attributes:
        points: ground control points: column, row, x, y, z.
        crs_wkt: of x and y.
        rpc: GDAL's rational polynomial coefficients, by name.
    """

    points: tuple[tuple[float, float, float, float, float], ...]
    crs_wkt: str
    rpc: tuple[tuple[str, str], ...]

    def moved(self, row: int, col: int) -> Control:
        """The same for a part of the image that begins at a row and a column."""
        points = tuple((at - col, on - row, x, y, z) for at, on, x, y, z in self.points)
        start = {_ROW: row, _COL: col}
        rpc = tuple(
            (name, repr(float(value.split()[0]) - start[name]) if name in start else value)
            for name, value in self.rpc
        )
        return replace(self, points=points, rpc=rpc)

    def write_to(self, dataset: gdal.Dataset) -> None:
        """Place a raster so."""
        if self.points:
            gcps = [gdal.GCP(x, y, z, col, row) for col, row, x, y, z in self.points]
            dataset.SetGCPs(gcps, self.crs_wkt)
        if self.rpc:
            dataset.SetMetadata(dict(self.rpc), "RPC")


def control_of(dataset: gdal.Dataset, crs_wkt: str = "") -> Control | None:
    """What places an image that has no geotransform; None for nothing.

    Args:
        dataset: the image.
        crs_wkt: the system that its control points count in; '' for their own.
    """
    points = tuple((p.GCPPixel, p.GCPLine, p.GCPX, p.GCPY, p.GCPZ) for p in dataset.GetGCPs())
    rpc = tuple(sorted((dataset.GetMetadata("RPC") or {}).items()))
    if not points and not rpc:
        return None
    return Control(points, crs_wkt or dataset.GetGCPProjection(), rpc)
