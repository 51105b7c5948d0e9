"""The hints of a run: placed, counted, and what people should look at: contradictions, and what they overturn."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsProcessingFeedback

from ...core.inference.hint_tiles import check_hints
from ...core.inference.map_run import MapRun
from ...core.inference.overturned import SURE, overturned_hints
from ...core.raster.grid import Grid
from ..text.hint_report import contradicting, counted, overturned
from ..text.map_classes import MapClass
from ..text.translation import tr
from .hint_layer import HintLayer, PlacedHints
from .label_polygons import noted
from .place import Place


def placed_hints(
    layer: HintLayer | None, place: Place, classes: Sequence[MapClass], feedback: QgsProcessingFeedback
) -> PlacedHints | None:
    """The hints of a layer on an image; told are how many there are, and which are left out and why.

    Args:
        layer: None for no hints.
        place: the image's.
        classes: of the map.
        feedback: told; asked whether to stop.

    Raises:
        LabelError: no hint can be used.
        RasterError: a shape cannot be read.
        Cancelled: the user stopped the run.
    """
    if layer is None:
        return None
    placed = layer.placed(place, classes, feedback)
    numbers = [hint.class_number for hint in placed.hints.hints]
    feedback.pushInfo(counted(placed.class_field, numbers, classes))
    for sentence in placed.sentences:
        feedback.pushWarning(sentence)
    return placed


def say_remarkable(
    placed: PlacedHints | None, run: MapRun, classes: Sequence[MapClass], feedback: QgsProcessingFeedback
) -> None:
    """Tell of hints that people should look at, before the run begins; for the arguments see `hint_remarks`."""
    if placed is not None:
        for sentence in hint_remarks(placed, run, classes):
            feedback.pushWarning(sentence)


def hint_remarks(placed: PlacedHints, run: MapRun, classes: Sequence[MapClass]) -> list[str]:
    """Sentences about hints that people should look at.

    Args:
        placed: the hints.
        run: what they are part of.
        classes: of the map.

    Raises:
        RasterError: the run cannot take hints, or image or map cannot be read.
        DeviceError: the device failed.
    """
    check_hints(run)
    hints, ids = placed.hints.hints, placed.ids
    remarks = []

    def told(number: int) -> str:
        name = classes[hints[number].class_number - 1].name
        return tr("id {id} ({name})", id=ids[number], name=name)

    within = set(placed.hints.near(run.extent, 0))
    beside = [number for place, number in enumerate(ids) if place not in within]
    if beside:
        remarks.append(noted(tr("Hints outside the extent change only what they reach within it"), beside))
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


def _place(grid: Grid, row: int, col: int) -> str:
    """The middle of a pixel in the image's coordinates."""
    left, across, _, top, _, down = grid.affine
    digits = 6 if abs(across) < 1e-2 else 1
    return f"{left + (col + 0.5) * across:.{digits}f}, {top + (row + 0.5) * down:.{digits}f}"
