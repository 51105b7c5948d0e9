"""Reading rasters: windows and tiles, grids, GDAL and its faults, servers, bands, polygons, legends."""
