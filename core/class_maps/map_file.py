"""A map's file: what it says of its bands and values, without its pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osgeo import gdal

from ...models.contract import MAP_KINDS
from ..errors import RasterError
from ..raster.file_reader import open_raster
from ..raster.gdal_errors import no_gdal_failure
from ..raster.legend import MapLegend, read_legend
from ..translation import tr

CLASSES, PROBABILITIES, SCORES = MAP_KINDS


@dataclass(frozen=True)
class MapFile:
    """What a map's file says.

    Attributes:
        path: anything GDAL opens.
        bands: how many there are.
        alpha: numbers of the bands that are marked as alpha.
        band_names: by number, of those that have one.
        legend: of the first band.
        nodata: of the first band; None without.
        classifier_sha256: digest of the classifier that made it, as Recurve writes it into its outputs; '' without.
    """

    path: str
    bands: int
    alpha: frozenset[int]
    band_names: Mapping[int, str]
    legend: MapLegend
    nodata: float | None
    classifier_sha256: str

    @property
    def named_values(self) -> dict[int, str]:
        """What the map calls its class values; its nodata value is none."""
        return {code: name for code, name in self.legend.names.items() if code != self.nodata}


def read_map_file(path: str) -> MapFile:
    """Look at a map.

    Args:
        path: anything GDAL opens.

    Raises:
        RasterError: it cannot be opened, or holds complex numbers.
    """
    dataset = open_raster(path)
    with no_gdal_failure(
        tr("{path} cannot be read", path=path), tr("The file may be damaged: copy or export it again.")
    ):
        # first, because only then does GDAL read what lies beside a GeoTIFF
        made_by = dataset.GetMetadataItem("RECURVE_CLASSIFIER_SHA256") or ""
        bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
        alpha = frozenset(b.GetBand() for b in bands if b.GetColorInterpretation() == gdal.GCI_AlphaBand)
        if any(gdal.DataTypeIsComplex(band.DataType) for band in bands):
            raise RasterError(
                tr(
                    "{path} holds complex numbers, and a map has class values, probabilities or scores.",
                    path=path,
                )
            )
        names = {band.GetBand(): band.GetDescription() for band in bands if band.GetDescription()}
        legend, nodata = read_legend(bands[0]), bands[0].GetNoDataValue()
    return MapFile(path, len(bands), alpha, names, legend, nodata, made_by)


def kind_of(file: MapFile, kind: str) -> str:
    """The kind of a map, one of `MAP_KINDS`.

    Args:
        file: the map.
        kind: what is said about it; '' for 'classes' where there is one band.

    Raises:
        RasterError: there is no such kind, its kind is not known, or it has too many bands for it.
    """
    if kind not in ("", *MAP_KINDS):
        raise RasterError(
            tr(
                "There is no kind of map '{kind}'; choose one of {kinds}.",
                kind=kind,
                kinds=", ".join(MAP_KINDS),
            )
        )
    bands = file.bands - len(file.alpha)
    if kind == "" and bands != 1:
        raise RasterError(
            tr(
                "{path} has {count} bands, which may hold probabilities or scores: say which kind of map it is "
                "('{probabilities}', or '{scores}' for what Recurve writes as scores).",
                path=file.path,
                count=bands,
                probabilities=PROBABILITIES,
                scores=SCORES,
            )
        )
    if kind == CLASSES and bands != 1:
        raise RasterError(
            tr(
                "{path} has {count} bands, and a map of class values has one; choose the raster that holds the "
                "class values (not a picture of it), or another kind of map.",
                path=file.path,
                count=bands,
            )
        )
    return kind or CLASSES
