"""Tensors whose values two readers might read differently: refused before ONNX Runtime sees them."""

from __future__ import annotations

import numpy as np
import pytest
from recurve.core.errors import ContractError
from recurve.models.onnx_file.reading import read_contract

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from onnx import TensorProto  # noqa: E402
from recurve.tests.models.onnx_file.harmful_pieces import delimited, varint  # noqa: E402


def wire(*fields, dims=(2,), kind=TensorProto.FLOAT):
    """A TensorProto as bytes, which protobuf's own library might put in order."""
    return b"".join(
        [*(b"\x08" + varint(size) for size in dims), b"\x10" + varint(kind), *fields, delimited(8, b"values")]
    )


TWO_FLOATS = np.array([1, 2], np.float32).tobytes()
TWO_RAW = delimited(9, TWO_FLOATS)


class TestValues:
    """What is checked is what is run: of a tensor's values there is one account."""

    @pytest.fixture
    def told(self, classifier_model, tmp_path, seeds):
        """A function: what is said of a network with a tensor of these bytes; '' where it is taken."""

        def tell(tensor):
            graph = classifier_model.graph.SerializeToString() + delimited(5, tensor)
            rest = onnx.load_from_string(seeds["classifier"])
            rest.ClearField("graph")
            path = tmp_path / "made.onnx"
            path.write_bytes(rest.SerializeToString() + delimited(7, graph))
            try:
                read_contract(path)
            except ContractError as error:
                return str(error)
            return ""

        return tell

    @pytest.mark.parametrize(
        "tensor",
        [
            wire(TWO_RAW),
            wire(delimited(4, TWO_FLOATS)),
            wire(b"\x25" + TWO_FLOATS[:4], b"\x25" + TWO_FLOATS[4:]),
            wire(delimited(4, TWO_FLOATS[:4]), delimited(4, TWO_FLOATS[4:])),
            wire(delimited(7, varint(300) + b"\x02"), kind=TensorProto.INT64),
            wire(b"\x38\x01", b"\x38" + varint((1 << 64) - 1), kind=TensorProto.INT64),
            wire(delimited(5, varint(300) + b"\x02"), kind=TensorProto.FLOAT16),
            wire(delimited(10, bytes(16)), kind=TensorProto.DOUBLE),
            wire(delimited(9, b"\x12\x03"), dims=(3,), kind=TensorProto.INT4),
            wire(delimited(5, b"\x01\x02"), dims=(3,), kind=TensorProto.INT4),
            wire(dims=(0,)),
            wire(delimited(9, b""), dims=(0, 3)),
            wire(delimited(4, TWO_FLOATS[:4]), dims=()),
        ],
    )
    def test_honest_ones(self, told, tensor):
        onnx.TensorProto.FromString(tensor)
        assert told(tensor) == ""

    @pytest.mark.parametrize(
        ("tensor", "fields"),
        [
            (wire(delimited(4, TWO_FLOATS), TWO_RAW), "float_data, raw_data"),
            (wire(TWO_RAW, delimited(4, TWO_FLOATS)), "float_data, raw_data"),
            (wire(delimited(4, TWO_FLOATS), delimited(9, b"")), "float_data, raw_data"),
            (
                wire(delimited(5, b"\1\2"), delimited(7, b"\1\2"), kind=TensorProto.INT32),
                "int32_data, int64_data",
            ),
            (wire(b"\x28\x01", b"\x38\x01", kind=TensorProto.INT64), "int32_data, int64_data"),
        ],
    )
    def test_in_two_fields(self, told, tensor, fields):
        assert f"'values' carries its values in two fields ({fields})" in told(tensor)

    @pytest.mark.parametrize(
        ("tensor", "found", "own"),
        [
            (wire(delimited(7, b"\1\2")), "int64_data", "float_data"),
            (wire(delimited(4, TWO_FLOATS), kind=TensorProto.INT64), "float_data", "int64_data"),
            (wire(delimited(7, b"\1\2"), kind=TensorProto.INT32), "int64_data", "int32_data"),
            (wire(delimited(4, TWO_FLOATS), kind=TensorProto.DOUBLE), "float_data", "double_data"),
        ],
    )
    def test_in_the_field_of_another_type(self, told, tensor, found, own):
        assert f"in {found}, and those of its type belong into {own}" in told(tensor)

    @pytest.mark.parametrize(
        ("tensor", "needed", "held"),
        [
            (wire(TWO_RAW, dims=(3,)), 12, 8),
            (wire(TWO_RAW, dims=(1,)), 4, 8),
            (wire(TWO_RAW, dims=(0,)), 0, 8),
            (wire(TWO_RAW, kind=TensorProto.FLOAT16), 4, 8),
            (wire(), 2, 0),
            (wire(delimited(4, TWO_FLOATS), dims=(2, 2)), 4, 2),
            (wire(delimited(7, varint(300)), kind=TensorProto.INT64), 2, 1),
            (wire(delimited(5, b"\x01"), dims=(3,), kind=TensorProto.INT4), 2, 1),
        ],
    )
    def test_of_another_number(self, told, tensor, needed, held):
        said = told(tensor)
        assert f"takes {needed} entries in " in said
        assert f"and the file holds {held}; the file is damaged" in said

    def test_text(self, told):
        assert "holds text" in told(wire(delimited(6, b"a"), delimited(6, b"b"), kind=TensorProto.STRING))
        assert "holds text" in told(wire(delimited(6, b"a")))
        assert "holds text" in told(wire(kind=TensorProto.STRING, dims=(0,)))

    def test_of_no_known_type(self, told):
        assert "is of the type 99 of ONNX" in told(wire(TWO_RAW, kind=99))

    @pytest.mark.parametrize(
        "tensor",
        [
            wire(TWO_RAW, TWO_RAW),
            wire(TWO_RAW, b"\x10\x01"),
            TWO_RAW + b"\x08\x02",
            wire(delimited(4, TWO_FLOATS[:5])),
            wire(b"\x20\x01", b"\x20\x01"),
            wire(b"\x48\x01"),
            wire(b"\x3d" + TWO_FLOATS[:4], kind=TensorProto.INT64),
        ],
    )
    def test_that_are_no_tensor(self, told, tensor):
        assert "is damaged" in told(tensor)

    @pytest.mark.parametrize(
        "values",
        [
            delimited(5, wire(TWO_RAW)) + delimited(5, wire(TWO_RAW)),
            delimited(5, wire(TWO_RAW)) + delimited(8, b"\x01\x02"),
            delimited(8, b"\x01\x02") + delimited(7, TWO_FLOATS),
            b"\x18\x01\x18\x02",
        ],
    )
    def test_an_attribute_with_two_values(self, told, seeds, tmp_path, values):
        node = (
            delimited(2, b"made") + delimited(4, b"Constant") + delimited(5, delimited(1, b"value") + values)
        )
        model = onnx.load_from_string(seeds["classifier"])
        graph = delimited(1, node) + model.graph.SerializeToString()
        model.ClearField("graph")
        path = tmp_path / "made.onnx"
        path.write_bytes(model.SerializeToString() + delimited(7, graph))
        with pytest.raises(ContractError, match="is damaged"):
            read_contract(path)
