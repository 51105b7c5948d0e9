"""What the file of a raster output is called."""

from __future__ import annotations

from pathlib import Path

from ..errors import RasterError
from ..translation import tr


def check_geotiff_name(path: Path) -> None:
    """See that a file's name says what is written.

    Raises:
        RasterError: it does not end in .tif or .tiff.
    """
    if path.suffix.lower() not in (".tif", ".tiff"):
        raise RasterError(tr("{path} is no name for a GeoTIFF; choose a name that ends in .tif.", path=path))
