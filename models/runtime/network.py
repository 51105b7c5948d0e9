"""Networks run by ONNX Runtime: which device and precision they really got, and what they compute there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...core.errors import ContractError, DeviceError
from ...core.translation import tr
from ..contract import NetworkContract
from ..onnx_file.reading import NetworkFile, read_network
from .graph_promise import check_promise
from .precision import (
    EXACT_OPTIONS,
    FASTER_IN_FP16,
    MIN_AGREEMENT,
    PRECISIONS,
    TRIED_SIDE_PX,
    agreement,
    half_precision,
)
from .self_test import HALF_TOLERANCE, TOLERANCE, example_inputs, unpack
from .session import devices_for, free_memory_bytes, open_session, release_memory, run, upload
from .tensors import Image, Scores, on_cpu

if TYPE_CHECKING:
    import onnxruntime

_SMALL_SIDE_PX = 24


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
        file: str | Path | NetworkFile,
        device: str = "auto",
        precision: str = "fp32",
        cache_folder: Path | None = None,
        provider_options: Mapping[str, str] | None = None,
    ) -> Network:
        """Load a network.

        Args:
            file: the .onnx file, or what was read of it.
            device: one of `DEVICES`. A named device means that device or an error; 'auto' the first that loads.
            precision: one of `PRECISIONS`. 'auto' is fp16 where the device is faster in it and the self-test's pixels
                keep their classes, else fp32; a named precision means that precision or an error.
            cache_folder: where TensorRT keeps the engines it has built.
            provider_options: settings of ONNX Runtime's provider, put over ours (`EXACT_OPTIONS`).

        Raises:
            ContractError: the file is missing, damaged or foreign, or its graph is not what its contract says.
            DeviceError: ONNX Runtime is not installed, or the device does not work, or not in this precision.
        """
        found = file if isinstance(file, NetworkFile) else read_network(file)
        path, contract, data, sha256 = found.path, found.contract, found.data, found.sha256
        remarks: list[str] = []
        for name in devices_for(device):
            options = {**EXACT_OPTIONS.get(name, {}), **(provider_options or {})}
            session, reason = open_session(data, name, cache_folder, options)
            if session is not None:
                check_promise(session, contract, path)
                network = cls(path, contract, sha256, name, "fp32", tuple(remarks), session)
                return _in_precision(network, data, precision, cache_folder, provider_options)
            if name == "CPU":  # it is always there: what it cannot load is no network
                raise ContractError(
                    tr(
                        "ONNX Runtime cannot load {path} ({reason}); the file is damaged or was made for another "
                        "version, export the network again.",
                        path=path,
                        reason=reason,
                    )
                )
            remarks.append(tr("{device} was not taken: {reason}.", device=name, reason=reason))
        raise DeviceError(
            tr(
                "The network cannot run on {device}. {remarks} Choose another device, or 'auto'.",
                device=device,
                remarks=" ".join(remarks),
            )
        )

    def upload(self, pixels: NDArray[Any]) -> Image:
        """Pixels on this network's device, see `Image.upload`."""
        return Image.upload(pixels, self.device)

    def upload_scores(self, scores: NDArray[np.float32]) -> Scores:
        """Scores (classes, height, width) on this network's device; keep the array, a CPU works on its memory."""
        return Scores(upload(scores[None], self.device), self.device)

    def free_memory_bytes(self) -> int | None:
        """Free memory of this network's device, see `session.free_memory_bytes`."""
        return free_memory_bytes(self.device)

    def release_memory(self) -> None:
        """Give back the memory of past runs, see `session.release_memory`: QGIS keeps running and needs it."""
        release_memory(self._session, self.device, self._example(_SMALL_SIDE_PX))

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

    def correct(
        self, scores: Scores, image: Image, iterations: int, hints: NDArray[np.float32] | None = None
    ) -> Scores:
        """Scores to corrected scores.

        Args:
            scores: what a classifier made of the image.
            image: of the same height and width.
            iterations: how often the update is applied; 0 returns the scores unchanged.
            hints: (2, height, width), the class's number from 1 and how far it is trusted, 0 where nothing is known;
                None for none. Only a corrector that takes hints is given any.

        Raises:
            DeviceError: the device failed, for instance for want of memory.
        """
        inputs = {
            "scores": scores.value,
            "image": image.value,
            "iterations": on_cpu(np.array(iterations, dtype=np.int64)),
        }
        if self.contract.takes_hints:
            if hints is None:
                hints = np.zeros((2, *scores.value.shape()[2:]), np.float32)
            inputs["hints"] = upload(hints[None], self.device)
        return self._run(inputs, "corrected_scores")

    def self_test(self) -> float:
        """Run the self-test stored in the file.

        Returns:
            The largest difference to the expected scores.

        Raises:
            ContractError: the self-test is missing or damaged, or the scores have another shape.
            DeviceError: the device computes something else than the network's author saw.
        """
        inputs, expected = unpack(self.contract)
        scores = self.scores_of(inputs)
        if scores.shape != expected.shape:
            raise ContractError(
                tr(
                    "{path} gives scores of the shape {shape} in its self-test, and {expected} is expected; export "
                    "the network again.",
                    path=self.path,
                    shape=scores.shape,
                    expected=expected.shape,
                )
            )
        difference = float(np.abs(scores - expected).max())
        allowed = TOLERANCE if self.precision == "fp32" else HALF_TOLERANCE
        if not difference <= allowed:
            raise DeviceError(
                tr(
                    "{path} gives other scores on {device} than its author saw (difference {difference:.2g}, allowed "
                    "{allowed}); choose another device, or update its driver.",
                    path=self.path,
                    device=self.device,
                    difference=difference,
                    allowed=allowed,
                )
            )
        return difference

    def scores_of(self, inputs: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
        """What the network makes of the inputs of a self-test (1, classes, height, width).

        Args:
            inputs: as from `example_inputs`.

        Raises:
            DeviceError: the device failed.
        """
        values = {
            name: on_cpu(array) if name == "iterations" else upload(array, self.device)
            for name, array in inputs.items()
        }
        output = "scores" if self.contract.role == "classifier" else "corrected_scores"
        scores: NDArray[np.float32] = self._run(values, output).value.numpy()
        return scores

    def _example(self, side_px: int) -> dict[str, NDArray[Any]]:
        """Inputs of this side, or of the next multiple of the stride."""
        contract = self.contract
        side_px = -(-side_px // contract.stride) * contract.stride
        is_corrector = contract.role == "corrector"
        return example_inputs(
            contract.bands, len(contract.classes), is_corrector, side_px, contract.takes_hints
        )

    def _run(self, inputs: dict[str, onnxruntime.OrtValue], output: str) -> Scores:
        return Scores(run(self._session, self.device, self.path.name, inputs, output)[0], self.device)


def _in_precision(
    network: Network,
    data: bytes,
    precision: str,
    cache_folder: Path | None,
    provider_options: Mapping[str, str] | None,
) -> Network:
    """The network, or its half-precision twin where that is asked for or better."""
    if precision not in PRECISIONS:
        raise DeviceError(
            tr(
                "There is no precision '{precision}'; choose one of {precisions}.",
                precision=precision,
                precisions=", ".join(PRECISIONS),
            )
        )
    if precision == "fp32" or (precision == "auto" and network.device not in FASTER_IN_FP16):
        return network
    try:
        session, reason = open_session(half_precision(data), network.device, cache_folder, provider_options)
        if session is None:
            raise DeviceError(
                tr(
                    "The network cannot run in fp16 on {device} ({reason}).",
                    device=network.device,
                    reason=reason,
                )
            )
        half = replace(network, precision="fp16", _session=session)
        _check_agreement(network, half)
    except DeviceError as error:
        if precision == "fp16":
            raise
        remark = tr("fp16 was not taken: {error}", error=error)
        return replace(network, remarks=(*network.remarks, remark))
    return half


def _check_agreement(network: Network, half: Network) -> None:
    inputs = network._example(TRIED_SIDE_PX)
    same = agreement(half.scores_of(inputs), network.scores_of(inputs))
    if not same >= MIN_AGREEMENT:
        raise DeviceError(
            tr(
                "{network} in fp16 gives {percent:.2f} % of the pixels of a self-test the class they have in fp32, "
                "and {needed:g} % are needed; choose the precision fp32.",
                network=network.path,
                percent=100 * same,
                needed=100 * MIN_AGREEMENT,
            )
        )
