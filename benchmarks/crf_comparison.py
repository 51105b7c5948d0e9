"""The networks against what they could lose to: a dense CRF, a matrix product, other ONNX Runtime settings."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.raster.file_reader import RasterReader
from ..core.raster.tiling import Window
from ..models.runtime.network import Network
from .corrector_forms import best_seconds
from .mosaic import FOLDER, banepa_mosaic
from .null_network import rgb_facts

CRF_ITERATIONS = 10
ITERATIONS = 5
SIDES_PX = (128, 256, 512)
MIN_AGREEMENT = 0.999


def paper_form_figures(classifier: Path) -> dict[str, float]:
    """The paper-form corrector (2 classes, 5 iterations), a dense CRF on the same scores, and the matrix product.

    Args:
        classifier: makes the scores.

    Returns:
        `corrector <side>` and `crf` in Mpx/s; `gemm` in GFLOP/s; `flops`: useful floating-point operations per pixel of
        the corrector in its merged form.
    """
    import torch
    from pydensecrf.densecrf import DenseCRF2D
    from pydensecrf.utils import unary_from_softmax

    network = Network.open(classifier, "CPU")
    pixels = real_pixels(1024)
    scores = network.classify(network.upload(pixels)).numpy()
    corrector = _paper_corrector()
    found: dict[str, float] = {}
    for side in SIDES_PX:
        image = corrector.upload(pixels[:, :side, :side])
        part = network.classify(image)
        seconds = best_seconds(lambda i=image, p=part: corrector.correct(p, i, ITERATIONS), 10)
        found[f"corrector {side}"] = side**2 / seconds / 1e6
    odds = np.exp(scores - scores.max(axis=0))
    colours = np.ascontiguousarray(pixels.transpose(1, 2, 0))

    def dense_crf() -> None:
        crf = DenseCRF2D(colours.shape[1], colours.shape[0], 2)
        crf.setUnaryEnergy(unary_from_softmax(odds / odds.sum(axis=0)))
        crf.addPairwiseGaussian(sxy=3, compat=3)
        crf.addPairwiseBilateral(sxy=50, srgb=13, rgbim=colours, compat=10)
        crf.inference(CRF_ITERATIONS)

    found["crf"] = colours.shape[0] * colours.shape[1] / best_seconds(dense_crf, 2) / 1e6
    side = 4096
    matrix = torch.rand(side, side)
    found["gemm"] = 2 * side**3 / best_seconds(lambda: matrix @ matrix, 3) / 1e9
    hidden, classes, bands, taps = 32, 2, 3, 25
    found["flops"] = 2.0 * classes * hidden * (bands * taps + ITERATIONS * (taps + 1))
    return found


def runtime_settings(classifier: Path) -> dict[str, tuple[float, float]]:
    """The classifier under ONNX Runtime's other settings.

    Args:
        classifier: its file.

    Returns:
        For each setting, `engine` being the engine's own: Mpx/s at 1024 px, and the share of pixels that keep the class
        they have with the engine's.
    """
    import onnxruntime

    image = real_pixels(1024)[None].astype(np.float32)
    level = onnxruntime.GraphOptimizationLevel
    changes: dict[str, dict[str, Any]] = {
        "ONNX Runtime's defaults": {},
        "1 thread": {"intra_op_num_threads": 1},
        "4 threads": {"intra_op_num_threads": 4},
        "no spinning": {"entries": {"session.intra_op.allow_spinning": "0"}},
        "optimisation level basic": {"graph_optimization_level": level.ORT_ENABLE_BASIC},
        "optimisation level extended (no NCHWc layout)": {
            "graph_optimization_level": level.ORT_ENABLE_EXTENDED
        },
        "parallel execution": {"execution_mode": onnxruntime.ExecutionMode.ORT_PARALLEL},
        "no memory pattern": {"enable_mem_pattern": False},
        "denormals are zero": {"entries": {"session.set_denormal_as_zero": "1"}},
    }
    with TemporaryDirectory(dir=FOLDER) as folder:
        quantised = Path(folder) / "int8.onnx"
        _quantise(classifier, quantised, image)
        sessions = {"engine": Network.open(classifier, "CPU")._session}
        for name, settings in changes.items():
            options = onnxruntime.SessionOptions()
            for key, value in settings.items():
                if key == "entries":
                    for entry, setting in value.items():
                        options.add_session_config_entry(entry, setting)
                else:
                    setattr(options, key, value)
            sessions[name] = onnxruntime.InferenceSession(
                str(classifier), options, providers=["CPUExecutionProvider"]
            )
        sessions["int8"] = onnxruntime.InferenceSession(str(quantised), providers=["CPUExecutionProvider"])
        codes = sessions["engine"].run(None, {"image": image})[0].argmax(1)
        return {
            name: (
                image.shape[2]
                * image.shape[3]
                / best_seconds(lambda s=session: s.run(None, {"image": image}))
                / 1e6,
                float(np.mean(session.run(None, {"image": image})[0].argmax(1) == codes)),
            )
            for name, session in sessions.items()
        }


def real_pixels(side: int) -> NDArray[np.uint8]:
    """A square of the real image (3, side, side)."""
    with RasterReader(str(banepa_mosaic(2048, 1536))) as reader:
        pixels: NDArray[np.uint8] = reader.read(Window(0, 0, side, side)).values
    return pixels


def _paper_corrector() -> Network:
    """The published form with small random weights: what it computes takes the same time as trained ones."""
    import torch

    from ..models.pytorch.corrector import PaperCorrector
    from ..models.pytorch.export import export_corrector

    torch.manual_seed(0)
    network = PaperCorrector([127.0] * 3, [60.0] * 3, 2)
    torch.nn.init.normal_(network.out, std=0.01)
    facts = rgb_facts("corrector", "paper", ITERATIONS)
    with TemporaryDirectory(dir=FOLDER) as folder:
        path = Path(folder) / "paper.onnx"
        export_corrector(network, facts, path)
        return Network.open(path, "CPU")


def _quantise(classifier: Path, path: Path, image: NDArray[np.float32]) -> None:
    """The classifier in 8-bit integers, calibrated on four quarters of a real image."""
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_static

    class Quarters(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            side = image.shape[2] // 2
            self.parts = iter(
                [
                    {"image": np.ascontiguousarray(image[:, :, r : r + side, c : c + side])}
                    for r in (0, side)
                    for c in (0, side)
                ]
            )

        def get_next(self) -> dict[str, NDArray[np.float32]] | None:
            return next(self.parts, None)

    quantize_static(str(classifier), str(path), Quarters(), quant_format=QuantFormat.QDQ, per_channel=True)
