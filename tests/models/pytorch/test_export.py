"""Exported files compute what the trained networks compute, or are not there."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from recurve.core.errors import ExportError  # noqa: E402
from recurve.models.onnx_file.reading import read_contract  # noqa: E402
from recurve.models.pytorch import export  # noqa: E402
from recurve.models.runtime.network import Network  # noqa: E402


def exported(make_torch_network, make_facts, form, path, bands=3, classes=4):
    network = make_torch_network(form, bands, classes)
    if form in ("classifier", "u-net"):
        export.export_classifier(network, make_facts("classifier", bands, classes), path)
    else:
        export.export_corrector(network, make_facts("corrector", bands, classes), path)
    return network


@pytest.mark.parametrize("form", ["classifier", "u-net"])
@pytest.mark.parametrize(("bands", "classes"), [(1, 2), (3, 5)])
@pytest.mark.parametrize("cells", [(1, 1, 1), (2, 11, 8), (1, 25, 16)])
def test_classifier_equals_pytorch(make_torch_network, make_facts, tmp_path, form, bands, classes, cells):
    network = exported(make_torch_network, make_facts, form, tmp_path / "c.onnx", bands, classes)
    batch, height, width = cells[0], cells[1] * network.stride, cells[2] * network.stride
    image = np.random.default_rng(1).uniform(0, 255, (batch, bands, height, width)).astype(np.float32)
    assert export.largest_difference(network, tmp_path / "c.onnx", {"image": image}) <= 1e-4


@pytest.mark.parametrize("form", ["deep", "guided", "paper", "paper class-agnostic"])
@pytest.mark.parametrize("iterations", [0, 1, 8])
def test_corrector_equals_pytorch(make_torch_network, make_facts, tmp_path, form, iterations):
    network = exported(make_torch_network, make_facts, form, tmp_path / "k.onnx")
    rng = np.random.default_rng(1)
    for sides in ((7, 9), (64, 33)) if network.stride == 1 else ((8, 16), (64, 40)):
        height, width = sides
        inputs = {
            "scores": rng.normal(0, 2, (1, 4, height, width)).astype(np.float32),
            "image": rng.uniform(0, 255, (1, 3, height, width)).astype(np.float32),
            "iterations": np.array(iterations),
        }
        assert export.largest_difference(network, tmp_path / "k.onnx", inputs) <= 1e-4
    session = onnxruntime.InferenceSession(str(tmp_path / "k.onnx"), providers=["CPUExecutionProvider"])
    unchanged = session.run(None, {**inputs, "iterations": np.array(0)})[0]
    np.testing.assert_array_equal(unchanged, inputs["scores"])


@pytest.mark.parametrize("form", ["deep", "paper", "paper class-agnostic"])
def test_an_iteration_computes_nothing_that_could_be_in_the_file(
    make_torch_network, make_facts, tmp_path, form
):
    """The linear layers are merged once, before the file is written, and not in every iteration."""
    import onnx

    exported(make_torch_network, make_facts, form, tmp_path / "k.onnx")
    graph = onnx.load(str(tmp_path / "k.onnx")).graph
    (loop,) = (node for node in graph.node if node.op_type == "Loop")
    operators = [node.op_type for node in loop.attribute[0].g.node if node.op_type != "Identity"]
    assert operators == ["Conv", "Add", "Relu", "Conv", "Add"]
    assert Network.open(tmp_path / "k.onnx", "CPU").self_test() <= 1e-4


def test_contract_is_filled_in(make_torch_network, make_facts, tmp_path):
    network = exported(make_torch_network, make_facts, "deep", tmp_path / "k.onnx")
    contract = read_contract(tmp_path / "k.onnx")
    assert (contract.form, contract.reach_px, contract.stride, contract.reach_per_iteration_px) == (
        "deep",
        network.reach_px,
        8,
        2,
    )
    exported(make_torch_network, make_facts, "classifier", tmp_path / "c.onnx")
    contract = read_contract(tmp_path / "c.onnx")
    assert (contract.form, contract.reach_px, contract.stride) == ("paper", 37, 4)
    exported(make_torch_network, make_facts, "u-net", tmp_path / "u.onnx")
    contract = read_contract(tmp_path / "u.onnx")
    assert (contract.form, contract.reach_px, contract.stride) == ("u-net", 66, 8)


def test_a_link_stays_and_what_it_leads_to_is_the_network(make_torch_network, make_facts, tmp_path):
    (tmp_path / "disk").mkdir()
    real, link = tmp_path / "disk" / "real.onnx", tmp_path / "link.onnx"
    link.symlink_to(real)
    exported(make_torch_network, make_facts, "classifier", link)
    assert link.is_symlink()
    assert read_contract(real).form == "paper"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["disk", "link.onnx", "real.onnx"]


def test_image_branch_is_outside_of_the_loop_and_merged(make_torch_network, make_facts, tmp_path):
    """The guidance's layers once; in the loop two convolutions; no batch normalisation left."""
    import onnx

    exported(make_torch_network, make_facts, "deep", tmp_path / "k.onnx")
    graph = onnx.load(str(tmp_path / "k.onnx")).graph
    (loop,) = [node for node in graph.node if node.op_type == "Loop"]
    body = loop.attribute[0].g
    # three levels down with a block each, two up with a block each, features to pixels, pixels to guidance
    assert [node.op_type for node in graph.node].count("Conv") == 3 * 3 + 2 * 3 + 1 + 1
    assert [node.op_type for node in body.node].count("Conv") == 2
    assert "BatchNormalization" not in {node.op_type for node in graph.node}
    exported(make_torch_network, make_facts, "paper", tmp_path / "p.onnx")
    graph = onnx.load(str(tmp_path / "p.onnx")).graph
    assert [node.op_type for node in graph.node].count("Conv") == 1


