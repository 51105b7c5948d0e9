"""The QGIS side: one algorithm, one file."""
