"""Layers of an assessment as what the engine compares: maps, references, areas."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
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
from ...core.raster.file_reader import RasterReader
from ..text.translation import tr
from ..values import Values
from .label_polygons import first_of, text_of
from .raster_layer import image_path


def class_rasters(values: Values, name: str) -> tuple[ClassRaster, ...]:
    """The maps a user gave, a raster of several bands as several maps; each with a name of its own.

    Raises:
        RasterError: one cannot be opened, or is no map.
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
    maps = [one for layer in layers for one in open_class_rasters(raster_path(layer), layer.name())]
    counts, used = Counter(one.name for one in maps), Counter[str]()
    named = []
    for one in maps:
        used[one.name] += 1
        own = f"{one.name} ({used[one.name]})" if counts[one.name] > 1 else one.name
        named.append(replace(one, name=own))
    return tuple(named)


def single_class_raster(layer: QgsMapLayer) -> ClassRaster:
    """A raster with one band of classes.

    Raises:
        RasterError: it cannot be opened, or is no map.
        LabelError: it has several bands.
    """
    rasters = open_class_rasters(raster_path(layer), layer.name())
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
    source: QgsProcessingFeatureSource, class_field: str, class_name: str = "", background: str = ""
) -> PolygonReference:
    """The polygons of a layer by their class, with sentences about those that are left out.

    They are the selected ones, if the user wants those.
    Whole numbers are class values, also where they are stored as text; everything else is names.

    Args:
        source: the polygons.
        class_field: the field with their class; '' where all are of one.
        class_name: that class, a name or a class value.
        background: the class of what no polygon covers, a name or a class value; '' where that is not known.

    Raises:
        LabelError: the layer has no such field, or no polygon with a class.
    """
    check_class_field(source, class_field, class_name)
    if source.featureCount() == 0:
        raise LabelError(
            tr(
                "The reference {layer} has no polygon to use; draw some, select some if only the selected ones count, "
                "or look at the layer's filter.",
                layer=source.sourceName(),
            )
        )
    name, index = source.sourceName(), source.fields().lookupField(class_field)
    shapes: dict[str, list[bytes]] = {}
    unknown: list[bytes] = []
    no_class: list[int] = []
    no_shape: list[int] = []
    flag = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
    for feature in source.getFeatures(QgsFeatureRequest(), flag):
        value, geometry = text_of(feature[index]) if class_field else class_name, feature.geometry()
        if geometry.isEmpty():
            no_shape.append(feature.id())
        elif not value:
            no_class.append(feature.id())
            unknown.append(bytes(geometry.asWkb()))
        else:
            shapes.setdefault(value, []).append(bytes(geometry.asWkb()))
    if not shapes:
        raise LabelError(
            tr(
                "The polygons {name} have no class in the field {field}; fill it, or choose another field.",
                name=name,
                field=class_field,
            )
        )
    are_class_values = all(map(_is_class_value, [*shapes, *([background] if background else [])]))
    crs = crs_wkt(source.sourceCrs())

    def label(value: str) -> Label:
        return Label(int(value)) if are_class_values else Label(None, value)

    polygons = {
        label(value): Polygons(name, own, crs)
        for value, own in sorted(
            shapes.items(), key=lambda item: int(item[0]) if are_class_values else item[0]
        )
        if value != background
    }
    remarks = []
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
        polygons,
        label(background) if background else None,
        Polygons(name, unknown, crs) if unknown else None,
        tuple(remarks),
    )


def area_polygons(source: QgsProcessingFeatureSource) -> Polygons:
    """The polygons (the selected ones, if the user wants those) that say where to look.

    Raises:
        LabelError: there is none.
    """
    flag = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
    geometries = [feature.geometry() for feature in source.getFeatures(QgsFeatureRequest(), flag)]
    shapes = [bytes(geometry.asWkb()) for geometry in geometries if not geometry.isEmpty()]
    if not shapes:
        raise LabelError(
            tr(
                "The mask {layer} has no polygon to use; draw or select some, or leave the mask empty.",
                layer=source.sourceName(),
            )
        )
    return Polygons(source.sourceName(), shapes, crs_wkt(source.sourceCrs()))


def crs_wkt(crs: QgsCoordinateReferenceSystem) -> str:
    """A coordinate reference system as WKT, '' for none."""
    return crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED) if crs.isValid() else ""


def _is_class_value(text: str) -> bool:
    try:
        int(text)
    except ValueError:
        return False
    return True
