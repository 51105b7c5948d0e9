"""Contracts read out of ONNX files without an ONNX library."""

from __future__ import annotations

import hashlib

import pytest
from recurve.core.errors import ContractError
from recurve.models.contract import METADATA_KEY
from recurve.models.onnx_file.reading import file_sha256, read_contract


@pytest.fixture
def network_bytes(tiny):
    return tiny.classifier.read_bytes()


def test_reads_what_the_onnx_library_reads(tiny):
    onnx = pytest.importorskip("onnx")
    metadata = {entry.key: entry.value for entry in onnx.load(str(tiny.corrector)).metadata_props}
    assert read_contract(tiny.corrector).to_json() == metadata[METADATA_KEY]


def test_missing_file(tmp_path):
    with pytest.raises(ContractError, match=r"gone\.onnx cannot be read .*choose an \.onnx file"):
        read_contract(tmp_path / "gone.onnx")


@pytest.mark.parametrize("content", [b"", b"hello, world", b"\x00" * 1000, b"\xff" * 1000, b"II*\x00 a tiff"])
def test_other_files(tmp_path, content):
    path = tmp_path / "other.onnx"
    path.write_bytes(content)
    with pytest.raises(ContractError, match="is not an ONNX file or is damaged"):
        read_contract(path)


def test_truncated_file(tmp_path, network_bytes):
    path = tmp_path / "cut.onnx"
    for share in (0.1, 0.5, 0.99):
        path.write_bytes(network_bytes[: int(len(network_bytes) * share)])
        with pytest.raises(ContractError, match=r"cut\.onnx"):
            read_contract(path)


def test_foreign_onnx_file(tmp_path, tiny):
    onnx = pytest.importorskip("onnx")
    model = onnx.load(str(tiny.classifier))
    del model.metadata_props[:]
    path = tmp_path / "foreign.onnx"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ContractError, match="without Recurve's contract"):
        read_contract(path)


def test_digest(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 3_000_000)
    assert file_sha256(path) == hashlib.sha256(b"x" * 3_000_000).hexdigest()
