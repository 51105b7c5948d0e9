"""Graphs made to harm: refused with a sentence before ONNX Runtime sees them."""

from __future__ import annotations

import numpy as np
import pytest
from recurve.models.onnx_file.reading import read_contract

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from onnx import helper, numpy_helper  # noqa: E402
from recurve.tests.models.onnx_file.harmful_pieces import delimited, loop_body, varint  # noqa: E402


class TestGraphs:
    """Graphs that would take the process or the machine with them."""

    @pytest.mark.parametrize("domain", ["com.microsoft", "com.example", "ai.onnx.ml"])
    def test_foreign_operators(self, classifier_model, refused, domain):
        """EPContext, for one, reads files of its own."""
        classifier_model.graph.node.append(helper.make_node("EPContext", ["scores"], ["x"], domain=domain))
        assert f"needs the operator 'EPContext' of '{domain}'" in refused(classifier_model)

    def test_a_foreign_operator_behind_a_standard_domain(self, classifier_model, refused):
        """Of a field that is there twice, protobuf takes the last."""
        node = helper.make_node("EPContext", ["scores"], ["x"], domain="ai.onnx").SerializeToString()
        graph = classifier_model.graph.SerializeToString() + delimited(
            1, node + delimited(7, b"com.microsoft")
        )
        classifier_model.ClearField("graph")
        said = refused(classifier_model.SerializeToString() + delimited(7, graph))
        assert "needs the operator 'EPContext' of 'com.microsoft'" in said

    @pytest.mark.parametrize("dims", [[2**40], [2**31, 2**31], [-1], [2**62, 2**62, 4], [0, 2**62], [1] * 17])
    def test_declared_shape(self, classifier_model, refused, dims):
        tensor = classifier_model.graph.initializer[0]
        tensor.ClearField("dims")
        tensor.dims.extend(dims)
        sentence = refused(classifier_model)
        assert "declares the shape" in sentence or "damaged" in sentence

    @pytest.mark.parametrize(
        ("operator", "size"), [("ConstantOfShape", 0), ("Expand", 1), ("Tile", 1), ("Resize", 3)]
    )
    @pytest.mark.parametrize("is_constant", [True, False])
    def test_made_of_constants(self, classifier_model, refused, operator, size, is_constant):
        """A hundred bytes that ask for terabytes."""
        shape = numpy_helper.from_array(np.array([1 << 20, 1 << 20], np.int64), "shape")
        if is_constant:
            classifier_model.graph.node.append(helper.make_node("Constant", [], ["shape"], value=shape))
        else:
            classifier_model.graph.initializer.append(shape)
        inputs = [*["scores", "", "", ""][:size], "shape"]
        classifier_model.graph.node.append(helper.make_node(operator, inputs, ["huge"]))
        assert "numbers out of constants alone" in refused(classifier_model)

    def test_a_size_in_a_list(self, classifier_model, refused):
        """Not packed, as the ONNX library writes it, each number is a field of its own."""
        sizes = helper.make_node("Constant", [], ["shape"], value_ints=[1 << 20, 1 << 20])
        classifier_model.graph.node.extend([sizes, helper.make_node("ConstantOfShape", ["shape"], ["huge"])])
        assert "numbers out of constants alone (the last ones with ConstantOfShape)" in refused(
            classifier_model
        )

    @pytest.mark.parametrize("times", [1, 8])
    def test_little_by_little(self, classifier_model, refused, times):
        """ONNX Runtime 1.31.1 makes 8 times 900 MB of half a megabyte, and keeps all of them."""
        side = 1 << 14 if times == 1 else 1 << 12
        for number in range(times):
            for name, shape in (("row", (1, side)), ("column", (side, 1))):
                array = np.ones(shape, np.float32)
                classifier_model.graph.initializer.append(numpy_helper.from_array(array, f"{name}{number}"))
            inputs, output = [f"row{number}", f"column{number}"], f"outer{number}"
            classifier_model.graph.node.append(helper.make_node("Add", inputs, [output]))
        assert "numbers out of constants alone (the last ones with Add)" in refused(classifier_model)

    def test_doubled_again_and_again(self, classifier_model, refused):
        last = "weights"
        for number in range(30):
            classifier_model.graph.node.append(
                helper.make_node("Concat", [last, last], [f"c{number}"], axis=0)
            )
            last = f"c{number}"
        assert "numbers out of constants alone (the last ones with Concat)" in refused(classifier_model)

    @pytest.mark.parametrize("operator", ["Range", "ConstantOfShape", "RandomNormal", "If"])
    def test_computed_sizes(self, classifier_model, refused, operator):
        classifier_model.graph.node.append(helper.make_node("Identity", ["weights"], ["same"]))
        inputs = [] if operator == "RandomNormal" else ["same"]
        classifier_model.graph.node.append(helper.make_node(operator, inputs, ["x"]))
        assert f"computes {operator} from constants alone" in refused(classifier_model)

    def test_little_constants_pass(self, classifier_model, tmp_path):
        """What exporters leave for the runtime to compute."""
        classifier_model.graph.node.extend(
            [
                helper.make_node("Transpose", ["weights"], ["a"]),
                helper.make_node("Mul", ["weights", "bias"], ["b"]),
                helper.make_node("Concat", ["bias", "bias"], ["c"], axis=0),
                helper.make_node("Gather", ["c", "b"], ["d"]),
            ]
        )
        (tmp_path / "fine.onnx").write_bytes(classifier_model.SerializeToString())
        assert read_contract(tmp_path / "fine.onnx").role == "classifier"

    @pytest.mark.parametrize("number", [1 << 31, 1 << 32, -(1 << 31) - 1, (1 << 63) - 1])
    def test_setting_past_32_bits(self, classifier_model, refused, number):
        """ONNX Runtime 1.31.1 divides by zero for a DepthToSpace of blocksize 2**32."""
        classifier_model.graph.node.append(
            helper.make_node("DepthToSpace", ["scores"], ["x"], blocksize=number)
        )
        assert f"sets 'blocksize' of an operator to {number}" in refused(classifier_model)

    def test_graphs_within_graphs(self, corrector_model, refused):
        for _ in range(20):
            body = loop_body(corrector_model)
            inner = helper.make_node("Loop", [], [], body=body)
            outer = onnx.GraphProto(name="outer", node=[inner])
            next(n for n in corrector_model.graph.node if n.op_type == "Loop").attribute[0].g.CopyFrom(outer)
        assert "more than 16 deep" in refused(corrector_model)

    def test_two_attributes_of_one_name(self, classifier_model, refused):
        node = classifier_model.graph.node[0]
        node.attribute.append(node.attribute[0])
        assert "damaged" in refused(classifier_model)

    def test_two_tensors_in_one_attribute(self, classifier_model, refused):
        node = helper.make_node("Constant", [], ["x"], value=numpy_helper.from_array(np.zeros(3, np.float32)))
        attribute = node.attribute[0].SerializeToString() + b"\x2a\x00"
        content = b"\x22\x08Constant" + b"\x12\x01x" + b"\x2a" + varint(len(attribute)) + attribute
        graph = classifier_model.graph.SerializeToString() + b"\x0a" + varint(len(content)) + content
        classifier_model.ClearField("graph")
        assert "damaged" in refused(
            classifier_model.SerializeToString() + b"\x3a" + varint(len(graph)) + graph
        )

    def test_names_that_are_no_text(self, seeds, refused):
        assert "damaged" in refused(seeds["classifier"].replace(b"\x05image\x12", b"\x05imag\xff\x12"))

    def test_nothing_but_fields(self, seeds, refused):
        assert "damaged" in refused(seeds["classifier"] + b"\x08\x00" * 300_000)

    def test_plain_networks_pass(self, root):
        for path in sorted((root / "models" / "weights").glob("*.onnx")):
            assert read_contract(path).role in path.name
