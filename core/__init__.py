"""The engine: rasters, tiles, training and assessment, without QGIS."""
