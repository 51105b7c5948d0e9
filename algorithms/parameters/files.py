"""Which files an algorithm reads and writes, as its parameters tell: asked before anything is opened for writing."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)

from ...core.atomic_file import behind_link
from ...core.errors import RasterError
from ...core.file_clash import find_clash
from ...core.output.finished_tiles import unfinished_runs
from ...core.output.geotiff_name import check_geotiff_name
from ...core.output.side_files import own_files_beside, sharers_of_style, style_of
from ...core.samples.sample_set import LIST, PARTS
from ...core.training.checkpoint import kept_trainings
from ..layers.layer_files import layer_files
from ..layers.raster_layer import raster_layer
from ..text.translation import tr
from ..values import Values
from .default_places import unused_path
from .pretrained import PRETRAINED, WEIGHTS
from .training import sample_folders

_LONGEST_NAME = 220
"""Bytes of a name; the usual limit is 255, and what is kept during a run has the output's name and more."""


def new_files(values: Values) -> dict[str, str]:
    """Where outputs go, by parameter: those that are wanted, but for temporary ones, whose places QGIS invents."""
    names = [definition.name() for definition in values.algorithm.destinationParameterDefinitions()]
    paths = {name: values.new_file(name) for name in names if not values.is_temporary(name)}
    return {name: unused_path(path) for name, path in paths.items() if path}


def check_places(values: Values, outputs: Mapping[str, str]) -> None:
    """Refuse outputs that cannot be written where they are to go.

    Args:
        values: of the parameters.
        outputs: where each goes.

    Raises:
        RasterError: a folder is not there or may not be written to, a file is a folder, or a name does not fit.
    """
    for name, path in outputs.items():
        definition, called = values.algorithm.parameterDefinition(name), values.called(name)
        place, offered = behind_link(Path(path)), definition.defaultValue()
        folder = place.absolute().parent
        if not folder.is_dir():
            if not (offered and folder == Path(offered).parent):  # that is made when it is needed
                raise RasterError(
                    tr(
                        "The folder {folder} of {parameter} does not exist; create it, or choose another one.",
                        folder=folder,
                        parameter=called,
                    )
                )
        elif not os.access(folder, os.W_OK):
            raise RasterError(
                tr(
                    "You have no right to write to the folder {folder} of {parameter}; choose another one.",
                    folder=folder,
                    parameter=called,
                )
            )
        length = len(os.fsencode(place.name))
        if length > _LONGEST_NAME:
            raise RasterError(
                tr(
                    "The name {name} of {parameter} has {length} bytes, and at most {most} leave room for what lies "
                    "beside the file during a run; choose a shorter name.",
                    name=place.name,
                    parameter=called,
                    length=length,
                    most=_LONGEST_NAME,
                )
            )
        if isinstance(definition, QgsProcessingParameterFolderDestination):
            continue
        if place.is_dir():
            raise RasterError(
                tr(
                    "{parameter} is {path}, which is a folder; choose the name of a file.",
                    parameter=called,
                    path=path,
                )
            )
        if isinstance(definition, QgsProcessingParameterRasterDestination):
            check_geotiff_name(Path(path))


def check_endings(values: Values, outputs: Mapping[str, str]) -> None:
    """Refuse names of other kinds of files: a report would take the place of a raster or a network.

    Args:
        values: of the parameters.
        outputs: where each goes.

    Raises:
        RasterError: a name does not end as the dialog has it.
    """
    for name, path in outputs.items():
        definition = values.algorithm.parameterDefinition(name)
        if isinstance(definition, QgsProcessingParameterFileDestination):
            endings = re.findall(r"\*(\.\w+)", definition.fileFilter())
            if endings and Path(path).suffix.lower() not in endings:
                raise RasterError(
                    tr(
                        "{path} is no name for {parameter}; choose one that ends in {endings}.",
                        path=path,
                        parameter=values.called(name),
                        endings=", ".join(endings),
                    )
                )


