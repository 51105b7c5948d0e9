"""Image + maps after each iteration -> an animated picture of the correction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
)

from ..core.raster.tiling import Window
from ..core.reports.animation import (
    check_animation_name,
    check_iterates,
    draw_frames,
    read_image,
    read_iterates,
    write_animation,
)
from .algorithm import RecurveAlgorithm
from .feedback import faults_for_qgis
from .layers.extent import chosen_extent, extent_window
from .layers.image import ImageFile
from .layers.raster_layer import check_shown_as_stored, image_file, raster_layer, say_systems
from .parameters.numbers import number, whole_number
from .text.translation import tr
from .values import Values


@dataclass(frozen=True)
class _Prepared:
    """What is shown: files, the pixels (None for all), pixels of the picture for each, seconds for each map."""

    image: ImageFile
    iterates: ImageFile
    window: Window | None
    scale: int
    seconds: float


class AnimateCorrection(RecurveAlgorithm):
    """Shows a map as it sharpens, beside its image."""

    prepared: _Prepared

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

    def initAlgorithm(self, _configuration: dict[str, Any] | None = None) -> None:
        """Declare the parameters; their names are public."""
        self.add_parameters(
            QgsProcessingParameterRasterLayer(self.INPUT, tr("Image")),
            QgsProcessingParameterRasterLayer(self.ITERATES, tr("Intermediate maps")),
            QgsProcessingParameterExtent(self.EXTENT, tr("Extent (empty: the whole map)"), optional=True),
            number(self.SECONDS, tr("Seconds for each map"), 0.7, 0.02, 60),
            whole_number(self.SCALE, tr("Screen pixels for each pixel"), 1, 1, 16),
            QgsProcessingParameterFileDestination(
                self.OUTPUT, tr("Animation"), tr("GIF (*.gif);;Animated PNG (*.png);;WebP (*.webp)")
            ),
        )

    def prepared_from(self, values: Values) -> _Prepared:
        """Image, maps and the part of them to show."""
        image = image_file(raster_layer(values, self.INPUT), values)
        layer = raster_layer(values, self.ITERATES)
        iterates = image_file(layer, values)
        check_animation_name(Path(values.new_file(self.OUTPUT)))
        check_iterates(iterates.path)
        window = None
        extent = chosen_extent(values, self.EXTENT, layer.crs(), layer.extent())
        if not extent.isNull():
            with iterates.open() as reader:
                check_shown_as_stored(layer, reader.grid)
                window = extent_window(extent, reader.grid)
        return _Prepared(image, iterates, window, values.whole(self.SCALE), values.number(self.SECONDS))

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read, draw, write."""
        prepared, output = self.prepared, Values(self, parameters, context).new_file(self.OUTPUT)
        with faults_for_qgis():
            shown, maps = prepared.image, prepared.iterates
            say_systems(feedback, shown.placing, maps.placing)
            iterates = read_iterates(maps.path, prepared.window, maps.placing.crs_wkt)
            image = read_image(shown.path, iterates.grid, shown.placing.crs_wkt)
            frames = draw_frames(image, iterates, prepared.scale)
            write_animation(output, frames, prepared.seconds)
        feedback.pushInfo(
            tr(
                "Maps shown: {count}, of {height} x {width} pixels.",
                count=len(frames),
                height=iterates.grid.height,
                width=iterates.grid.width,
            )
        )
        return {self.OUTPUT: output}
