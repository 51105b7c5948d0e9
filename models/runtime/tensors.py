"""Pixels and scores on a device: what goes up, what stays there, and what comes down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...core.errors import DeviceError
from ...core.translation import tr
from .session import open_graph, run, upload

if TYPE_CHECKING:
    import onnxruntime

_OWN_TYPES = ("uint8", "uint16", "int16")


@dataclass(frozen=True)
class Image:
    """The pixels of a tile on a device.

    Attributes:
        value: (1, bands, height, width) float32.
        device: where it is.
    """

    value: onnxruntime.OrtValue
    device: str

    @classmethod
    def upload(cls, pixels: NDArray[Any], device: str) -> Image:
        """Send pixels to a device in their own type, and make them float32 there.

        Args:
            pixels: (bands, height, width) raw pixel values; uint8, uint16 and int16 go up as they are.
            device: the device of the networks.

        Raises:
            DeviceError: the device has no room for them or does not take them.
        """
        name = pixels.dtype.name
        if name not in _OWN_TYPES:
            return cls(upload(pixels[None].astype(np.float32, copy=False), device), device)
        graph = f"{name}_to_float32"
        inputs = {"pixels": upload(pixels[None], device)}
        return cls(run(open_graph(graph, device), device, graph, inputs, "image")[0], device)

    def crop(self, rows: slice, cols: slice) -> Image:
        """The pixels of some rows and columns; they stay on the device."""
        return Image(_cropped(self.value, rows, cols, self.device), self.device)


@dataclass(frozen=True)
class Scores:
    """The scores of a tile on the device that made them.

    Attributes:
        value: (1, classes, height, width) float32.
        device: where they are.
    """

    value: onnxruntime.OrtValue
    device: str

    def crop(self, rows: slice, cols: slice) -> Scores:
        """The scores of some rows and columns; they stay on the device."""
        return Scores(_cropped(self.value, rows, cols, self.device), self.device)

    def codes(self) -> NDArray[np.uint8]:
        """The winning class of each pixel, from 1 (height, width); at a tie the first class wins.

        Raises:
            DeviceError: a score is not a finite number.
        """
        codes, nothing = self._run("codes", {"scores": self.value}, "codes", "nothing", to_cpu=True)
        if nothing.numpy() != 0:
            raise DeviceError(
                tr(
                    "The network gave scores that are no finite numbers. Check that the image's values are those it "
                    "was trained for, or choose the precision fp32 or the device CPU."
                )
            )
        found: NDArray[np.uint8] = codes.numpy()[0, 0]
        return found

    def confidence(self) -> NDArray[np.uint8]:
        """The winner's softmax probability in whole percent (height, width)."""
        (percent,) = self._run("confidence", {"scores": self.value}, "confidence", to_cpu=True)
        found: NDArray[np.uint8] = percent.numpy()[0, 0]
        return found

    def numpy(self) -> NDArray[np.float32]:
        """The scores in ordinary memory: (classes, height, width), float32."""
        scores: NDArray[np.float32] = self.value.numpy()[0]
        return scores

    def _run(
        self, graph: str, inputs: dict[str, onnxruntime.OrtValue], *outputs: str, to_cpu: bool = False
    ) -> list[onnxruntime.OrtValue]:
        return run(open_graph(graph, self.device), self.device, graph, inputs, *outputs, to_cpu=to_cpu)


def on_cpu(array: NDArray[Any]) -> onnxruntime.OrtValue:
    """A small array that the CPU itself looks at, whatever the device."""
    return upload(array, "CPU")


def _cropped(value: onnxruntime.OrtValue, rows: slice, cols: slice, device: str) -> onnxruntime.OrtValue:
    corners = {"start": (rows.start, cols.start), "stop": (rows.stop, cols.stop)}
    inputs = {name: on_cpu(np.array(corner, np.int64)) for name, corner in corners.items()}
    return run(open_graph("crop", device), device, "crop", {"whole": value, **inputs}, "cropped")[0]
