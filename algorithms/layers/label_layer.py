"""A label layer: which classes it has, and its labels on an image's grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsProcessingFeedback, QgsRasterLayer, QgsVectorLayer, QgsWkbTypes

from ...core.errors import Cancelled, LabelError
from ...core.raster.class_value import class_key, class_value
from ...core.raster.grid import Grid
from ...core.raster.operation import Placing
from ...core.raster.polygon_mask import PolygonMask
from ...core.samples.label_classes import (
    LabelClasses,
    LegendEntry,
    label_classes,
    legend_of_values,
)
from ...core.samples.labels import PolygonLabels, RasterLabels
from ...core.samples.sample_set import SampleSet
from ..text.translation import tr
from .extent import grid_rectangle
from .label_polygons import LineWidth, of_no_class, read_polygons
from .label_raster import LabelRaster, check_several
from .legend import raster_legend, vector_legend
from .place import Place
from .raster_layer import image_path
from .vector_source import VectorSource


@dataclass(frozen=True)
class LabelSettings:
    """What a user says about labels.

    Attributes:
        class_field: the field with the class; '' where all features are of one.
        classes: the classes in order; none for those the layer shows or has.
        background: name of the background class; '' for none.
        width: of lines.
    """

    class_field: str
    classes: Sequence[LegendEntry]
    background: str
    width: LineWidth


@dataclass(frozen=True)
class BurnedLabels:
    """Labels on an image's grid, and their classes."""

    labels: PolygonLabels | RasterLabels
    classes: LabelClasses


@dataclass(frozen=True)
class LabelLayer:
    """What is taken from a label layer in the thread it lives in.

    Attributes:
        name: of the file or the layer.
        legend: the classes it is shown in; empty where it is not shown in classes.
        source: its features, or the raster.
        settings: what the user says about it.
    """

    name: str
    legend: list[LegendEntry]
    source: VectorSource | LabelRaster
    settings: LabelSettings

    def burned(
        self,
        place: Place,
        area: PolygonMask | None,
        known: SampleSet | None,
        feedback: QgsProcessingFeedback,
    ) -> BurnedLabels:
        """Bring the labels to an image; what is left out and why goes to the log.

        Args:
            place: the image's.
            area: labelled area.
            known: the sample set that is added to.
            feedback: told what is left out; asked whether to stop.

        Raises:
            LabelError: no label is on the image, nothing tells where they lie, or the classes are not valid.
            RasterError: a class raster cannot be read.
            Cancelled: the user stopped the run.
        """
        grid = place.grid
        if isinstance(self.source, LabelRaster):
            return self._burned_raster(self.source, grid, area, known, feedback)
        field_name = self.settings.class_field
        found = read_polygons(self.source, field_name, self.settings.width, place, feedback)
        if feedback.isCanceled():
            raise Cancelled(tr("The run was stopped; nothing was written."))
        for sentence in found.sentences():
            feedback.pushWarning(sentence)
        if not found.wkb:
            raise LabelError(
                tr(
                    "No feature of the labels {labels} can be used on the image, which covers {covered}; choose "
                    "labels that overlap it.",
                    labels=self.name,
                    covered=grid_rectangle(grid).toString(2),
                )
            )
        given = list(self.settings.classes)
        if field_name:
            values = found.values
            legend = given or self.legend or legend_of_values(filter(None, values))
            for remark in found.forms().remarks(self.name):
                feedback.pushWarning(remark)
        else:
            legend = given or [LegendEntry(self.name, self.name)]
            only = class_value(_only_class(legend, self.settings.background).value)
            values = [only] * len(found.wkb)
        classes = self._classes(legend, bool(given), known, feedback)
        codes = [classes.code(value) for value in values]
        unknown = [(value, number) for value, number, code in zip(values, found.ids, codes) if not code]
        for sentence in of_no_class(unknown, bool(given)):
            feedback.pushWarning(sentence)
        return BurnedLabels(PolygonLabels(found.wkb, codes, grid), classes)

    def _burned_raster(
        self,
        raster: LabelRaster,
        grid: Grid,
        area: PolygonMask | None,
        known: SampleSet | None,
        feedback: QgsProcessingFeedback,
    ) -> BurnedLabels:
        given = list(self.settings.classes)
        nodata = raster.nodata()
        takes_nodata = nodata is not None and nodata.key in {class_key(entry.value) for entry in given}
        labels = RasterLabels(raster.path, {}, grid, raster.placing, feedback.isCanceled, takes_nodata)
        pixels = labels.values(labels.boxes if area is None else area.boxes(grid))
        if not pixels:
            raise LabelError(
                tr(
                    "The class raster {labels} has no data on the image, which covers {covered}; choose one that "
                    "overlaps it.",
                    labels=self.name,
                    covered=grid_rectangle(grid).toString(2),
                )
            )
        values = {value: class_value(value) for value in pixels}
        keys = {found.key for found in values.values() if found is not None}
        shown = [entry for entry in self.legend if class_key(entry.value) in keys]
        legend = given or shown or legend_of_values(filter(None, values.values()))
        if nodata is not None and nodata.key == "0" and not takes_nodata:
            check_several(self.name, legend, self.settings.background, min(pixels))
        classes = self._classes(legend, bool(given), known, feedback)
        codes = {value: classes.code(found) for value, found in values.items()}
        labels.codes = {value: code for value, code in codes.items() if code}
        unknown = sorted(value for value, code in codes.items() if not code)
        if unknown:
            shown_values = ", ".join(map(str, unknown[:5])) + (", ..." if len(unknown) > 5 else "")
            feedback.pushWarning(
                tr(
                    "Label pixels whose values are no class ({values}) are left out, and the area there stays "
                    "unlabelled: {count}.",
                    values=shown_values,
                    count=sum(pixels[value] for value in unknown),
                )
            )
        return BurnedLabels(labels, classes)

    def _classes(
        self,
        legend: list[LegendEntry],
        is_given: bool,
        known: SampleSet | None,
        feedback: QgsProcessingFeedback,
    ) -> LabelClasses:
        """The classes; without an order of the user's, in that of the sample set, if it has them all."""
        classes = label_classes(legend, self.settings.background, self.legend)
        for remark in classes.remarks:
            feedback.pushWarning(remark)
        return classes if is_given or known is None else classes.within(known.classes)


