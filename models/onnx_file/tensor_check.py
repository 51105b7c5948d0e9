"""Tensors as a network file holds them: their values must be there. Only the standard library.

Field numbers are those of onnx.proto.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...core.errors import ContractError
from ...core.translation import tr
from ..contract_json import show
from .constant_check import Constant
from .protobuf import Field, WireReader

MAX_RANK = 16

# TensorProto
_DIMS, _INT64_DATA, _NAME, _RAW_DATA, _EXTERNAL_DATA, _DATA_LOCATION = 1, 7, 8, 9, 13, 14


def check_tensor(reader: WireReader, tensor: Field) -> tuple[str, Constant]:
    """Refuse a tensor whose values are not in the file.

    Args:
        reader: over the file's bytes.
        tensor: a TensorProto.

    Returns:
        Its name and what it holds.

    Raises:
        ContractError: the values are in another file, or are fewer than the shape declares.
        ValueError: the bytes are no tensor.
    """
    name, shape, is_external = "", [], False
    for field in reader.parts(tensor):
        if field.number == _DIMS:
            shape += first(reader.integers(field))
        elif field.number == _NAME:
            name = reader.text(field)
        elif field.number == _EXTERNAL_DATA:
            is_external = True
        elif field.number == _DATA_LOCATION:
            is_external |= any(reader.integers(field))
    if is_external:
        raise ContractError(
            tr(
                "The graph keeps the values of the tensor {name} in another file (external data), and Recurve reads "
                "the network's own file only; export the network again with all weights inside.",
                name=show(name),
            )
        )
    if len(shape) > MAX_RANK:
        raise ValueError(f"a tensor of more than {MAX_RANK} dimensions")
    held = 2 * (tensor.end - tensor.start)  # the smallest values are 4 bits
    if any(size < 0 for size in shape) or product(shape) > held:
        raise ContractError(
            tr(
                "The tensor {name} declares the shape {shape}, and the file holds at most {most} values for it; the "
                "file is damaged: copy it again, or export the network again.",
                name=show(name),
                shape=show(shape),
                most=held,
            )
        )
    return name, Constant(product(shape), tuple(shape), tuple(first(_numbers(reader, tensor))))


def product(sizes: list[int]) -> int:
    """Product of sizes, of which an empty one does not hide how large the others are."""
    result = 1
    for size in sizes:
        result *= max(size, 1)
    return result


def first(numbers: Iterable[int]) -> list[int]:
    """The first numbers, and one more than a shape has as a sign that there are others."""
    return [number for number, _ in zip(numbers, range(MAX_RANK + 1))]


def _numbers(reader: WireReader, tensor: Field) -> Iterator[int]:
    for field in reader.parts(tensor):
        if field.number == _INT64_DATA:
            yield from reader.integers(field)
        elif field.number == _RAW_DATA:
            for place in range(field.start, field.end - 7, 8):
                yield int.from_bytes(reader.data[place : place + 8], "little", signed=True)
