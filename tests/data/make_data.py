"""Cuts the small rasters of this folder out of the files named in README.md.

Usage: make_data.py FOLDER, the folder that holds those files. The pieces keep what is tricky about each file (type,
nodata, alpha, mask, collar, band order) and are committed: tests need only them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from osgeo import gdal

PIECES = {  # piece: (source, (column, row, width, height), or None for all of it)
    "landsat8_uint16_collar.tif": ("landsat8_uint16_3band_collar.tif", (120, 0, 90, 70)),
    "landsat7_byte_collar.tif": ("landsat7_rgb_byte_collar.tif", (120, 0, 101, 83)),
    "naip_4band.tif": ("naip_4band_20140720.tif", (400, 300, 97, 64)),
    "sentinel2_byte.tif": ("sentinel2_belgium_b08_b04_b03_byte.tif", (700, 400, 77, 91)),
    "usgs_alpha.tif": ("usgs_hro_colorado_alpha.tif", (80, 0, 110, 70)),
    "usgs_internal_mask.tif": ("usgs_hro_colorado_internal_mask.tif", (0, 0, 110, 70)),
    "usgs_nodata.tif": ("usgs_hro_colorado_nodata.tif", (0, 0, 110, 70)),
    "float_nan.tif": ("tiny_float_nan.tif", None),
    "rotated.tif": ("tiny_rotated_geotransform.tif", None),
}


def main(source: Path, target: Path) -> None:
    """Cut every piece."""
    gdal.UseExceptions()
    gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
    gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")
    for piece, (name, window) in PIECES.items():
        gdal.Translate(
            str(target / piece),
            str(source / name),
            srcWin=window,
            creationOptions=["COMPRESS=DEFLATE", "ZLEVEL=9", "PREDICTOR=1"],
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent / "rasters")
