"""Networks run by ONNX Runtime: which device they got, and tensors that stay on it from pixels to class codes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .contract import NetworkContract
from .errors import ContractError, DeviceError
from .network_file import read_network
from .precision import FASTER_IN_FP16, MIN_AGREEMENT, PRECISIONS, agreement, half_precision
from .runtime import AUTO_ORDER, DEVICES, free_memory_bytes, open_graph, open_session, run, upload
from .self_test import TOLERANCE, unpack

if TYPE_CHECKING:
    import onnxruntime

__all__ = ["DEVICES", "PRECISIONS", "Image", "Network", "Scores"]

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
                "The network gave scores that are no finite numbers. Check that the image's values are those it was "
                "trained for, or choose the precision fp32 or the device CPU."
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


@dataclass(frozen=True)
class Network:
    """A network file that is loaded and ready to run.

    Attributes:
        path: the file.
        contract: what the file says about itself.
        sha256: digest of the file.
        device: the device the network really runs on, one of `DEVICES`.
        precision: what it really computes in, 'fp32' or 'fp16'.
        remarks: sentences about devices and precisions that were tried and why they were not taken.
    """

    path: Path
    contract: NetworkContract
    sha256: str
    device: str
    precision: str
    remarks: tuple[str, ...]
    _session: onnxruntime.InferenceSession = field(repr=False)

    @classmethod
    def open(
        cls,
        path: str | Path,
        device: str = "auto",
        precision: str = "fp32",
        cache_folder: Path | None = None,
    ) -> Network:
        """Load a network.

        Args:
            path: the .onnx file.
            device: one of `DEVICES`. A named device means that device or an error; 'auto' the first that loads.
            precision: one of `PRECISIONS`. 'auto' is fp16 where the device is faster in it and the self-test's pixels
                keep their classes, else fp32; a named precision means that precision or an error.
            cache_folder: where TensorRT keeps the engines it has built.

        Raises:
            ContractError: the file is missing, damaged or foreign, or its graph is not what its contract says.
            DeviceError: ONNX Runtime is not installed, or the device does not work, or not in this precision.
        """
        contract, data = read_network(path)
        sha256 = hashlib.sha256(data).hexdigest()
        remarks: list[str] = []
        for name in AUTO_ORDER if device == "auto" else (device,):
            session, reason = open_session(data, name, cache_folder)
            if session is not None:
                _check_graph(session, contract, path)
                network = cls(Path(path), contract, sha256, name, "fp32", tuple(remarks), session)
                return _in_precision(network, data, precision, cache_folder)
            if name == "CPU":  # it is always there: what it cannot load is no network
                raise ContractError(
                    f"ONNX Runtime cannot load {path} ({reason}); the file is damaged or was made for another "
                    "version, export the network again."
                )
            remarks.append(f"{name} was not taken: {reason}.")
        raise DeviceError(
            f"The network cannot run on {device}. {' '.join(remarks)} Choose another device, or 'auto'."
        )

    def upload(self, pixels: NDArray[Any]) -> Image:
        """Pixels on this network's device, see `Image.upload`."""
        return Image.upload(pixels, self.device)

    def upload_scores(self, scores: NDArray[np.float32]) -> Scores:
        """Scores (classes, height, width) on this network's device; keep the array, a CPU works on its memory."""
        return Scores(upload(scores[None], self.device), self.device)

    def free_memory_bytes(self) -> int | None:
        """Free memory of this network's device, see `runtime.free_memory_bytes`."""
        return free_memory_bytes(self.device)

    def classify(self, image: Image) -> Scores:
        """Image to scores.

        Args:
            image: its height and width are multiples of the stride.

        Returns:
            Scores of the same height and width; those within the classifier's reach of the edge see padding.

        Raises:
            DeviceError: the device failed, for instance for want of memory.
        """
        return self._run({"image": image.value}, "scores")

    def correct(self, scores: Scores, image: Image, iterations: int) -> Scores:
        """Scores to corrected scores.

        Args:
            scores: what a classifier made of the image.
            image: of the same height and width.
            iterations: how often the update is applied; 0 returns the scores unchanged.

        Raises:
            DeviceError: the device failed, for instance for want of memory.
        """
        inputs = {
            "scores": scores.value,
            "image": image.value,
            "iterations": _on_cpu(np.array(iterations, dtype=np.int64)),
        }
        return self._run(inputs, "corrected_scores")

    def self_test(self) -> float:
        """Run the self-test stored in the file.

        Returns:
            The largest difference to the expected scores.

        Raises:
            ContractError: the self-test is missing or damaged, or the scores have another shape.
            DeviceError: the device computes something else than the network's author saw: in fp32 a score differs by
                more than `TOLERANCE`, in fp16 less than `MIN_AGREEMENT` of the pixels keep their class.
        """
        scores, expected = self._self_test_scores()
        difference = float(np.abs(scores - expected).max())
        same = agreement(scores, expected)
        if self.precision == "fp32" and not difference <= TOLERANCE:
            raise DeviceError(
                f"{self.path} gives other scores on {self.device} than its author saw (difference {difference:.2g}, "
                f"allowed {TOLERANCE}); choose another device, or update its driver."
            )
        if self.precision == "fp16" and not same >= MIN_AGREEMENT:
            raise DeviceError(
                f"{self.path} in fp16 gives {100 * same:.2f} % of its self-test's pixels the class its author saw, and "
                f"{100 * MIN_AGREEMENT:g} % are needed; choose the precision fp32."
            )
        return difference

    def _self_test_scores(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What the network makes of its self-test's input, and what is expected."""
        inputs, expected = unpack(self.contract)
        values = {
            name: _on_cpu(array) if name == "iterations" else upload(array, self.device)
            for name, array in inputs.items()
        }
        output = "scores" if self.contract.role == "classifier" else "corrected_scores"
        scores: NDArray[np.float32] = self._run(values, output).value.numpy()
        if scores.shape != expected.shape:
            raise ContractError(
                f"{self.path} gives scores of the shape {scores.shape} in its self-test, and {expected.shape} is "
                "expected; export the network again."
            )
        return scores, expected

    def _run(self, inputs: dict[str, onnxruntime.OrtValue], output: str) -> Scores:
        return Scores(run(self._session, self.device, self.path.name, inputs, output)[0], self.device)


def _in_precision(network: Network, data: bytes, precision: str, cache_folder: Path | None) -> Network:
    """The network, or its half-precision twin where that is asked for or better."""
    if precision not in PRECISIONS:
        raise DeviceError(f"There is no precision '{precision}'; choose one of {', '.join(PRECISIONS)}.")
    if precision == "fp32" or (precision == "auto" and network.device not in FASTER_IN_FP16):
        return network
    try:
        session, reason = open_session(half_precision(data), network.device, cache_folder)
        if session is None:
            raise DeviceError(f"The network cannot run in fp16 on {network.device} ({reason}).")
        half = replace(network, precision="fp16", _session=session)
        half.self_test()
    except (ContractError, DeviceError) as error:
        if precision == "fp16":
            raise
        remark = f"fp16 was not taken: {error}"
        return replace(network, remarks=(*network.remarks, remark))
    return half


def _cropped(value: onnxruntime.OrtValue, rows: slice, cols: slice, device: str) -> onnxruntime.OrtValue:
    corners = {"start": (rows.start, cols.start), "stop": (rows.stop, cols.stop)}
    inputs = {name: _on_cpu(np.array(corner, np.int64)) for name, corner in corners.items()}
    return run(open_graph("crop", device), device, "crop", {"whole": value, **inputs}, "cropped")[0]


def _on_cpu(array: NDArray[Any]) -> onnxruntime.OrtValue:
    return upload(array, "CPU")


def _check_graph(session: onnxruntime.InferenceSession, contract: NetworkContract, path: str | Path) -> None:
    """The graph's inputs and outputs must be those that the contract promises."""
    classes = len(contract.classes)
    inputs: dict[str, int | None] = {"image": len(contract.bands)}
    if contract.role == "corrector":
        inputs.update(scores=classes, iterations=None)
    outputs = {"scores" if contract.role == "classifier" else "corrected_scores": classes}
    for kind, values, channels in (
        ("inputs", session.get_inputs(), inputs),
        ("outputs", session.get_outputs(), outputs),
    ):
        found = {value.name: value.shape[1] if len(value.shape) == 4 else None for value in values}
        if found != channels:
            raise ContractError(
                f"The graph in {path} has the {kind} {found}, and its contract promises {channels} (name and "
                "channels); export the network again."
            )
