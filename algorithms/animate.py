"""Image + maps after each iteration -> an animated picture of the correction."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from ..core.raster.file_reader import RasterReader
from ..core.reports.animation import draw_frames, read_image, read_iterates, write_animation
from .algorithm import RecurveAlgorithm
from .feedback import faults_for_qgis
from .layers.extent import extent_window
from .layers.raster_layer import image_path, raster_layer
from .text.translation import tr


class AnimateCorrection(RecurveAlgorithm):
    """Shows a map as it sharpens, beside its image."""

    group_id = "assessment"

    INPUT = "INPUT"
    ITERATES = "ITERATES"
    EXTENT = "EXTENT"
    SECONDS = "SECONDS"
    SCALE = "SCALE"
    OUTPUT = "OUTPUT"

    def name(self) -> str:
        """The second half of the id; never changes."""
        return "animate"

    def displayName(self) -> str:
        """The name in the toolbox."""
        return tr("Animate correction")

    def shortDescription(self) -> str:
        """One sentence."""
        return tr("Makes an animated picture of a map as it is corrected, beside its image.")

    def tags(self) -> list[str]:
        """What people may search for."""
        return tr("animation,gif,apng,webp,iterations,correction,picture").split(",")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters; their names are public."""
        number = QgsProcessingParameterNumber
        self.add_parameters(
            QgsProcessingParameterRasterLayer(self.INPUT, tr("Image")),
            QgsProcessingParameterRasterLayer(self.ITERATES, tr("Maps after each iteration")),
            QgsProcessingParameterExtent(self.EXTENT, tr("Extent (empty: the whole map)"), optional=True),
            number(
                self.SECONDS, tr("Seconds for each map"), number.Type.Double, 0.7, minValue=0.02, maxValue=60
            ),
            number(
                self.SCALE,
                tr("Screen pixels for each pixel"),
                number.Type.Integer,
                1,
                minValue=1,
                maxValue=16,
            ),
            QgsProcessingParameterFileDestination(
                self.OUTPUT, tr("Animation"), tr("GIF (*.gif);;Animated PNG (*.png);;WebP (*.webp)")
            ),
        )

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take from the layers what the run needs, in the thread they live in."""
        with faults_for_qgis():
            self.image = image_path(raster_layer(self, parameters, self.INPUT, context))
            layer = raster_layer(self, parameters, self.ITERATES, context)
            self.iterates, self.window = image_path(layer), None
            extent = self.parameterAsExtent(parameters, self.EXTENT, context, layer.crs())
            if not extent.isNull():
                with RasterReader(self.iterates) as reader:
                    self.window = extent_window(extent, reader.grid)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, draw, write."""
        output = self.parameterAsFileOutput(parameters, self.OUTPUT, context)
        with faults_for_qgis():
            codes, names, colours, grid = read_iterates(self.iterates, self.window)
            image = read_image(self.image, grid)
            frames = draw_frames(
                image, codes, names, colours, self.parameterAsInt(parameters, self.SCALE, context)
            )
            write_animation(output, frames, self.parameterAsDouble(parameters, self.SECONDS, context))
        feedback.pushInfo(f"{len(frames)} maps of {grid.height} x {grid.width} pixels.")
        return {self.OUTPUT: output}
