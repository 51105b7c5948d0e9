"""Networks run by ONNX Runtime: which device they got, and scores that stay on it between two networks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .contract import NetworkContract
from .errors import ContractError, DeviceError
from .network_file import read_contract
from .self_test import TOLERANCE, unpack

if TYPE_CHECKING:
    import onnxruntime

DEVICES = ("auto", "CUDA", "TensorRT", "DirectML", "CoreML", "CPU")
# TensorRT is not among them: it builds an engine for minutes, which must be asked for.
_AUTO_ORDER = ("CUDA", "DirectML", "CoreML", "CPU")
_PROVIDERS = {
    "CUDA": "CUDAExecutionProvider",
    "TensorRT": "TensorrtExecutionProvider",
    "DirectML": "DmlExecutionProvider",
    "CoreML": "CoreMLExecutionProvider",
    "CPU": "CPUExecutionProvider",
}
# Where tensors live for ONNX Runtime's binding; CoreML takes them from ordinary memory.
_MEMORY = {"CUDA": "cuda", "TensorRT": "cuda", "DirectML": "dml", "CoreML": "cpu", "CPU": "cpu"}
_ERRORS_ONLY = 3


class Scores:
    """Scores of one tile, on the device that made them.

    Args:
        value: (1, classes, height, width) float32.
    """

    def __init__(self, value: onnxruntime.OrtValue) -> None:
        self.value = value

    def numpy(self) -> NDArray[np.float32]:
        """The scores in ordinary memory: (classes, height, width), float32."""
        scores: NDArray[np.float32] = self.value.numpy()[0]
        return scores


@dataclass(frozen=True)
class Network:
    """A network file that is loaded and ready to run.

    Attributes:
        path: the file.
        contract: what the file says about itself.
        sha256: digest of the file.
        device: the device the network really runs on, one of `DEVICES`.
        remarks: sentences about devices that were tried and why they were not taken.
    """

    path: Path
    contract: NetworkContract
    sha256: str
    device: str
    remarks: tuple[str, ...]
    _session: onnxruntime.InferenceSession = field(repr=False)

    @classmethod
    def open(cls, path: str | Path, device: str = "auto") -> Network:
        """Load a network.

        Args:
            path: the .onnx file.
            device: one of `DEVICES`. A named device means that device or an error; 'auto' the first that loads.

        Raises:
            ContractError: the file is missing, damaged or foreign, or its graph is not what its contract says.
            DeviceError: ONNX Runtime is not installed, or the device does not work.
        """
        runtime = _runtime()
        contract = read_contract(path)
        data = Path(path).read_bytes()
        wanted = _AUTO_ORDER if device == "auto" else (device,)
        remarks: list[str] = []
        for name in wanted:
            session, reason = _load(runtime, data, name, path)
            if session is not None:
                _check_graph(session, contract, path)
                return cls(
                    Path(path), contract, hashlib.sha256(data).hexdigest(), name, tuple(remarks), session
                )
            remarks.append(f"{name} was not taken: {reason}.")
        raise DeviceError(
            f"The network cannot run on {device}. {' '.join(remarks)} Choose another device, or 'auto'."
        )

    def classify(self, image: NDArray[np.float32]) -> Scores:
        """Image to scores.

        Args:
            image: (bands, height, width) raw pixel values; height and width multiples of the stride.

        Returns:
            Scores of the same height and width; those within `reach_px` of the edge see padding.

        Raises:
            DeviceError: the device failed, for instance for want of memory.
        """
        return self._run({"image": self._upload(image[None])}, "scores")

    def correct(self, scores: Scores, image: NDArray[np.float32], iterations: int) -> Scores:
        """Scores to corrected scores.

        Args:
            scores: what a classifier made of the image.
            image: (bands, height, width) raw pixel values.
            iterations: how often the update is applied; 0 returns the scores unchanged.

        Raises:
            DeviceError: the device failed, for instance for want of memory.
        """
        inputs = {
            "scores": scores.value,
            "image": self._upload(image[None]),
            "iterations": _runtime().OrtValue.ortvalue_from_numpy(np.array(iterations, dtype=np.int64)),
        }
        return self._run(inputs, "corrected_scores")

    def self_test(self) -> float:
        """Run the self-test stored in the file.

        Returns:
            The largest difference to the expected scores.

        Raises:
            ContractError: the self-test is missing or damaged.
            DeviceError: the device computes something else than the network's author saw.
        """
        inputs, expected = unpack(self.contract)
        values = {name: _runtime().OrtValue.ortvalue_from_numpy(array) for name, array in inputs.items()}
        output = "scores" if self.contract.role == "classifier" else "corrected_scores"
        difference = float(np.abs(self._run(values, output).value.numpy() - expected).max())
        if not difference <= TOLERANCE:
            raise DeviceError(
                f"{self.path} gives other scores on {self.device} than its author saw (difference {difference:.2g}, "
                f"allowed {TOLERANCE}); choose another device, or update its driver."
            )
        return difference

    def _upload(self, array: NDArray[np.float32]) -> onnxruntime.OrtValue:
        contiguous = np.ascontiguousarray(array, dtype=np.float32)
        return _runtime().OrtValue.ortvalue_from_numpy(contiguous, _MEMORY[self.device], 0)

    def _run(self, inputs: dict[str, onnxruntime.OrtValue], output: str) -> Scores:
        binding = self._session.io_binding()
        for name, value in inputs.items():
            binding.bind_ortvalue_input(name, value)
        binding.bind_output(output, _MEMORY[self.device])
        try:
            self._session.run_with_iobinding(binding)
        except Exception as error:
            raise DeviceError(
                f"{self.path.name} failed on {self.device} ({_first_line(error)}); choose a smaller tile side or the "
                "device CPU."
            ) from error
        return Scores(binding.get_outputs()[0])


def _runtime() -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise DeviceError(
            f"ONNX Runtime is not installed ({error}); install the Python package onnxruntime, or onnxruntime-gpu for "
            "NVIDIA graphics."
        ) from error
    return onnxruntime


def _load(
    runtime: Any, data: bytes, device: str, path: str | Path
) -> tuple[onnxruntime.InferenceSession | None, str]:
    """A session that really runs on the device, or None and the reason."""
    provider = _PROVIDERS.get(device)
    if provider is None:
        raise DeviceError(f"There is no device '{device}'; choose one of {', '.join(DEVICES)}.")
    if provider not in runtime.get_available_providers():
        return None, "the installed ONNX Runtime was built without it"
    if _MEMORY[device] == "cuda" and hasattr(runtime, "preload_dlls"):
        runtime.preload_dlls()  # CUDA's libraries may lie beside ONNX Runtime, where the system does not look
    options = runtime.SessionOptions()
    options.log_severity_level = _ERRORS_ONLY
    options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_ENABLE_ALL
    try:
        # named providers only: ONNX Runtime adds the CPU for what a device cannot do, and says which it loaded
        session = runtime.InferenceSession(data, sess_options=options, providers=[provider])
    except Exception as error:
        if device == "CPU":
            raise ContractError(
                f"ONNX Runtime cannot load {path} ({_first_line(error)}); the file is damaged or was made for another "
                "version, export the network again."
            ) from error
        return None, _first_line(error)
    if session.get_providers()[0] != provider:
        return None, "its libraries did not load"
    return session, ""


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


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")[:300]