def label_layer(
    layer: QgsVectorLayer | QgsRasterLayer,
    source: VectorSource | None,
    settings: LabelSettings,
    placing: Placing,
) -> LabelLayer:
    """Take from a label layer what a run needs.

    Args:
        layer: the layer.
        source: its features, if it has some.
        settings: what the user says about it.
        placing: what is known of the place of a raster.

    Raises:
        LabelError: the layer does not fit the settings.
    """
    if isinstance(layer, QgsRasterLayer):
        if layer.providerType() != "gdal":
            raise LabelError(
                tr(
                    "The layer {labels} comes from QGIS's '{provider}' provider, and labels are read from files; "
                    "export the layer as a GeoTIFF and use that.",
                    labels=layer.name(),
                    provider=layer.providerType(),
                )
            )
        path = image_path(layer)
        return LabelLayer(Path(path).name, raster_legend(layer), LabelRaster(path, placing), settings)
    assert source is not None
    _check_vector(layer, settings)
    if source.features.featureCount() == 0:
        raise LabelError(
            tr(
                "The labels {labels} have no feature to use; draw some, select some if only the selected ones count, "
                "or look at the layer's filter.",
                labels=layer.name(),
            )
        )
    return LabelLayer(layer.name(), vector_legend(layer, settings.class_field), source, settings)


def _check_vector(layer: QgsVectorLayer, settings: LabelSettings) -> None:
    kind, lines = layer.geometryType(), QgsWkbTypes.GeometryType.LineGeometry
    if kind not in (lines, QgsWkbTypes.GeometryType.PolygonGeometry):
        raise LabelError(
            tr(
                "The labels {labels} have the geometry type {kind}, and labels are polygons or lines; choose such a "
                "layer, or buffer the points first.",
                labels=layer.name(),
                kind=QgsWkbTypes.geometryDisplayString(kind),
            )
        )
    for field_name in filter(None, (settings.class_field, settings.width.field_name)):
        if layer.fields().indexOf(field_name) < 0:
            raise LabelError(
                tr(
                    "The labels {labels} have no field {field}; choose one of {fields}.",
                    labels=layer.name(),
                    field=field_name,
                    fields=", ".join(field.name() for field in layer.fields()),
                )
            )
    if kind == lines and settings.width.metres <= 0 and not settings.width.field_name:
        raise LabelError(
            tr(
                "The labels {labels} are lines, which have no width of their own; give the width of lines in metres, "
                "or the field that holds it.",
                labels=layer.name(),
            )
        )
    if settings.classes and not settings.class_field:
        _only_class(list(settings.classes), settings.background)


def _only_class(legend: list[LegendEntry], background: str) -> LegendEntry:
    """The class of features that have no field for it.

    Raises:
        LabelError: there are several.
    """
    entries = [entry for entry in legend if class_key(entry.name) != class_key(background)]
    if len(entries) != 1:
        raise LabelError(
            tr(
                "The classes {classes} are given, and no field that tells which label is of which; choose the field "
                "with the class, or give one class beside the background.",
                classes=", ".join(entry.name for entry in legend),
            )
        )
    return entries[0]
