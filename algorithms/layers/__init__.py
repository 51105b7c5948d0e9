"""Layers of QGIS as the engine takes them, and what the engine has written as layers of QGIS."""
