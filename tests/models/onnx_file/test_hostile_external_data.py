"""Networks that ask for other files, in every place where a tensor can be: refused before ONNX Runtime sees them."""

from __future__ import annotations

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from recurve.tests.models.onnx_file.harmful_pieces import loop_body, point_outside, varint  # noqa: E402


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
