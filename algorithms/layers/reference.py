"""Layers of an assessment as what the engine compares: maps, references, areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsMapLayer,
    QgsProcessingFeatureSource,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsWkbTypes,
)

from ...core.assessment.reference import PolygonReference, Polygons
from ...core.class_maps.class_matching import Label
from ...core.class_maps.class_raster import ClassRaster, open_class_rasters
from ...core.errors import LabelError, RasterError
from ...core.raster.class_value import ClassForms, ClassValue
from ...core.raster.file_reader import RasterReader
from ...core.raster.grid import Grid
from ..text.translation import tr
from ..values import Values
from .field_value import class_of
from .label_polygons import first_of
from .place import Place, Way
from .raster_layer import check_shown_as_stored, image_path, placing
from .vector_source import VectorSource


def class_rasters(values: Values, name: str, *, are_looked_up: bool) -> tuple[ClassRaster, ...]:
    """The maps a user gave, a raster of several bands as several maps; each with a name of its own.

    Args:
        values: of the parameters.
        name: the parameter.
        are_looked_up: whether polygons are looked for in them.

    Raises:
        RasterError: one cannot be opened, is no map, or lies where polygons cannot be looked for.
        LabelError: there is none.
    """
    given, context = values.given.get(name), values.context
    layers = values.algorithm.parameterAsLayerList(dict(values.given), name, context)
    texts = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    if len(layers) < len(texts):  # QGIS leaves out what it cannot open
        for text in texts:
            if isinstance(text, str) and QgsProcessingUtils.mapLayerFromString(text, context) is None:
                RasterReader(text).close()  # says why it fails
                raise RasterError(
                    tr(
                        "QGIS cannot show {value} as a raster layer; export it as a GeoTIFF and use that.",
                        value=text,
                    )
                )
    if not layers:
        raise LabelError(tr("No map was given; choose one raster of classes, or several."))
    maps = []
    for layer in layers:
        found = _open(layer, context.transformContext())
        if are_looked_up:
            check_shown_as_stored(layer, found[0].grid)
        maps += found
    counts, used = Counter(one.name for one in maps), Counter[str]()
    named = []
    for one in maps:
        used[one.name] += 1
        own = f"{one.name} ({used[one.name]})" if counts[one.name] > 1 else one.name
        named.append(replace(one, name=own))
    return tuple(named)


def single_class_raster(layer: QgsMapLayer, transform_context: QgsCoordinateTransformContext) -> ClassRaster:
    """A raster with one band of classes.

    Args:
        layer: the raster.
        transform_context: the project's.

    Raises:
        RasterError: it cannot be opened, or is no map.
        LabelError: it has several bands.
    """
    rasters = _open(layer, transform_context)
    if len(rasters) > 1:
        raise LabelError(
            tr(
                "{layer} has {count} bands, and one is needed: the classes. Extract it first (Raster > Conversion > "
                "Rearrange bands).",
                layer=layer.name(),
                count=len(rasters),
            )
        )
    return rasters[0]


def raster_path(layer: QgsMapLayer) -> str:
    """What GDAL opens to read a raster layer's pixels.

    Raises:
        LabelError: it is no raster layer.
        RasterError: the layer's pixels do not come from GDAL.
    """
    if not isinstance(layer, QgsRasterLayer):
        raise LabelError(tr("{layer} is not a raster layer; choose a raster of classes.", layer=layer.name()))
    return image_path(layer)


def check_class_field(source: QgsProcessingFeatureSource, class_field: str, class_name: str = "") -> None:
    """See that a layer can be a reference.

    Raises:
        LabelError: it has no polygons, or neither such a field nor a class for all.
    """
    if QgsWkbTypes.geometryType(source.wkbType()) != QgsWkbTypes.GeometryType.PolygonGeometry:
        raise LabelError(
            tr(
                "The reference {layer} has no polygons; choose polygons or a raster of classes.",
                layer=source.sourceName(),
            )
        )
    if class_name and not class_field:
        return
    if source.fields().lookupField(class_field) < 0:
        fields = ", ".join(field.name() for field in source.fields()) or tr("none")
        if class_field:
            fault = tr(
                "The polygons {layer} have no field '{field}'", layer=source.sourceName(), field=class_field
            )
        else:
            fault = tr("The class field of the polygons {layer} is not set", layer=source.sourceName())
        raise LabelError(
            tr(
                "{fault}; choose one of their fields ({fields}), or name the class of all polygons.",
                fault=fault,
                fields=fields,
            )
        )


def class_polygons(
    source: VectorSource,
    transform_context: QgsCoordinateTransformContext,
    class_field: str,
    class_name: str = "",
    background: str = "",
) -> PolygonReference:
    """The polygons of a layer by their class, with sentences about those that are left out.

    They are the selected ones, if the user wants those. What is a class and what a class value, `class_value` says;
    where not all classes are class values, none is.

    Args:
        source: the polygons.
        transform_context: the project's.
        class_field: the field with their class; '' where all are of one.
        class_name: that class, a name or a class value.
        background: the class of what no polygon covers, a name or a class value; '' where that is not known.

    Raises:
        LabelError: the layer has no such field, or no polygon with a class.
    """
    check_class_field(source.features, class_field, class_name)
    if source.features.featureCount() == 0:
        raise LabelError(
            tr(
                "The reference {layer} has no polygon to use; draw some, select some if only the selected ones count, "
                "or look at the layer's filter.",
                layer=source.name,
            )
        )
    name, index = source.name, source.features.fields().lookupField(class_field)
    shapes: dict[str, list[QgsGeometry]] = {}
    forms = ClassForms()
    unknown: list[QgsGeometry] = []
    no_class: list[int] = []
    no_shape: list[int] = []
    for feature in source.read():
        value, geometry = class_of(feature[index] if class_field else class_name), feature.geometry()
        if geometry.isEmpty():
            no_shape.append(feature.id())
        elif value is None:
            no_class.append(feature.id())
            unknown.append(geometry)
        else:
            forms.add(value)
            shapes.setdefault(value.key, []).append(geometry)
    if not shapes:
        raise LabelError(
            tr(
                "The polygons {name} have no class in the field {field}; fill it, or choose another field.",
                name=name,
                field=class_field,
            )
        )
    classes, rest = forms.values, class_of(background)
    are_class_values = all(value.code is not None for value in [*classes, *([rest] if rest else [])])
    polygons = _placed(source, transform_context)

    def label(value: ClassValue) -> Label:
        return Label(value.code) if are_class_values else Label(None, value.name)

    ordered = sorted(classes, key=lambda value: (value.code or 0) if are_class_values else value.name)
    known = {label(value): polygons(shapes[value.key]) for value in ordered}
    rest = next((value for value in classes if rest and value.key == rest.key), rest)
    remarks = forms.remarks(name)
    if no_class:
        remarks.append(
            tr(
                "Polygons of {name} without a class are left out: {count} (id {ids}).",
                name=name,
                count=len(no_class),
                ids=first_of(no_class),
            )
        )
    if no_shape:
        remarks.append(
            tr(
                "Polygons of {name} without a shape are left out: {count} (id {ids}).",
                name=name,
                count=len(no_shape),
                ids=first_of(no_shape),
            )
        )
    return PolygonReference(
        name,
        known,
        label(rest) if rest else None,
        polygons(unknown) if unknown else None,
        tuple(remarks),
    )


def area_polygons(source: VectorSource, transform_context: QgsCoordinateTransformContext) -> Polygons:
    """The polygons that say where to look.

    Raises:
        LabelError: there is none.
    """
    shapes = [geometry for feature in source.read() if not (geometry := feature.geometry()).isEmpty()]
    if not shapes:
        raise LabelError(
            tr(
                "The mask {layer} has no polygon to use; draw or select some, or leave the mask empty.",
                layer=source.name,
            )
        )
    return _placed(source, transform_context)(shapes)


def _placed(
    source: VectorSource, transform_context: QgsCoordinateTransformContext
) -> Callable[[Sequence[QgsGeometry]], Polygons]:
    """Makes polygons of a layer such that they can be brought to any map."""

    @cache
    def way(grid: Grid) -> Way:
        return Place(grid, transform_context).way_for(source)

    def polygons(shapes: Sequence[QgsGeometry]) -> Polygons:
        def on(grid: Grid) -> list[bytes]:
            try:
                brought = map(way(grid).bring, shapes)
                return [bytes(shape.asWkb()) for shape in brought if not shape.isEmpty()]
            except QgsCsException as error:
                raise RasterError(
                    tr(
                        "A polygon of {layer} cannot be reprojected to the map's coordinates ({error}); reproject the "
                        "layer first (Vector > Data Management Tools > Reproject Layer) and use the result.",
                        layer=source.name,
                        error=error,
                    )
                ) from error

        return Polygons(source.name, on, len(shapes))

    return polygons


def _open(layer: QgsMapLayer, transform_context: QgsCoordinateTransformContext) -> list[ClassRaster]:
    path = raster_path(layer)
    return open_class_rasters(path, layer.name(), placing(layer, transform_context))
