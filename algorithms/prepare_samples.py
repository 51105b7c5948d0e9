"""Image + labels -> sample set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsGeometry,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBand,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.bands import band_names
from ..core.errors import Cancelled, LabelError, RasterError
from ..core.label_classes import LabelClasses, label_classes, legend_of_values, parse_classes
from ..core.labels import LabelledGround, PolygonLabels, RasterLabels
from ..core.preparation import Outcome, Preparation, prepare_samples
from ..core.polygon_mask import PolygonMask
from ..core.raster import RasterReader
from ..core.sample_writer import SampleWriter
from ..core.samples import SampleSet
from ..models.errors import RecurveError
from . import bridge
from .algorithm import RecurveAlgorithm
from .bridge import tr
from .label_layer import LineWidth, named, raster_legend, read_polygons, vector_legend


class PrepareSamples(RecurveAlgorithm):
    """Cuts an image and its labels into a sample set, from which networks learn."""
