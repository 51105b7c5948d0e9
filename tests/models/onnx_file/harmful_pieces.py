"""Pieces that harmful network files are made of."""

from __future__ import annotations

from onnx import TensorProto, numpy_helper


def point_outside(tensor, location, length=None):
    """Let a tensor say that its values are in another file."""
    size = len(numpy_helper.to_array(tensor).tobytes())
    for field in ("raw_data", "float_data", "int64_data"):
        tensor.ClearField(field)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "0"), ("length", str(length or size))):
        tensor.external_data.add(key=key, value=value)


def loop_body(corrector_model):
    """The graph that a corrector's loop repeats."""
    return next(node for node in corrector_model.graph.node if node.op_type == "Loop").attribute[0].g


def varint(value):
    """A whole number as protobuf writes it."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])


def delimited(number, content):
    """A field of text, bytes or a message, likewise."""
    return varint(number << 3 | 2) + varint(len(content)) + content
