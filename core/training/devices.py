"""Where PyTorch trains, and in which precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import DeviceError
from ..translation import tr

if TYPE_CHECKING:
    import torch

DEVICES = ("auto", "CUDA", "CPU")
"""What a user may choose."""


def training_device(name: str) -> str:
    """PyTorch's name for a device.

    Args:
        name: one of `DEVICES`; 'auto' is CUDA where PyTorch has it.

    Raises:
        DeviceError: CUDA was asked for and PyTorch has none.
    """
    import torch

    if name == "CPU" or (name == "auto" and not torch.cuda.is_available()):
        return "cpu"
    if not torch.cuda.is_available():
        raise DeviceError(
            tr(
                "PyTorch {version} has no CUDA here; choose 'auto' or 'CPU', or install a PyTorch with CUDA and "
                "NVIDIA's driver.",
                version=torch.__version__,
            )
        )
    torch.backends.cudnn.deterministic = True  # the same seed gives the same weights
    return "cuda"


def precision(device: str) -> torch.autocast:
    """The context in which layers learn: bfloat16 where a CPU computes it, for half the time.

    Args:
        device: PyTorch's device.
    """
    import torch

    # older versions of PyTorch do not tell what a CPU can
    capabilities = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    is_half = device == "cpu" and bool(capabilities.get("avx512_bf16"))
    # casts made without gradients (see `fit_corrector`) must not be kept for what needs them
    return torch.autocast(device, torch.bfloat16, is_half, cache_enabled=False)
