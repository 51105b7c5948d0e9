"""Graphs made to harm: refused with a sentence before ONNX Runtime sees them."""

from __future__ import annotations

import numpy as np
import pytest
from recurve.models.onnx_file.reading import read_contract

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402


def point_outside(tensor, location, length=None):
    """Let a tensor say that its values are in another file."""
    size = len(numpy_helper.to_array(tensor).tobytes())
    for field in ("raw_data", "float_data", "int64_data"):
        tensor.ClearField(field)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "0"), ("length", str(length or size))):
        tensor.external_data.add(key=key, value=value)


def loop_body(corrector_model):
    return next(node for node in corrector_model.graph.node if node.op_type == "Loop").attribute[0].g


def varint(value):
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])


class TestOtherFiles:
    """External data: whatever a network file says, nothing but itself is read."""

    @pytest.fixture
    def canary(self, tmp_path, monkeypatch, classifier_model):
        """A file of the right size where ONNX Runtime would look for it: the current folder."""
        folder = tmp_path / "current"
        folder.mkdir()
        weights = numpy_helper.to_array(classifier_model.graph.initializer[0])
        (folder / "canary.bin").write_bytes(np.full(weights.shape, 7, np.float32).tobytes())
        (tmp_path / "canary.bin").write_bytes((folder / "canary.bin").read_bytes())
        monkeypatch.chdir(folder)
        return folder / "canary.bin"

    def test_onnx_runtime_alone_would_read_it(self, classifier_model, canary):
        """What all this is for; if it fails, ONNX Runtime has become stricter."""
        point_outside(classifier_model.graph.initializer[0], canary.name)
        session = onnxruntime.InferenceSession(
            classifier_model.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        assert session.run(None, {"image": np.ones((1, 3, 8, 8), np.float32)})[0].max() > 15

    @pytest.mark.parametrize(
        "location", ["canary.bin", "./canary.bin", "../canary.bin", "/etc/passwd", "", "\0"]
    )
    def test_initializer(self, classifier_model, canary, refused, location):
        point_outside(classifier_model.graph.initializer[0], location)
        assert "values of the tensor 'weights' in another file (external data)" in refused(classifier_model)

    def test_absolute_path(self, classifier_model, canary, refused):
        point_outside(classifier_model.graph.initializer[0], str(canary))
        assert "external data" in refused(classifier_model)

    def test_beside_the_network(self, classifier_model, canary, refused, tmp_path):
        point_outside(classifier_model.graph.initializer[0], "canary.bin")
        (tmp_path / "canary.bin").write_bytes(canary.read_bytes())
        assert "external data" in refused(classifier_model)

    def test_in_a_constant(self, classifier_model, canary, refused):
        weights = classifier_model.graph.initializer[0]
        classifier_model.graph.node.insert(0, helper.make_node("Constant", [], [weights.name], value=weights))
        point_outside(classifier_model.graph.node[0].attribute[0].t, "canary.bin")
        del classifier_model.graph.initializer[0]
        assert "external data" in refused(classifier_model)

    def test_in_the_body_of_a_loop(self, corrector_model, canary, refused):
        tensor = numpy_helper.from_array(np.zeros(3, np.float32), "hidden")
        point_outside(tensor, "canary.bin")
        loop_body(corrector_model).initializer.append(tensor)
        assert "'hidden' in another file" in refused(corrector_model)

    def test_in_a_list_of_tensors(self, classifier_model, canary, refused):
        tensor = numpy_helper.from_array(np.zeros(3, np.float32), "hidden")
        point_outside(tensor, "canary.bin")
        classifier_model.graph.node[0].attribute.append(helper.make_attribute("more", [tensor]))
        assert "'hidden' in another file" in refused(classifier_model)

    def test_in_a_sparse_tensor(self, classifier_model, canary, refused):
        values = numpy_helper.from_array(np.zeros(1, np.float32), "hidden")
        point_outside(values, "canary.bin")
        indices = numpy_helper.from_array(np.zeros(1, np.int64))
        classifier_model.graph.sparse_initializer.append(
            helper.make_sparse_tensor(values, indices, [100_000, 100_000])
        )
        assert "sparse tensor" in refused(classifier_model)

    def test_in_a_function(self, classifier_model, canary, refused):
        constant = helper.make_node(
            "Constant", [], ["y"], value=numpy_helper.from_array(np.zeros(3, np.float32), "hidden")
        )
        point_outside(constant.attribute[0].t, "canary.bin")
        opset = [helper.make_opsetid("", 17)]
        classifier_model.functions.append(helper.make_function("own", "f", [], ["y"], [constant], opset))
        assert "functions of its own" in refused(classifier_model)

    def test_in_a_graph_for_training(self, classifier_model, canary, refused):
        classifier_model.training_info.add().initialization.CopyFrom(classifier_model.graph)
        assert "graph for training" in refused(classifier_model)

    def test_in_a_second_graph_that_protobuf_would_join(self, seeds, classifier_model, canary, refused):
        other = onnx.ModelProto()
        other.graph.initializer.append(numpy_helper.from_array(np.zeros(3, np.float32), "hidden"))
        point_outside(other.graph.initializer[0], "canary.bin")
        assert "damaged" in refused(seeds["classifier"] + other.SerializeToString())

    def test_under_a_key_of_which_protobuf_keeps_32_bits(self, seeds, refused):
        """Field 7 with one bit more: the graph to protobuf's own readers, field 2**29 + 7 to those who count on."""
        assert "damaged" in refused(seeds["classifier"] + varint((1 << 32) + (7 << 3 | 2)) + b"\x00")

    def test_location_without_data(self, classifier_model, refused):
        classifier_model.graph.initializer[0].data_location = TensorProto.EXTERNAL
        assert "external data" in refused(classifier_model)


class TestGraphs:
    """Graphs that would take the process or the machine with them."""

    @pytest.mark.parametrize("domain", ["com.microsoft", "com.example", "ai.onnx.ml"])
    def test_foreign_operators(self, classifier_model, refused, domain):
        """EPContext, for one, reads files of its own."""
        classifier_model.graph.node.append(helper.make_node("EPContext", ["scores"], ["x"], domain=domain))
        assert f"needs the operator 'EPContext' of '{domain}'" in refused(classifier_model)

    def test_a_foreign_operator_behind_a_standard_domain(self, classifier_model, refused):
        """Of a field that is there twice, protobuf takes the last."""

        def message(number, content):
            return varint(number << 3 | 2) + varint(len(content)) + content

        node = helper.make_node("EPContext", ["scores"], ["x"], domain="ai.onnx").SerializeToString()
        graph = classifier_model.graph.SerializeToString() + message(1, node + message(7, b"com.microsoft"))
        classifier_model.ClearField("graph")
        said = refused(classifier_model.SerializeToString() + message(7, graph))
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
