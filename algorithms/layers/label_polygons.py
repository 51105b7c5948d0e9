"""The features of a label layer as polygons on an image."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from qgis.core import QgsCsException, QgsFeature, QgsProcessingFeedback, QgsWkbTypes
from qgis.PyQt.QtCore import NULL
from qgis.PyQt.QtGui import QTransform

from ...core.raster.class_text import quoted
from ...core.raster.class_value import ClassForms, ClassValue
from ...core.samples.pixel_size import metres_per_pixel
from ..text.translation import tr
from .extent import grid_rectangle
from .field_value import class_of
from .place import Place
from .vector_source import VectorSource

_NAMED_IDS = 5


@dataclass(frozen=True)
class LineWidth:
    """How wide lines are on the ground: a field with the width of each in m, and the width of those without one."""

    metres: float
    field_name: str


@dataclass
class LabelPolygons:
    """The features of a label layer on an image.

    Attributes:
        wkb: polygons in the image's coordinates.
        values: what the class field of each says; None where it is empty.
        ids: the id of each feature.
        remarks: what was done to some features and why -> their ids.
    """

    wkb: list[bytes] = field(default_factory=list)
    values: list[ClassValue | None] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    remarks: dict[str, list[int]] = field(default_factory=dict)

    def note(self, remark: str, feature_id: int) -> None:
        """Remember that something was done to a feature."""
        self.remarks.setdefault(remark, []).append(feature_id)

    def sentences(self) -> list[str]:
        """The remarks with the number of features and the first ids."""
        return [noted(remark, ids) for remark, ids in self.remarks.items()]

    def forms(self) -> ClassForms:
        """The forms in which the classes are written."""
        forms = ClassForms()
        for value in filter(None, self.values):
            forms.add(value)
        return forms


def noted(remark: str, ids: list[int]) -> str:
    """A remark with the number of features and the first of their ids."""
    return tr("{remark}: {count} (id {ids}).", remark=remark, count=len(ids), ids=first_of(ids))


def of_no_class(labels: Sequence[tuple[ClassValue | None, int]], is_listed: bool) -> list[str]:
    """Sentences about labels that stay without a class.

    Args:
        labels: what each says and its id.
        is_listed: whether the user has listed the classes.
    """
    ids: dict[str, list[int]] = {}
    written: dict[str, str] = {}
    for value, number in labels:
        key = value.key if value is not None else ""
        ids.setdefault(key, []).append(number)
        written.setdefault(key, value.name if value is not None else "")
    sentences = []
    for key, numbers in ids.items():
        name = written[key]
        if not name:
            remark = tr("Labels without a class are left out, and the area there stays unlabelled")
        else:
            remark = tr(
                "Labels of the unknown class '{value}' are left out, and the area there stays unlabelled",
                value=name,
            )
        sentences.append(noted(remark, numbers))
        if is_listed and quoted(name) != name:
            advice = tr("In a list of classes, this one is written in quotes: {name}", name=quoted(name))
            sentences.append(advice)
    return sentences


def first_of(ids: list[int]) -> str:
    """The first few ids, which are enough to find what is meant."""
    return ", ".join(map(str, ids[:_NAMED_IDS])) + (", ..." if len(ids) > _NAMED_IDS else "")


def read_polygons(
    source: VectorSource,
    class_field: str,
    width: LineWidth,
    place: Place,
    feedback: QgsProcessingFeedback,
) -> LabelPolygons:
    """Read the features of a layer that lie on an image; lines become as wide as they are on the ground.

    Args:
        source: polygons or lines.
        class_field: the field with their class; '' where all are of one class.
        width: of lines.
        place: the image's.
        feedback: asked whether to stop.

    Raises:
        LabelError: nothing tells where the layer lies on the image.
    """
    found, grid = LabelPolygons(), place.grid
    way, covered = place.way_for(source), grid_rectangle(grid)
    height_m, width_m = metres_per_pixel(grid)
    to_metres = QTransform.fromScale(width_m / abs(grid.affine[1]), height_m / abs(grid.affine[5]))
    for feature in source.read():
        if feedback.isCanceled():
            break
        geometry, number = feature.geometry(), feature.id()
        if geometry.isEmpty():
            found.note(tr("Labels without a shape are left out"), number)
            continue
        is_line = geometry.type() == QgsWkbTypes.GeometryType.LineGeometry
        metres = _width_m(feature, width, found) if is_line else 0.0
        if is_line and metres <= 0:
            found.note(tr("Labels without a width are left out"), number)
            continue
        try:
            geometry = way.bring(geometry, metres / 2 / min(height_m, width_m))
        except QgsCsException:
            found.note(
                tr("Labels that cannot be transformed to the image's coordinates are left out"), number
            )
            continue
        if is_line and not geometry.isEmpty():
            geometry.transform(to_metres)
            geometry = geometry.buffer(metres / 2, 8)
            geometry.transform(to_metres.inverted()[0])
        elif not geometry.isEmpty() and not geometry.isGeosValid():
            geometry = geometry.makeValid()
            if geometry.isEmpty() or geometry.constGet().dimension() < 2:
                found.note(tr("Labels with an invalid shape that cannot be repaired are left out"), number)
                continue
            found.note(
                tr("Labels with an invalid shape are repaired; please look at them (Check validity)"), number
            )
        if geometry.isEmpty() or not geometry.boundingBox().intersects(covered):
            found.note(tr("Labels outside the image are left out"), number)
            continue
        found.wkb.append(bytes(geometry.asWkb()))
        found.values.append(class_of(feature[class_field]) if class_field else None)
        found.ids.append(number)
    return found


def _width_m(feature: QgsFeature, width: LineWidth, found: LabelPolygons) -> float:
    """The width in the feature's field, or else that of all; what is no number there is noted."""
    given = feature[width.field_name] if width.field_name else None
    try:
        own = 0.0 if given in (None, NULL, "") else float(given)
    except (TypeError, ValueError):
        own = math.nan
    if not math.isfinite(own):
        remark = tr("Lines whose width is no number take the width of all lines, or else are left out")
        found.note(remark, feature.id())
        return width.metres
    return own if own > 0 else width.metres
