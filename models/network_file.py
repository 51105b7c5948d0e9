"""The contract inside an ONNX file, read where no ONNX library is installed. Only the standard library."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .contract import METADATA_KEY, NetworkContract
from .errors import ContractError

_MAX_FILE_BYTES = 1 << 31  # protobuf's own limit for one message
_MAX_CONTRACT_BYTES = 16 << 20
_METADATA_PROPS_FIELD = 14  # onnx.proto: ModelProto.metadata_props
_GRAPH_FIELD = 7  # onnx.proto: ModelProto.graph


def file_sha256(path: str | Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def read_contract(path: str | Path) -> NetworkContract:
    """Read the contract of an ONNX file without any ONNX library.

    Args:
        path: the network file.

    Raises:
        ContractError: the file is missing, is no ONNX file, has no contract or a wrong one.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise ContractError(
                f"{path} is larger than an ONNX file can be; choose a network made by Recurve."
            )
        message = path.read_bytes()
    except OSError as error:
        raise ContractError(
            f"The network file {path} cannot be read ({error.strerror or error}); choose an .onnx file made by Recurve."
        ) from error
    try:
        metadata, has_graph = _onnx_metadata(message)
    except (ValueError, IndexError) as error:
        raise ContractError(
            f"{path} is not an ONNX file or is damaged; choose an .onnx file made by Recurve, or copy it again."
        ) from error
    if not has_graph:
        raise ContractError(
            f"{path} is not an ONNX file or is damaged; choose an .onnx file made by Recurve, or copy it again."
        )
    if METADATA_KEY not in metadata:
        raise ContractError(
            f"{path} is an ONNX file without Recurve's contract (bands, classes, reach); choose a network that was "
            "trained or exported by Recurve."
        )
    try:
        return NetworkContract.from_json(metadata[METADATA_KEY])
    except ContractError as error:
        raise ContractError(f"{path}: {error}") from error


def _onnx_metadata(message: bytes) -> tuple[dict[str, str], bool]:
    """The metadata entries of a serialised ONNX ModelProto, and whether a graph is there."""
    metadata: dict[str, str] = {}
    has_graph = False
    for field, start, end in _fields(message, 0, len(message)):
        if field == _GRAPH_FIELD:
            has_graph = True
        elif field == _METADATA_PROPS_FIELD and end - start <= _MAX_CONTRACT_BYTES:
            entry = {name: message[s:e] for name, s, e in _fields(message, start, end)}
            metadata[entry.get(1, b"").decode()] = entry.get(2, b"").decode()
    return metadata, has_graph


def _fields(message: bytes, start: int, end: int) -> list[tuple[int, int, int]]:
    """Field number, start and end of each field of a protobuf message (wire format: protobuf.dev/encoding)."""
    fields = []
    position = start
    while position < end:
        key, position = _varint(message, position)
        field, wire_type = key >> 3, key & 7
        if wire_type == 0:
            _, after = _varint(message, position)
        elif wire_type == 1:
            after = position + 8
        elif wire_type == 2:
            length, position = _varint(message, position)
            after = position + length
        elif wire_type == 5:
            after = position + 4
        else:
            raise ValueError(f"wire type {wire_type}")
        if field == 0 or after > end:
            raise ValueError("field past the end")
        fields.append((field, position, after))
        position = after
    return fields


def _varint(message: bytes, position: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        byte = message[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
    raise ValueError("number too long")
