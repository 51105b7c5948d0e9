"""The networks: definitions, contracts, export and execution. Knows neither QGIS nor rasters."""
