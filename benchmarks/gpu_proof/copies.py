"""How many bytes go to ONNX Runtime's values and come back, counted at its own border and not by what we believe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Copies:
    """Bytes that went up to values and came down from them."""

    up: int = 0
    down: int = 0


@contextmanager
def counted() -> Iterator[Copies]:
    """Count what arrays are made values of, and values arrays of, while the block runs.

    On a GPU each is a copy over the bus, but for a few numbers that stay with the CPU; on the CPU none is copied.
    """
    import onnxruntime

    value, copies = onnxruntime.OrtValue, Copies()
    from_numpy, to_numpy = value.__dict__["ortvalue_from_numpy"], value.numpy

    def up(cls: Any, array: Any, *arguments: Any, **settings: Any) -> Any:
        copies.up += array.nbytes
        return from_numpy.__get__(None, cls)(array, *arguments, **settings)

    def down(self: Any) -> Any:
        array = to_numpy(self)
        copies.down += array.nbytes
        return array

    value.ortvalue_from_numpy, value.numpy = classmethod(up), down
    try:
        yield copies
    finally:
        value.ortvalue_from_numpy, value.numpy = from_numpy, to_numpy
