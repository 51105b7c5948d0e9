"""How the files behind a raster are told apart from what they were: by all that its pixels depend on, and no more."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from osgeo import gdal

from .gdal_errors import gdal_failures
from .retry import is_remote, time_limits
from .source_files import source_files

_READ_BYTES = 1 << 20
"""Files up to this size are told apart by their content: a copy has another time, and a new one may have the same."""
_MOST_READ = 1000
"""Of a raster of more files only VRTs are opened, and no server is asked: a mosaic may have a hundred thousand."""
_BESIDE = (".aux.xml", ".msk")  # of a VRT's source, for example, which GDAL does not list
_VRT_HEAD = b"<VRTDataset"


def file_stamps(path: str) -> list[list[Any]]:
    """What the pixels of a raster depend on, as JSON values: a name and a state for each of its files, at every level.

    Statistics and histograms, which QGIS and GDAL write into a VRT and into an .aux.xml, do not count, and neither do
    the raster's own overviews, which nobody reads who reads each pixel.

    Args:
        path: anything GDAL opens.

    Returns:
        For each file: of a small one and of a VRT the digest of its content; of a larger one size and time of change;
        of one on a server its ETag, or else when it was changed.
    """
    files = [name for name in source_files(path) if name != f"{path}.ovr"]
    are_few = len(files) <= _MOST_READ
    looked_at = [name for name in files if are_few and not is_remote(name)]
    beside = [f"{name}{suffix}" for name in looked_at for suffix in _BESIDE]
    known = dict.fromkeys([*files, *(name for name in beside if Path(name).is_file())])
    stamps = (_stamp(name, are_few) for name in known)
    return [stamp for stamp in stamps if stamp is not None]


def _stamp(name: str, is_read: bool) -> list[Any] | None:
    """A file's name and state; None for one that says nothing about pixels."""
    try:
        status, is_text = Path(name).stat(), name.lower().endswith((".vrt", ".aux.xml"))
        if is_text or (is_read and status.st_size <= _READ_BYTES):
            content = _telling(name, Path(name).read_bytes())
            return [name, hashlib.sha256(content).hexdigest()] if content or not is_text else None
    except OSError:  # one of GDAL's names: of a file on a server, for instance
        return [name, *_state_of_name(name, is_read)]
    return [name, status.st_size, status.st_mtime_ns]


def _telling(name: str, content: bytes) -> bytes:
    """The part of a file's content that its pixels depend on."""
    is_vrt = content.lstrip().startswith(_VRT_HEAD)
    if not is_vrt and not name.lower().endswith(".aux.xml"):
        return content
    try:
        root = ElementTree.fromstring(_as_gdal_writes_it(name) if is_vrt else content)
    except ElementTree.ParseError:
        return content
    _drop_statistics(root)
    return (
        ElementTree.canonicalize(ElementTree.tostring(root), strip_text=True).encode() if len(root) else b""
    )


def _as_gdal_writes_it(vrt: str) -> str:
    """The text of a VRT in GDAL's own words, which it has once QGIS has had statistics written into it."""
    with gdal_failures():
        try:
            dataset = gdal.OpenEx(vrt, gdal.OF_RASTER)
            return str(dataset.GetMetadata("xml:VRT")[0])
        except (
            RuntimeError,
            AttributeError,
            KeyError,
        ):  # opening the raster itself says what is wrong with it
            return Path(vrt).read_text(encoding="utf-8", errors="replace")


def _drop_statistics(element: ElementTree.Element) -> None:
    for child in list(element):
        _drop_statistics(child)
        is_statistic = child.tag == "MDI" and child.get("key", "").startswith("STATISTICS_")
        is_hollow = child.tag in ("Metadata", "PAMRasterBand") and not len(child)
        if child.tag == "Histograms" or is_statistic or is_hollow:
            element.remove(child)


def _state_of_name(name: str, is_asked: bool) -> list[Any]:
    if is_remote(name) and not is_asked:
        return []
    with gdal_failures(), time_limits():
        try:
            headers = gdal.GetFileMetadata(name, "HEADERS") if is_remote(name) else None
            told = {key.lower(): value for key, value in (headers or {}).items()}
            for key in ("etag", "last-modified"):
                if key in told:
                    return [told[key], told.get("content-length", "")]
            status = gdal.VSIStatL(name)
        except RuntimeError:  # GDAL's own exceptions are on
            return []
    return [] if status is None else [status.size, status.mtime]
