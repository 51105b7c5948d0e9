"""The contract inside an ONNX file, read where no ONNX library is installed. Only the standard library."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

from ...core.errors import ContractError
from ...core.translation import tr
from ..contract import METADATA_KEY, NetworkContract
from .graph_check import check_graph, only_graph
from .protobuf import Field, WireReader

_MAX_FILE_BYTES = 1 << 31  # protobuf's own limit for one message
_MAX_CONTRACT_BYTES = 16 << 20
_METADATA_PROPS = 14  # onnx.proto: ModelProto
_KEY, _VALUE = 1, 2  # StringStringEntryProto


def file_sha256(path: str | Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def read_contract(path: str | Path) -> NetworkContract:
    """The contract of a network file, see `read_network`."""
    return read_network(path)[0]


def read_network(path: str | Path) -> tuple[NetworkContract, bytes]:
    """Read an ONNX file without any ONNX library, and see that its graph does no harm.

    Args:
        path: the network file.

    Returns:
        Its contract and its bytes: what was checked is what may be run, whatever becomes of the file.

    Raises:
        ContractError: the file is missing, is no ONNX file, has no contract or a wrong one, or a graph that reads
            other files, needs foreign operators or makes tensors of no use.
    """
    path = Path(path)
    message = _read(path)
    reader = WireReader(message)
    try:
        model = list(reader.fields(0, len(message)))
        graph = only_graph(model)
        contracts = list(_contracts(reader, model))
    except ValueError as error:
        raise _damaged(path) from error
    if not contracts:
        raise ContractError(
            tr(
                "{path} is an ONNX file without Recurve's contract (bands, classes, receptive field); choose a "
                "network that was trained or exported by Recurve.",
                path=path,
            )
        )
    if len(contracts) > 1:
        raise ContractError(
            tr(
                "{path} has {count} contracts, and a network has one; export the network again.",
                path=path,
                count=len(contracts),
            )
        )
    if len(contracts[0]) > _MAX_CONTRACT_BYTES:
        raise ContractError(
            tr(
                "The contract in {path} has {size} bytes, and at most {most} are read; export the network again.",
                path=path,
                size=len(contracts[0]),
                most=_MAX_CONTRACT_BYTES,
            )
        )
    try:
        contract = NetworkContract.from_json(contracts[0].decode())
        check_graph(reader, model, graph)
    except ContractError as error:
        raise ContractError(f"{path}: {error}") from error
    except ValueError as error:
        raise _damaged(path) from error
    return contract, message


def _read(path: Path) -> bytes:
    """All bytes of a file; a pipe or a device, which may have no end, is none."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ContractError(tr("{path} is not a file; choose an .onnx file made by Recurve.", path=path))
        if status.st_size <= _MAX_FILE_BYTES:
            return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        reason = error.strerror if isinstance(error, OSError) else None
        raise ContractError(
            tr(
                "The network file {path} cannot be read ({error}); choose an .onnx file made by Recurve.",
                path=path,
                error=reason or error,
            )
        ) from error
    raise ContractError(
        tr("{path} is larger than an ONNX file can be; choose a network made by Recurve.", path=path)
    )


def _contracts(reader: WireReader, model: list[Field]) -> Iterator[bytes]:
    """The values of all metadata entries with the contract's key."""
    for field in model:
        if field.number == _METADATA_PROPS:
            entry = {part.number: reader.data[part.start : part.end] for part in reader.parts(field)}
            if entry.get(_KEY) == METADATA_KEY.encode():
                yield entry.get(_VALUE, b"")


def _damaged(path: Path) -> ContractError:
    return ContractError(
        tr(
            "{path} is not an ONNX file or is damaged; choose an .onnx file made by Recurve, or copy it again.",
            path=path,
        )
    )
