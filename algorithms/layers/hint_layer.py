"""A layer of hints: its features as hints on an image's pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qgis.core import (
    QgsCsException,
    QgsFeature,
    QgsGeometry,
    QgsProcessingFeedback,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QTransform

from ...core.errors import Cancelled, LabelError
from ...core.inference.hint_trust import CERTAIN, LIKELY
from ...core.inference.hints import Hint, Hints
from ...core.raster.grid import Grid
from ..text.hint_report import no_usable_hint, of_unknown_class
from ..text.map_classes import MapClass, class_number
from ..text.translation import tr
from ..values import Values
from .extent import grid_rectangle
from .field_value import class_of
from .label_polygons import first_of, noted
from .place import Place, Way
from .vector_source import VectorSource, vector_source

_USUAL_FIELD = "class"
_USUAL_TRUST_FIELD = "trust"
_TRUST = {"certain": CERTAIN, "1": CERTAIN, "likely": LIKELY, "0.5": LIKELY}
"""What a field may say, by the key of a `ClassValue`."""


@dataclass
class PlacedHints:
    """Hints on an image.

    Attributes:
        hints: their shapes in pixels.
        ids: the id of each one's feature.
        sentences: about what is left out or taken for granted.
        class_field: the field that their classes are from.
    """

    hints: Hints
    ids: list[int]
    sentences: list[str]
    class_field: str


@dataclass(frozen=True)
class HintLayer:
    """What is taken from a layer of hints in the thread it lives in.

    Attributes:
        source: its features.
        class_field: the field with their class; '' for the only one that holds classes.
        trust: of hints whose feature says nothing else.
        trust_field: the field with the trust in each; '' for one called trust, if it says nothing else.
        keys: names of the fields that only tell the features apart.
        parameter: what the parameter for the field is called, for the sentences.
    """

    source: VectorSource
    class_field: str
    trust: float
    trust_field: str
    keys: frozenset[str]
    parameter: str

    def placed(
        self, place: Place, classes: Sequence[MapClass], feedback: QgsProcessingFeedback
    ) -> PlacedHints:
        """Bring the hints to an image.

        Args:
            place: the image's.
            classes: of the map, in order.
            feedback: asked whether to stop.

        Raises:
            LabelError: nothing tells where the layer lies on the image or which field has the classes, or no hint can
                be used.
            RasterError: a shape cannot be read.
            Cancelled: the user stopped the run.
        """
        features = list(self.source.read())
        trust_field = self.trust_field or self._field_with_trust(features)
        class_field = self.class_field or self._field_with_classes(features, classes, trust_field)
        found, way, grid = _Found(), place.way_for(self.source), place.grid
        for feature in features:
            if feedback.isCanceled():
                raise Cancelled(tr("The run was stopped; nothing was written."))
            value, number = class_of(feature[class_field]), feature.id()
            shape = _shape(feature, way, grid, found)
            class_number_found = class_number(value, classes)
            if value is None:
                found.note(tr("Hints without a class are left out"), number)
            elif not class_number_found:
                found.unknown.setdefault(value.name, []).append(number)
            elif shape is not None:
                found.hints.append(Hint(shape, class_number_found, self._trust(feature, trust_field, found)))
                found.ids.append(number)
        hints = _inside(found, grid)
        sentences = [noted(remark, ids) for remark, ids in found.remarks.items()]
        sentences += [
            of_unknown_class(name, len(ids), first_of(ids), classes) for name, ids in found.unknown.items()
        ]
        if not found.hints:
            raise LabelError(no_usable_hint(self.source.name, sentences))
        return PlacedHints(hints, found.ids, sentences, class_field)

    def _field_with_trust(self, features: Sequence[QgsFeature]) -> str:
        """The field called trust, as New hint layer makes it; '' for none, or one that holds something else."""
        for name in self._field_names():
            if name.casefold() == _USUAL_TRUST_FIELD and name != self.class_field:
                values = [value for feature in features if (value := class_of(feature[name])) is not None]
                return name if all(value.key in _TRUST for value in values) else ""
        return ""

    def _field_with_classes(
        self, features: Sequence[QgsFeature], classes: Sequence[MapClass], trust_field: str
    ) -> str:
        """The only field whose values are all classes, or else the only one in which some are."""
        names = [name for name in self._field_names() if name not in (*self.keys, trust_field)]
        known: dict[str, list[bool]] = {}
        for name in names:
            values = [value for feature in features if (value := class_of(feature[name])) is not None]
            known[name] = [class_number(value, classes) > 0 for value in values]
        whole = [name for name in names if known[name] and all(known[name])]
        usual = [name for name in whole if name.casefold() == _USUAL_FIELD]
        some = [name for name in names if any(known[name])]
        for candidates in (usual, whole, some):
            if len(candidates) == 1:
                return candidates[0]
            if candidates:
                break
        listed = ", ".join(entry.told for entry in classes)
        if some:
            raise LabelError(
                tr(
                    "Several fields of the hints {layer} hold classes of the map ({fields}); choose one of them as "
                    "{parameter}.",
                    layer=self.source.name,
                    fields=", ".join(whole or some),
                    parameter=self.parameter,
                )
            )
        raise LabelError(
            tr(
                "No field of the hints {layer} ({fields}) holds a class of the map, by name or by value; the classes "
                "are {classes}.",
                layer=self.source.name,
                fields=", ".join(self._field_names()) or tr("none"),
                classes=listed,
            )
        )

    def _field_names(self) -> list[str]:
        return [str(one.name()) for one in self.source.features.fields()]

    def _trust(self, feature: QgsFeature, trust_field: str, found: _Found) -> float:
        value = class_of(feature[trust_field]) if trust_field else None
        if value is None:
            return self.trust
        if value.key not in _TRUST:
            remark = tr(
                "Hints whose trust '{value}' is none of {known} are trusted as all others",
                value=value.name,
                known=", ".join(_TRUST),
            )
            found.note(remark, feature.id())
        return _TRUST.get(value.key, self.trust)


@dataclass
class _Found:
    """What was made of the features."""

    hints: list[Hint] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    remarks: dict[str, list[int]] = field(default_factory=dict)
    unknown: dict[str, list[int]] = field(default_factory=dict)

    def note(self, remark: str, feature_id: int) -> None:
        self.remarks.setdefault(remark, []).append(feature_id)


def hint_layer(
    values: Values, name: str, class_field: str, trust: float, trust_field: str, parameter: str
) -> HintLayer:
    """Take from a layer of hints what a run needs.

    Args:
        values: of the parameters.
        name: the parameter for the layer, which is given.
        class_field: see `HintLayer`, as for all others.
        trust: likewise.
        trust_field: likewise.
        parameter: likewise.

    Raises:
        LabelError: the layer has no feature to use, or not the fields.
    """
    source = vector_source(values, name)
    assert source is not None
    if source.features.featureCount() == 0:
        raise LabelError(
            tr(
                "The hints {layer} have no feature to use; draw some, select some if only the selected ones count, or "
                "look at the layer's filter.",
                layer=source.name,
            )
        )
    fields = source.features.fields()
    for field_name in filter(None, (class_field, trust_field)):
        if fields.indexOf(field_name) < 0:
            raise LabelError(
                tr(
                    "The hints {layer} have no field {field}; choose one of {fields}.",
                    layer=source.name,
                    field=field_name,
                    fields=", ".join(one.name() for one in fields) or tr("none"),
                )
            )
    return HintLayer(source, class_field, trust, trust_field, _keys(values.vector_layer(name)), parameter)


def _keys(layer: QgsVectorLayer | None) -> frozenset[str]:
    if layer is None:
        return frozenset()
    return frozenset(layer.fields()[index].name() for index in layer.primaryKeyAttributes())


def _shape(feature: QgsFeature, way: Way, grid: Grid, found: _Found) -> bytes | None:
    """A feature's shape in pixels; None, with a remark, where it has none on the image."""
    geometry, number = feature.geometry(), feature.id()
    if geometry.isEmpty():
        found.note(tr("Hints without a shape are left out"), number)
        return None
    try:
        geometry = way.bring(geometry)
    except QgsCsException:
        found.note(tr("Hints that cannot be transformed to the image's coordinates are left out"), number)
        return None
    is_area = geometry.type() == QgsWkbTypes.GeometryType.PolygonGeometry
    if is_area and not geometry.isEmpty() and not geometry.isGeosValid():
        geometry = geometry.makeValid()
        found.note(
            tr("Hints with an invalid shape are repaired; please look at them (Check validity)"), number
        )
    if geometry.isEmpty() or not geometry.boundingBox().intersects(grid_rectangle(grid)):
        found.note(_outside(), number)
        return None
    return _in_pixels(geometry, grid)


def _in_pixels(geometry: QgsGeometry, grid: Grid) -> bytes:
    """A shape as WKB in pixels of the image."""
    left, across, _, top, _, down = grid.affine
    moved = QgsGeometry(
        geometry.constGet().segmentize()
    )  # curves would be others where pixels are not square
    moved.get().dropZValue()
    moved.get().dropMValue()
    moved.transform(QTransform(1 / across, 0, 0, 1 / down, -left / across, -top / down))
    return bytes(moved.asWkb())


def _inside(found: _Found, grid: Grid) -> Hints:
    """The hints that lie on a pixel of the image."""
    hints = Hints(found.hints, grid.height, grid.width)
    boxes = hints.boxes()
    if all(boxes):
        return hints
    kept = [place for place, box in enumerate(boxes) if box is not None]
    for place, box in enumerate(boxes):
        if box is None:
            found.note(_outside(), found.ids[place])
    found.hints, found.ids = [found.hints[place] for place in kept], [found.ids[place] for place in kept]
    return Hints(found.hints, grid.height, grid.width)


def _outside() -> str:
    return tr("Hints outside the image are left out")
