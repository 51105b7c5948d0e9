"""What is remarkable about the hints of a run: contradictions, and what they overturn."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.inference.map_run import MapRun
from ...core.inference.overturned import SURE, overturned_hints
from ...core.raster.grid import Grid
from ..text.hint_report import contradicting, counted, overturned
from ..text.map_classes import MapClass
from ..text.translation import tr
from .hint_layer import PlacedHints


def hint_remarks(placed: PlacedHints, run: MapRun, classes: Sequence[MapClass]) -> list[str]:
    """Sentences about hints that people should look at.

    Args:
        placed: the hints.
        run: what they are part of.
        classes: of the map.

    Raises:
        RasterError: image or map cannot be read.
        DeviceError: the device failed.
    """
    hints, ids = placed.hints.hints, placed.ids
    remarks = []

    def told(number: int) -> str:
        name = classes[hints[number].class_number - 1].name
        return tr("id {id} ({name})", id=ids[number], name=name)

    if pairs := placed.hints.contradictions():
        remarks.append(contradicting([(told(first), told(second)) for first, second in pairs]))
    found = overturned_hints(run)
    if found:
        listed = [
            tr(
                "id {id} at {place}: {was} {percent:.0f} %, now {now}",
                id=ids[one.hint],
                place=_place(run.image.grid, one.row, one.col),
                was=classes[one.class_number - 1].name,
                percent=100 * one.probability,
                now=classes[hints[one.hint].class_number - 1].name,
            )
            for one in found
        ]
        remarks.append(overturned(listed, 100 * SURE))
    return remarks


def hints_told(placed: PlacedHints, classes: Sequence[MapClass]) -> str:
    """A sentence about what the hints are."""
    return counted(placed.class_field, [hint.class_number for hint in placed.hints.hints], classes)


def _place(grid: Grid, row: int, col: int) -> str:
    """The middle of a pixel in the image's coordinates."""
    left, across, _, top, _, down = grid.affine
    digits = 6 if abs(across) < 1e-2 else 1
    return f"{left + (col + 0.5) * across:.{digits}f}, {top + (row + 0.5) * down:.{digits}f}"
