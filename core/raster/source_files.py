"""Which files a raster is made of, at every level: what may not be overwritten, and what its pixels depend on."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from xml.etree import ElementTree

from osgeo import gdal

from .gdal_errors import gdal_failures

_SOURCES = ("SourceFilename", "SourceDataset", "SourceVRTFilename", "SrcDataSource")
_VRT_HEAD = "<VRTDataset"
_ARCHIVES = ("/vsizip/", "/vsitar/", "/vsigzip/", "/vsi7z/", "/vsirar/")


def source_files(path: str) -> tuple[str, ...]:
    """The files behind what GDAL opens: itself, the files beside it, and for a VRT its sources and theirs.

    GDAL's own list of files ends at the first level, and leaves out sources with names such as `NETCDF:"x.nc":height`.
    Sources of a VRT are named but not opened, unless their names are no files, local or on a server: a mosaic may have
    a hundred thousand.

    Args:
        path: anything GDAL opens, such as a file, `GPKG:towns.gpkg:roofs`, `/vsizip/scene.zip/b4.tif` or `vrt://...`.

    Returns:
        Paths of local files (an archive for what lies in it), and names of other files as GDAL has them; the first is
        `path` itself where that is a file. Only what is there: a source that is missing is left out.
    """
    found: dict[str, None] = {}
    waiting, seen = deque([path]), set()
    while waiting:
        name = waiting.popleft()
        if name in seen:
            continue
        seen.add(name)
        files = _files(name, is_listed=name == path)
        found.update(dict.fromkeys(map(_on_disk, files)))
        waiting += files
        if name.lstrip().startswith(_VRT_HEAD) or _is_vrt(name):
            waiting += _sources(name)
    return tuple(found)


def _files(name: str, is_listed: bool) -> list[str]:
    """The files of one dataset; only itself where it is a file and nothing else is asked for."""
    if not is_listed and (name.startswith("/vsi") or Path(name).is_file()):
        return [name]
    with gdal_failures():
        try:
            dataset = gdal.OpenEx(name, gdal.OF_RASTER)
        except RuntimeError:  # GDAL's exceptions are on
            dataset = None
        listed = list(dataset.GetFileList() or ()) if dataset is not None else []
        # a GeoPackage that has several rasters does not open as one, and is a file all the same
        named = [] if listed else [part for part in _parts(name) if Path(part).is_file()]
    return [*([name] if Path(name).is_file() and name not in listed else []), *listed, *named]


def _parts(name: str) -> list[str]:
    """What may be a path in a name such as `GPKG:towns.gpkg:roofs`."""
    if '"' in name:
        return name.split('"')[1::2]
    pieces = name.split(":")
    spans = ((first, last) for first in range(1, len(pieces)) for last in range(first + 1, len(pieces) + 1))
    return [":".join(pieces[first:last]) for first, last in spans]


def _is_vrt(name: str) -> bool:
    if name.lower().endswith(".vrt"):
        return True
    try:
        with Path(name).open("rb") as file:
            return file.read(256).lstrip().startswith(_VRT_HEAD.encode())
    except OSError:
        return False


def _sources(vrt: str) -> list[str]:
    """What the elements of a VRT, a file or the text itself, name as their sources."""
    try:
        text = vrt if vrt.lstrip().startswith(_VRT_HEAD) else _text(vrt)
        root = ElementTree.fromstring(text)
    except (OSError, ElementTree.ParseError, UnicodeDecodeError):
        return []  # opening the raster says what is wrong with it
    names = []
    for element in root.iter():
        source = (element.text or "").strip()
        if element.tag in _SOURCES and source:
            is_relative = element.get("relativeToVRT", "0") not in ("0", "false")
            names.append(_beside(vrt, source) if is_relative else source)
    return names


def _beside(vrt: str, source: str) -> str:
    """A source that is named relative to its VRT; the path may be inside of a name."""
    folder = vrt.rpartition("/")[0] if vrt.startswith("/vsi") else str(Path(vrt).parent)
    for part in [source, *_parts(source)]:
        if Path(folder, part).exists():
            return source.replace(part, f"{folder}/{part}", 1)
    return f"{folder}/{source}"


def _text(name: str) -> str:
    path = Path(name)
    if path.is_file():
        return path.read_text(encoding="utf-8")
    with gdal_failures():
        file = gdal.VSIFOpenL(name, "rb")
        if file is None:
            raise OSError(name)
        try:
            return bytes(gdal.VSIFReadL(1, 1 << 27, file)).decode("utf-8")
        finally:
            gdal.VSIFCloseL(file)


def _on_disk(name: str) -> str:
    """The archive for what lies in one; else the name."""
    prefix = next((prefix for prefix in _ARCHIVES if name.startswith(prefix)), "")
    if not prefix:
        return name
    inside = name[len(prefix) :]
    if inside.startswith("{"):
        return inside[1:].partition("}")[0]
    pieces = inside.split("/")
    paths = ("/".join(pieces[:count]) for count in range(1, len(pieces) + 1))
    return next((path for path in paths if Path(path).is_file()), name)
