"""Where a tensor of a network file carries its values, and how many; only the standard library.

ONNX has a field for raw bytes and one for each family of types. Which of two counts is not said, and readers differ:
what was checked would not be what is run. Field and type numbers are those of onnx.proto.
"""

from __future__ import annotations

import math

from ...core.errors import ContractError
from ...core.translation import tr
from ..contract_json import show
from .protobuf import LENGTH_DELIMITED, VARINT, Field, WireReader

# TensorProto
_DATA_TYPE, _RAW = 2, 9
_FLOATS, _INT32S, _TEXTS, _INT64S, _DOUBLES, _UINT64S = 4, 5, 6, 7, 10, 11
_FIELDS = {
    _FLOATS: "float_data",
    _INT32S: "int32_data",
    _TEXTS: "string_data",
    _INT64S: "int64_data",
    _RAW: "raw_data",
    _DOUBLES: "double_data",
    _UINT64S: "uint64_data",
}
_FIXED_BYTES = {_FLOATS: 4, _DOUBLES: 8}
# TensorProto.DataType: how many bits a value has, and in which field values are that are not raw
_TEXT = 8
_TYPES = {
    1: (32, _FLOATS),
    7: (64, _INT64S),
    11: (64, _DOUBLES),
    12: (32, _UINT64S),
    13: (64, _UINT64S),
    **dict.fromkeys((2, 3, 9, 17, 18, 19, 20), (8, _INT32S)),
    **dict.fromkeys((4, 5, 10, 16), (16, _INT32S)),
    6: (32, _INT32S),
    **dict.fromkeys((21, 22), (4, _INT32S)),
}
_UNFINISHED = bytes(range(0x80, 0x100))  # bytes of a number of which more follow


def check_values(reader: WireReader, tensor: Field, name: str, shape: list[int]) -> None:
    """Refuse a tensor whose values are not in one field, that of its type, and as many as its shape declares.

    Args:
        reader: over the file's bytes.
        tensor: a TensorProto.
        name: of the tensor.
        shape: what it declares; no size is negative.

    Raises:
        ContractError: saying what is wrong with the values.
        ValueError: the bytes are no tensor.
    """
    kinds: list[int] = []
    held: dict[int, int] = {}
    for field in reader.parts(tensor):
        if field.number == _DATA_TYPE:
            kinds += reader.integers(field)
        elif field.number in _FIELDS:
            if field.number == _RAW and _RAW in held:
                raise ValueError("raw data twice, of which the second counts")
            held[field.number] = held.get(field.number, 0) + _count(reader, field)
    (kind,) = kinds
    if kind == _TEXT or _TEXTS in held:
        raise ContractError(
            tr(
                "The tensor {name} holds text, and a network needs numbers only; export it again.",
                name=show(name),
            )
        )
    if len(held) > 1:
        raise ContractError(
            tr(
                "The tensor {name} carries its values in two fields ({fields}), and which of them counts is not said; "
                "export the network again.",
                name=show(name),
                fields=", ".join(_FIELDS[number] for number in sorted(held)),
            )
        )
    if kind not in _TYPES:
        raise ContractError(
            tr(
                "The tensor {name} is of the type {kind} of ONNX, which Recurve does not know; export the network in "
                "single precision.",
                name=show(name),
                kind=kind,
            )
        )
    bits, own = _TYPES[kind]
    number, found = next(iter(held.items()), (own, 0))
    if number not in (_RAW, own):
        raise ContractError(
            tr(
                "The tensor {name} carries its values in {field}, and those of its type belong into {own}; export the "
                "network again.",
                name=show(name),
                field=_FIELDS[number],
                own=_FIELDS[own],
            )
        )
    values = math.prod(shape)
    # bytes; or numbers, of which one holds two values of 4 bits
    needed = -(-values * bits // 8) if number == _RAW else -(-values * min(bits, 8) // 8)
    if found != needed:
        raise ContractError(
            tr(
                "The tensor {name} declares the shape {shape}, which takes {needed} entries in {field}, and the file "
                "holds {found}; the file is damaged: copy it again, or export the network again.",
                name=show(name),
                shape=show(shape),
                needed=needed,
                field=_FIELDS[number],
                found=found,
            )
        )


def _count(reader: WireReader, field: Field) -> int:
    """How many numbers, of raw data bytes, a field holds."""
    length = field.end - field.start
    is_packed = field.wire_type == LENGTH_DELIMITED
    if field.number in (_RAW, _TEXTS):
        if not is_packed:
            raise ValueError(f"{_FIELDS[field.number]} that are no bytes")
        return length
    size = _FIXED_BYTES.get(field.number)
    if size is not None:
        if length % size or not (is_packed or length == size) or field.wire_type == VARINT:
            raise ValueError(f"{_FIELDS[field.number]} of another size")
        return length // size
    if not (is_packed or field.wire_type == VARINT):
        raise ValueError(f"{_FIELDS[field.number]} that are no whole numbers")
    return len(reader.data[field.start : field.end].translate(None, _UNFINISHED))