def check_clashes(values: Values, outputs: Mapping[str, str]) -> None:
    """Refuse outputs in whose place a file lies that is read, and two outputs in one place.

    Args:
        values: of the parameters.
        outputs: where each goes.

    Raises:
        RasterError: a file would be lost.
    """
    definition = values.algorithm.parameterDefinition
    written = {name: _written(definition(name), Path(path)) for name, path in outputs.items()}
    clash = find_clash(_files_read(values), written) if written else None
    if clash is None:
        return
    writer, other = values.called(clash.writer), values.called(clash.other)
    if clash.is_read:
        raise RasterError(
            tr(
                "{writer} would take the place of {path}, which is read as {reader} and would be lost; choose another "
                "file to write.",
                writer=writer,
                path=clash.path,
                reader=other,
            )
        )
    raise RasterError(
        tr(
            "{first} and {second} would both be written to {path}; choose a name of its own for each.",
            first=other,
            second=writer,
            path=clash.path,
        )
    )


def style_remarks(values: Values, outputs: Mapping[str, str]) -> list[str]:
    """Sentences about rasters that are written without a style, because QGIS would take it for another layer too.

    Args:
        values: of the parameters.
        outputs: where each goes.
    """
    definition, kind = values.algorithm.parameterDefinition, QgsProcessingParameterRasterDestination
    rasters = [Path(path) for name, path in outputs.items() if isinstance(definition(name), kind)]
    return [remark for remark in map(_style_remark, rasters) if remark]


def _style_remark(raster: Path) -> str:
    others, style = sharers_of_style(raster), style_of(raster)
    if not others:
        return ""
    names = ", ".join(path.name for path in others)
    advice = tr("Choose another name for a map that is to be opened in its own colours.")
    if others == [style]:
        sentence = tr(
            "{style} was not made by Recurve and is kept: {raster} gets no style of its own, and QGIS opens it in that "
            "one. {advice}",
            style=style,
            raster=raster.name,
            advice=advice,
        )
    elif style.exists():
        sentence = tr(
            "{style} is the style of {others} and is kept: {raster} gets no style of its own, and QGIS opens it in "
            "that one. {advice}",
            style=style,
            others=names,
            raster=raster.name,
            advice=advice,
        )
    else:
        sentence = tr(
            "{raster} is written without a style, because QGIS would open {others} in it too. {advice}",
            raster=raster.name,
            others=names,
            advice=advice,
        )
    return sentence


def _files_read(values: Values) -> dict[str, list[str]]:
    """The files behind each parameter that is given; a folder stands for all in it."""
    read = {}
    for definition in values.algorithm.parameterDefinitions():
        name = definition.name()
        if name == PRETRAINED:
            read[name] = [str(WEIGHTS)]
        elif values.has(name):
            read[name] = _files_behind(values, definition)
    return read


def _files_behind(values: Values, definition: QgsProcessingParameterDefinition) -> list[str]:
    name, given, context = definition.name(), dict(values.given), values.context
    if isinstance(definition, QgsProcessingParameterFile):
        return [values.file(name)]
    if isinstance(definition, QgsProcessingParameterRasterLayer):
        return layer_files(raster_layer(values, name))
    if isinstance(definition, QgsProcessingParameterMultipleLayers):
        if definition.layerType() == QgsProcessing.SourceType.TypeFile:
            folders = sample_folders(values)
            return [str(folder / part) for folder in folders for part in (LIST, *PARTS)]
        layers = values.algorithm.parameterAsLayerList(given, name, context)
        return [file for layer in layers for file in layer_files(layer)]
    if isinstance(definition, (QgsProcessingParameterFeatureSource, QgsProcessingParameterVectorLayer)):
        value = given[name]
        source = value.source if isinstance(value, QgsProcessingFeatureSourceDefinition) else value
        layer = values.algorithm.parameterAsVectorLayer({**given, name: source}, name, context)
        return layer_files(layer)
    return []


def _written(definition: QgsProcessingParameterDefinition, path: Path) -> list[str]:
    """What is written, replaced or deleted for an output."""
    files = [path]
    if isinstance(definition, QgsProcessingParameterRasterDestination):
        for end in dict.fromkeys((path, behind_link(path))):
            files += own_files_beside(end)
        files += unfinished_runs(path)
    elif isinstance(definition, QgsProcessingParameterFolderDestination):
        files = [path / LIST]  # its chips get names that no file has
    else:
        files += kept_trainings(path)
    return [str(file) for file in files]
