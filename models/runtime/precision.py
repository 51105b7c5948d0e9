"""Networks in half precision: converted when they are loaded, and used only where they decide the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...core.errors import DeviceError
from ...core.translation import tr

PRECISIONS = ("auto", "fp32", "fp16")
MIN_AGREEMENT = 0.999
"""Share of the pixels of a self-test whose class must stay the same in half precision."""

TRIED_SIDE_PX = 256
"""Side of that self-test: the 576 pixels of the stored one are too few to see one in a thousand."""

FASTER_IN_FP16 = ("CUDA", "TensorRT", "DirectML", "CoreML")
"""The CPU computes half precision in single precision, and converts there and back."""

EXACT_OPTIONS = {"CUDA": {"use_tf32": "0"}}
"""With these options of a provider single precision is single precision: by default newer cards of NVIDIA multiply
with 10 bits (TF32). Not for fp16: they keep ONNX Runtime from the fast kernels for that, too."""


def half_precision(data: bytes) -> bytes:
    """A network file whose graph computes in fp16; its inputs and outputs stay float32.

    Args:
        data: an ONNX file.

    Raises:
        DeviceError: the Python package onnx, which converts, is not installed.
    """
    try:
        import onnx
        from onnxruntime.transformers.float16 import convert_float_to_float16
    except ImportError as error:
        raise DeviceError(
            tr(
                "Half precision needs the Python package onnx ({error}); install it where onnxruntime is (python3 -m "
                "pip install --no-deps --target <that folder> onnx protobuf typing_extensions), or choose the "
                "precision fp32.",
                error=error,
            )
        ) from error
    converted = convert_float_to_float16(onnx.load_from_string(data), keep_io_types=True)
    content: bytes = converted.SerializeToString()
    return content


def agreement(scores: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """Share of pixels that get the same class.

    Args:
        scores: (n, classes, height, width).
        expected: the same shape.
    """
    return float(np.mean(scores.argmax(axis=1) == expected.argmax(axis=1)))
