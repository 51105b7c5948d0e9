"""Recurve: classification of images and learned correction of the map, for QGIS Processing."""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:
    """Make the plugin; QGIS calls this when it loads the folder.

    Args:
        iface: QGIS's interface, or None in qgis_process.
    """
    from .plugin import RecurvePlugin

    return RecurvePlugin(iface)