def test_classifier_has_its_batch_normalisation_merged(make_torch_network, make_facts, tmp_path):
    import onnx

    exported(make_torch_network, make_facts, "u-net", tmp_path / "u.onnx")
    operators = {node.op_type for node in onnx.load(str(tmp_path / "u.onnx")).graph.node}
    assert operators == {"Sub", "Div", "Conv", "Relu", "Add", "Resize", "DepthToSpace"}


@pytest.mark.parametrize("form", ["classifier", "u-net"])
def test_scores_of_a_part_are_those_of_the_whole(make_torch_network, make_facts, tmp_path, form):
    """To the last bit, where the part is read with a halo in the stride's phase; half of it is not enough."""
    network = exported(make_torch_network, make_facts, form, tmp_path / "c.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "c.onnx"), providers=["CPUExecutionProvider"])
    image = np.random.default_rng(1).uniform(0, 255, (1, 3, 264, 240)).astype(np.float32)
    (whole,) = session.run(None, {"image": image})
    stride = network.stride
    halo = -(-network.reach_px // stride) * stride
    first, last = 96, 96 + 5 * stride
    for border, is_exact in ((halo, True), (halo // 2 // stride * stride, False)):
        part = image[:, :, first - border : last + border, first - border : last + border]
        (scores,) = session.run(None, {"image": np.ascontiguousarray(part)})
        inner = scores[:, :, border:-border, border:-border]
        assert np.array_equal(inner, whole[:, :, first:last, first:last]) == is_exact


@pytest.mark.parametrize("form", ["deep", "paper"])
def test_corrected_scores_of_a_part_are_those_of_the_whole(make_torch_network, make_facts, tmp_path, form):
    """As above, for three iterations of a corrector."""
    network = exported(make_torch_network, make_facts, form, tmp_path / "k.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "k.onnx"), providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(1)
    image = rng.uniform(0, 255, (1, 3, 264, 240)).astype(np.float32)
    scores = rng.normal(0, 2, (1, 4, 264, 240)).astype(np.float32)

    def corrected(*arrays):
        names = ("scores", "image", "iterations")
        return session.run(None, dict(zip(names, (*map(np.ascontiguousarray, arrays), np.array(3)))))[0]

    whole = corrected(scores, image)
    stride = network.stride
    halo = -(-(network.reach_px + 3 * network.reach_per_iteration_px) // stride) * stride
    first, last = 96, 96 + 40
    for border, is_exact in ((halo, True), (halo // 2 // stride * stride, False)):
        part = np.s_[:, :, first - border : last + border, first - border : last + border]
        inner = corrected(scores[part], image[part])[:, :, border:-border, border:-border]
        assert np.array_equal(inner, whole[:, :, first:last, first:last]) == is_exact


def test_file_that_differs_is_not_kept(make_torch_network, make_facts, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "largest_difference", lambda *_: 3e-4)
    with pytest.raises(ExportError, match=r"differ from PyTorch's by 0\.0003.*k\.onnx was not written"):
        exported(make_torch_network, make_facts, "deep", tmp_path / "k.onnx")
    assert list(tmp_path.iterdir()) == []


def test_nan_weights_are_not_kept(make_torch_network, make_facts, tmp_path):
    network = make_torch_network("deep")
    with torch.no_grad():
        network.out.fill_(float("nan"))
    with pytest.raises(ExportError, match="differ from PyTorch's by nan"):
        export.export_corrector(network, make_facts("corrector"), tmp_path / "k.onnx")
    assert list(tmp_path.iterdir()) == []


def test_same_network_same_bytes(make_torch_network, make_facts, tmp_path):
    for name in ("a.onnx", "b.onnx"):
        exported(make_torch_network, make_facts, "deep", tmp_path / name)
    assert (tmp_path / "a.onnx").read_bytes() == (tmp_path / "b.onnx").read_bytes()
