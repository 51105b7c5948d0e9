"""A GeoTIFF and the files beside it that describe it, put into place together; those of other layers stay."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from osgeo import gdal

from ..atomic_file import behind_link
from ..errors import RasterError
from ..file_clash import file_key
from ..raster.gdal_errors import gdal_failures
from ..translation import tr
from .qml import styled_raster


def force_to_disk(raster: Path) -> None:
    """See that a power cut after the tiles are deleted does not find an output of the right name and no content.

    Raises:
        OSError: the disk is full or gone.
    """
    for made in (raster, *files_beside(raster)):
        if made.exists():
            with made.open("rb+") as file:
                os.fsync(file.fileno())


def move_into_place(made: Path, path: Path) -> None:
    """Move a raster with what describes it; what described an older one at its place goes.

    Behind a symbolic link, the file that it leads to is replaced, and what describes it lies beside both.

    Raises:
        RasterError: what is there cannot be replaced.
    """
    try:
        place = behind_link(path)
        beside = {end: own_files_beside(end) for end in dict.fromkeys((path, place))}  # the place comes last
        made.replace(place)
        for end, own in beside.items():
            for new, old in zip(files_beside(made), files_beside(end)):
                if old not in own:
                    continue
                if not new.exists():
                    old.unlink(missing_ok=True)
                elif end == place:
                    new.replace(old)
                else:
                    shutil.copyfile(new, old)
    except OSError as error:
        raise RasterError(
            tr(
                "{path} cannot be replaced ({error}). Close it where it is open, or choose another name.",
                path=path,
                error=error.strerror,
            )
        ) from error


def files_beside(raster: Path) -> list[Path]:
    """Files that describe a GeoTIFF. One left over from an older output would lie about the new one."""
    return [
        *(raster.with_name(raster.name + suffix) for suffix in (".aux.xml", ".ovr", ".msk")),
        style_of(raster),
    ]


def own_files_beside(raster: Path) -> list[Path]:
    """Those that no other layer needs."""
    return [path for path in files_beside(raster) if path != style_of(raster) or not sharers_of_style(raster)]


def style_of(raster: Path) -> Path:
    """The style that QGIS opens a raster in: of town.tif it is town.qml, and so it is of town.gpkg and town.jp2."""
    return raster.with_suffix(".qml")


def sharers_of_style(raster: Path) -> list[Path]:
    """The files whose layers QGIS opens in the raster's style as well; none where the style is the raster's own.

    A style in which Recurve says that it made it for this raster is the raster's, and so is one that lies beside the
    raster, if no other data has that name. One that lies there alone may be anyone's, and is named itself.
    """
    style = style_of(raster)
    others = _layers_of_that_name(raster)
    if not style.exists():
        return others
    styled = styled_raster(style)
    if styled:
        maker = raster.with_name(styled)
        return [maker] if maker.exists() and file_key(maker) != file_key(raster) else []
    return others or ([] if raster.exists() else [style])


def _layers_of_that_name(raster: Path) -> list[Path]:
    """What GDAL knows as data beside a raster, with its name but for the suffix."""
    style, own = file_key(style_of(raster)), file_key(raster)
    alike = []
    with suppress(OSError):  # a folder that may be written to need not be one that may be listed
        alike = [
            path
            for path in raster.parent.iterdir()
            if path.stem.casefold() == raster.stem.casefold() and path.suffix
        ]
    with gdal_failures():
        return [
            path
            for path in sorted(alike)
            if file_key(style_of(path)) == style
            and file_key(path) not in (own, style)
            and gdal.IdentifyDriverEx(str(path), gdal.OF_RASTER | gdal.OF_VECTOR) is not None
        ]
