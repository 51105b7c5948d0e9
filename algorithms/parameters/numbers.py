"""Parameters for numbers. Where a number is left to the algorithm, the parameter is empty, and never 0."""

from __future__ import annotations

import sys

from qgis.core import QgsProcessingParameterNumber

MORE_THAN_0 = 1e-9
"""The smallest value of a parameter that has no use for 0."""
_LARGEST = sys.float_info.max
ANY = -_LARGEST
"""The smallest value of a parameter that has none."""


def is_bound(value: float) -> bool:
    """Whether the smallest or largest value of a parameter is one that somebody may reach."""
    return abs(value) < _LARGEST


def whole_number(
    name: str, label: str, default: int | None, smallest: float, largest: float = _LARGEST
) -> QgsProcessingParameterNumber:
    """A parameter for a whole number.

    Args:
        name: its id.
        label: what the dialog calls it.
        default: what is taken where nothing is given; None where that is left to the algorithm.
        smallest: the smallest value.
        largest: the largest value.
    """
    kind = QgsProcessingParameterNumber.Type.Integer
    return QgsProcessingParameterNumber(name, label, kind, default, default is None, smallest, largest)


def number(
    name: str, label: str, default: float | None, smallest: float, largest: float = _LARGEST
) -> QgsProcessingParameterNumber:
    """A parameter for a number, see `whole_number`."""
    kind = QgsProcessingParameterNumber.Type.Double
    return QgsProcessingParameterNumber(name, label, kind, default, default is None, smallest, largest)
