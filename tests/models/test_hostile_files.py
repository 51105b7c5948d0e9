"""Files made to harm, and files that were harmed: a sentence, never a crash, never a look into another file."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recurve.models.contract import METADATA_KEY, NetworkContract
from recurve.models.errors import ContractError
from recurve.models.network_file import read_contract
from recurve.models.self_test import example_inputs, pack, unpack

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from recurve.models.session import Network  # noqa: E402

CASES = 10_000
BATCH = 500
CASES_SCRIPT = Path(__file__).with_name("hostile_cases.py")
few = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

VALUES = [
    None, True, 0, -1, 254, 255, 10**29, 1e39, float("nan"), float("inf"), "", "map", "a" * 10_000, "\ud800",
    "a\0b", "\x1b[2J", "<script>", [], [[]], {}, {"zlib": ""}, [1, 2], ["a"] * 300,
]  # fmt: skip


@pytest.fixture(scope="session")
def seeds(make_network):
    """Bytes of a classifier and a corrector with self-tests, from which the harmed files are made."""
    found = {}
    for role in ("classifier", "corrector"):
        plain = Network.open(make_network(role), "CPU")
        contract = plain.contract
        inputs = example_inputs(contract.bands, len(contract.classes), role == "corrector")
        session = onnxruntime.InferenceSession(str(plain.path), providers=["CPUExecutionProvider"])
        scores = session.run(None, inputs)[0]
        path = make_network(role, self_test=pack(inputs, scores))
        assert Network.open(path, "CPU").self_test() == 0
        found[role] = path.read_bytes()
    return found


@pytest.fixture
def refused(tmp_path):
    """A function that opens a model or bytes, expects a refusal, and gives the sentence."""

    def check(content):
        path = tmp_path / "hostile.onnx"
        path.write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
        for way in (read_contract, Network.open):
            with pytest.raises(ContractError) as refusal:
                way(path)
            assert str(path) in str(refusal.value)
        return str(refusal.value)

    return check


@pytest.fixture
def classifier(seeds):
    return onnx.load_from_string(seeds["classifier"])


@pytest.fixture
def corrector(seeds):
    return onnx.load_from_string(seeds["corrector"])


def point_outside(tensor, location, length=None):
    """Let a tensor say that its values are in another file."""
    size = len(numpy_helper.to_array(tensor).tobytes())
    for field in ("raw_data", "float_data", "int64_data"):
        tensor.ClearField(field)
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", "0"), ("length", str(length or size))):
        tensor.external_data.add(key=key, value=value)


def loop_body(corrector):
    return next(node for node in corrector.graph.node if node.op_type == "Loop").attribute[0].g


def contract_of(model):
    return json.loads(model.metadata_props[0].value)


def with_contract(model, text):
    model.metadata_props[0].value = text
    return model


def spliced(model, text):
    """The model with a contract that need not be text."""
    entry = b"\x0a" + bytes([len(METADATA_KEY)]) + METADATA_KEY.encode() + b"\x12" + varint(len(text)) + text
    model.ClearField("metadata_props")
    content = model.SerializeToString()
    return content + b"\x72" + varint(len(entry)) + entry


def varint(value):
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])


class TestOtherFiles:
    """External data: whatever a network file says, nothing but itself is read."""

    @pytest.fixture
    def canary(self, tmp_path, monkeypatch, classifier):
        """A file of the right size where ONNX Runtime would look for it: the current folder."""
        folder = tmp_path / "current"
        folder.mkdir()
        weights = numpy_helper.to_array(classifier.graph.initializer[0])
        (folder / "canary.bin").write_bytes(np.full(weights.shape, 7, np.float32).tobytes())
        (tmp_path / "canary.bin").write_bytes((folder / "canary.bin").read_bytes())
        monkeypatch.chdir(folder)
        return folder / "canary.bin"

    def test_onnx_runtime_alone_would_read_it(self, classifier, canary):
        """What all this is for; if it fails, ONNX Runtime has become stricter."""
        point_outside(classifier.graph.initializer[0], canary.name)
        session = onnxruntime.InferenceSession(
            classifier.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        assert session.run(None, {"image": np.ones((1, 3, 8, 8), np.float32)})[0].max() > 15

    @pytest.mark.parametrize(
        "location", ["canary.bin", "./canary.bin", "../canary.bin", "/etc/passwd", "", "\0"]
    )
    def test_initializer(self, classifier, canary, refused, location):
        point_outside(classifier.graph.initializer[0], location)
        assert "values of the tensor 'weights' in another file (external data)" in refused(classifier)

    def test_absolute_path(self, classifier, canary, refused):
        point_outside(classifier.graph.initializer[0], str(canary))
        assert "external data" in refused(classifier)

    def test_beside_the_network(self, classifier, canary, refused, tmp_path):
        point_outside(classifier.graph.initializer[0], "canary.bin")
        (tmp_path / "canary.bin").write_bytes(canary.read_bytes())
        assert "external data" in refused(classifier)

    def test_in_a_constant(self, classifier, canary, refused):
        weights = classifier.graph.initializer[0]
        classifier.graph.node.insert(0, helper.make_node("Constant", [], [weights.name], value=weights))
        point_outside(classifier.graph.node[0].attribute[0].t, "canary.bin")
        del classifier.graph.initializer[0]
        assert "external data" in refused(classifier)

    def test_in_the_body_of_a_loop(self, corrector, canary, refused):
        tensor = numpy_helper.from_array(np.zeros(3, np.float32), "hidden")
        point_outside(tensor, "canary.bin")
        loop_body(corrector).initializer.append(tensor)
        assert "'hidden' in another file" in refused(corrector)

    def test_in_a_list_of_tensors(self, classifier, canary, refused):
        tensor = numpy_helper.from_array(np.zeros(3, np.float32), "hidden")
        point_outside(tensor, "canary.bin")
        classifier.graph.node[0].attribute.append(helper.make_attribute("more", [tensor]))
        assert "'hidden' in another file" in refused(classifier)

    def test_in_a_sparse_tensor(self, classifier, canary, refused):
        values = numpy_helper.from_array(np.zeros(1, np.float32), "hidden")
        point_outside(values, "canary.bin")
        indices = numpy_helper.from_array(np.zeros(1, np.int64))
        classifier.graph.sparse_initializer.append(
            helper.make_sparse_tensor(values, indices, [100_000, 100_000])
        )
        assert "sparse tensor" in refused(classifier)

    def test_in_a_function(self, classifier, canary, refused):
        constant = helper.make_node(
            "Constant", [], ["y"], value=numpy_helper.from_array(np.zeros(3, np.float32), "hidden")
        )
        point_outside(constant.attribute[0].t, "canary.bin")
        opset = [helper.make_opsetid("", 17)]
        classifier.functions.append(helper.make_function("own", "f", [], ["y"], [constant], opset))
        assert "functions of its own" in refused(classifier)

    def test_in_a_graph_for_training(self, classifier, canary, refused):
        classifier.training_info.add().initialization.CopyFrom(classifier.graph)
        assert "graph for training" in refused(classifier)

    def test_in_a_second_graph_that_protobuf_would_join(self, seeds, classifier, canary, refused):
        other = onnx.ModelProto()
        other.graph.initializer.append(numpy_helper.from_array(np.zeros(3, np.float32), "hidden"))
        point_outside(other.graph.initializer[0], "canary.bin")
        assert "damaged" in refused(seeds["classifier"] + other.SerializeToString())

    def test_under_a_key_of_which_protobuf_keeps_32_bits(self, seeds, refused):
        """Field 7 with one bit more: the graph to protobuf's own readers, field 2**29 + 7 to those who count on."""
        assert "damaged" in refused(seeds["classifier"] + varint((1 << 32) + (7 << 3 | 2)) + b"\x00")

    def test_location_without_data(self, classifier, refused):
        classifier.graph.initializer[0].data_location = TensorProto.EXTERNAL
        assert "external data" in refused(classifier)


class TestGraphs:
    """Graphs that would take the process or the machine with them."""

    @pytest.mark.parametrize("domain", ["com.microsoft", "com.example", "ai.onnx.ml"])
    def test_foreign_operators(self, classifier, refused, domain):
        """EPContext, for one, reads files of its own."""
        classifier.graph.node.append(helper.make_node("EPContext", ["scores"], ["x"], domain=domain))
        assert f"needs the operator 'EPContext' of '{domain}'" in refused(classifier)

    @pytest.mark.parametrize("dims", [[2**40], [2**31, 2**31], [-1], [2**62, 2**62, 4], [0, 2**62], [1] * 17])
    def test_declared_shape(self, classifier, refused, dims):
        tensor = classifier.graph.initializer[0]
        tensor.ClearField("dims")
        tensor.dims.extend(dims)
        sentence = refused(classifier)
        assert "declares the shape" in sentence or "damaged" in sentence

    @pytest.mark.parametrize(
        ("operator", "size"), [("ConstantOfShape", 0), ("Expand", 1), ("Tile", 1), ("Resize", 3)]
    )
    @pytest.mark.parametrize("is_constant", [True, False])
    def test_made_of_constants(self, classifier, refused, operator, size, is_constant):
        """A hundred bytes that ask for terabytes."""
        shape = numpy_helper.from_array(np.array([1 << 20, 1 << 20], np.int64), "shape")
        if is_constant:
            classifier.graph.node.append(helper.make_node("Constant", [], ["shape"], value=shape))
        else:
            classifier.graph.initializer.append(shape)
        inputs = [*["scores", "", "", ""][:size], "shape"]
        classifier.graph.node.append(helper.make_node(operator, inputs, ["huge"]))
        assert "numbers out of constants alone" in refused(classifier)

    def test_a_size_in_a_list(self, classifier, refused):
        """Not packed, as the ONNX library writes it, each number is a field of its own."""
        sizes = helper.make_node("Constant", [], ["shape"], value_ints=[1 << 20, 1 << 20])
        classifier.graph.node.extend([sizes, helper.make_node("ConstantOfShape", ["shape"], ["huge"])])
        assert "numbers out of constants alone (the last ones with ConstantOfShape)" in refused(classifier)

    @pytest.mark.parametrize("times", [1, 8])
    def test_little_by_little(self, classifier, refused, times):
        """ONNX Runtime 1.31.1 makes 8 times 900 MB of half a megabyte, and keeps all of them."""
        side = 1 << 14 if times == 1 else 1 << 12
        for number in range(times):
            for name, shape in (("row", (1, side)), ("column", (side, 1))):
                array = np.ones(shape, np.float32)
                classifier.graph.initializer.append(numpy_helper.from_array(array, f"{name}{number}"))
            inputs, output = [f"row{number}", f"column{number}"], f"outer{number}"
            classifier.graph.node.append(helper.make_node("Add", inputs, [output]))
        assert "numbers out of constants alone (the last ones with Add)" in refused(classifier)

    def test_doubled_again_and_again(self, classifier, refused):
        last = "weights"
        for number in range(30):
            classifier.graph.node.append(helper.make_node("Concat", [last, last], [f"c{number}"], axis=0))
            last = f"c{number}"
        assert "numbers out of constants alone (the last ones with Concat)" in refused(classifier)

    @pytest.mark.parametrize("operator", ["Range", "ConstantOfShape", "RandomNormal", "If"])
    def test_computed_sizes(self, classifier, refused, operator):
        classifier.graph.node.append(helper.make_node("Identity", ["weights"], ["same"]))
        inputs = [] if operator == "RandomNormal" else ["same"]
        classifier.graph.node.append(helper.make_node(operator, inputs, ["x"]))
        assert f"computes {operator} from constants alone" in refused(classifier)

    def test_little_constants_pass(self, classifier, tmp_path):
        """What exporters leave for the runtime to compute."""
        classifier.graph.node.extend(
            [
                helper.make_node("Transpose", ["weights"], ["a"]),
                helper.make_node("Mul", ["weights", "bias"], ["b"]),
                helper.make_node("Concat", ["bias", "bias"], ["c"], axis=0),
                helper.make_node("Gather", ["c", "b"], ["d"]),
            ]
        )
        (tmp_path / "fine.onnx").write_bytes(classifier.SerializeToString())
        assert read_contract(tmp_path / "fine.onnx").role == "classifier"

    @pytest.mark.parametrize("number", [1 << 31, 1 << 32, -(1 << 31) - 1, (1 << 63) - 1])
    def test_setting_past_32_bits(self, classifier, refused, number):
        """ONNX Runtime 1.31.1 divides by zero for a DepthToSpace of blocksize 2**32."""
        classifier.graph.node.append(helper.make_node("DepthToSpace", ["scores"], ["x"], blocksize=number))
        assert f"sets 'blocksize' of an operator to {number}" in refused(classifier)

    def test_graphs_within_graphs(self, corrector, refused):
        for _ in range(20):
            body = loop_body(corrector)
            inner = helper.make_node("Loop", [], [], body=body)
            outer = onnx.GraphProto(name="outer", node=[inner])
            next(n for n in corrector.graph.node if n.op_type == "Loop").attribute[0].g.CopyFrom(outer)
        assert "more than 16 deep" in refused(corrector)

    def test_two_attributes_of_one_name(self, classifier, refused):
        node = classifier.graph.node[0]
        node.attribute.append(node.attribute[0])
        assert "damaged" in refused(classifier)

    def test_two_tensors_in_one_attribute(self, classifier, refused):
        node = helper.make_node("Constant", [], ["x"], value=numpy_helper.from_array(np.zeros(3, np.float32)))
        attribute = node.attribute[0].SerializeToString() + b"\x2a\x00"
        content = b"\x22\x08Constant" + b"\x12\x01x" + b"\x2a" + varint(len(attribute)) + attribute
        graph = classifier.graph.SerializeToString() + b"\x0a" + varint(len(content)) + content
        classifier.ClearField("graph")
        assert "damaged" in refused(classifier.SerializeToString() + b"\x3a" + varint(len(graph)) + graph)

    def test_names_that_are_no_text(self, seeds, refused):
        assert "damaged" in refused(seeds["classifier"].replace(b"\x05image\x12", b"\x05imag\xff\x12"))

    def test_nothing_but_fields(self, seeds, refused):
        assert "damaged" in refused(seeds["classifier"] + b"\x08\x00" * 300_000)

    def test_plain_networks_pass(self, root):
        for path in sorted((root / "models" / "weights").glob("*.onnx")):
            assert read_contract(path).role in path.name


class TestContracts:
    """Metadata made to harm."""

    def test_two_contracts(self, classifier, refused):
        classifier.metadata_props.append(classifier.metadata_props[0])
        assert "has 2 contracts" in refused(classifier)

    def test_too_large(self, classifier, refused):
        assert "bytes, and at most 16777216 are read" in refused(with_contract(classifier, " " * (17 << 20)))

    def test_no_text(self, classifier, refused):
        assert "damaged" in refused(spliced(classifier, b"\xff\xfe{}"))

    @pytest.mark.parametrize(
        "text", ["[" * 100_000, '{"a":' * 100_000, "[" * (16 << 20), "\0", "NaN", "9" * 5000]
    )
    def test_no_json(self, classifier, refused, text):
        assert "contract" in refused(with_contract(classifier, text))

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("training", {"a": "\ud800"}, "half a character"),
            ("training", {"\udfff": 1}, "half a character"),
            ("name", "a\0b", "'name' must be"),
            ("name", "a" * 201, "'name' must be"),
            ("pixel_size_m", 10**29, "'pixel_size_range_m' must be"),
            ("pixel_size_m", 1e39, "'pixel_size_m' must be"),
            ("pixel_size_m", float("inf"), "'pixel_size_m' must be"),
            ("reach_px", 10**29, "'reach_px' must be"),
            ("format_version", 10**29, "update Recurve"),
            ("x" * 100_000, 1, "is unknown"),
        ],
    )
    def test_values(self, classifier, refused, field, value, words):
        text = json.dumps({**contract_of(classifier), field: value})
        sentence = refused(with_contract(classifier, text))
        assert words in sentence
        assert len(sentence) < 1000

    def test_a_number_of_many_digits(self, classifier, refused):
        """Python would need minutes for a million of them, and refuses more than 4300 where it is new enough."""
        text = json.dumps({**contract_of(classifier), "training": {"epochs": "?"}})
        text = text.replace('"?"', "1" + "0" * 1_000_000)
        assert "a number of 1000001 digits" in refused(with_contract(classifier, text))

    def test_nested(self, classifier, refused):
        training = json.loads('{"a":' * 40 + "1" + "}" * 40)
        text = json.dumps({**contract_of(classifier), "training": training})
        assert "nested more than 32 deep" in refused(with_contract(classifier, text))

    def test_tens_of_thousands_of_bands(self, classifier, refused):
        record = contract_of(classifier)
        record["bands"] = "?"
        band = '{"name":"b","minimum":0,"maximum":1,"mean":0,"deviation":1}'
        text = json.dumps(record).replace('"?"', "[" + ",".join([band] * 50_000) + "]")
        assert "at most 4096 bands" in refused(with_contract(classifier, text))


class TestSelfTests:
    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("image", {"shape": [1, 3, 10**9, 10**9]}),
            ("image", {"shape": [1, 3, 1 << 40, 1 << 40]}),
            ("image", {"shape": [10**29]}),
            ("image", {"shape": [float("inf")]}),
            ("image", {"shape": [-1, -3, 24, 24]}),
            ("image", {"shape": [1, 3, 12, 48]}),
            ("image", {"shape": None}),
            ("image", {"dtype": "object"}),
            ("image", {"dtype": ["float32"]}),
            ("image", {"zlib": base64.b64encode(zlib.compress(bytes(1 << 30), 9)).decode()}),
            ("image", {"zlib": "€"}),
            ("image", {"zlib": 7}),
            ("scores", {"shape": [1, 3, 576, 1]}),
            ("iterations", {"zlib": base64.b64encode(zlib.compress((2**62).to_bytes(8, "little"))).decode()}),
            ("iterations", {"zlib": base64.b64encode(zlib.compress(b"\xff" * 8)).decode()}),
        ],
    )
    def test_damaged(self, corrector, name, fields):
        contract = contract_of(corrector)
        contract["self_test"][name].update(fields)
        with pytest.raises(ContractError, match=r"self-test .* is missing or damaged"):
            unpack(NetworkContract.from_json(json.dumps(contract, default=str)))


class TestSpecialFiles:
    def test_pipe(self, tmp_path):
        """Opening one would wait for ever."""
        os.mkfifo(tmp_path / "pipe.onnx")
        with pytest.raises(ContractError, match=r"pipe\.onnx is not a file; choose"):
            read_contract(tmp_path / "pipe.onnx")

    @pytest.mark.parametrize("path", ["/dev/zero", "/dev", "a\0b", "x" * 5000, ""])
    def test_no_file(self, path):
        with pytest.raises(ContractError, match=r"choose an \.onnx file"):
            read_contract(path)

    def test_without_an_end(self, tmp_path):
        path = tmp_path / "sparse.onnx"
        with path.open("wb") as file:
            file.truncate(3 << 30)
        with pytest.raises(ContractError, match="larger than an ONNX file can be"):
            read_contract(path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


class TestProperties:
    """Some hundred cases of each kind, in this process: none of them reaches ONNX Runtime's own code."""

    @few
    @given(text=st.text() | json_values.map(json.dumps))
    def test_any_text(self, text):
        with pytest.raises(ContractError):
            NetworkContract.from_json(text)

    @few
    @given(data=st.data())
    def test_any_value_in_any_field(self, seeds, data):
        record = contract_of(onnx.load_from_string(seeds[data.draw(st.sampled_from(sorted(seeds)))]))
        field = data.draw(st.sampled_from(sorted(record)))
        record[field] = data.draw(json_values)
        try:
            contract = NetworkContract.from_json(json.dumps(record))
            contract.to_json().encode()
            unpack(contract)
        except ContractError as error:
            assert 20 < len(str(error)) < 1000  # noqa: PT017

    @few
    @given(content=st.binary(max_size=400))
    def test_any_bytes(self, tmp_path, content):
        path = tmp_path / "any.onnx"
        path.write_bytes(content)
        with pytest.raises(ContractError, match=r"damaged|without Recurve's contract"):
            read_contract(path)

    @few
    @given(data=st.data())
    def test_any_cut(self, seeds, tmp_path, data):
        content = seeds["corrector"]
        path = tmp_path / "cut.onnx"
        path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
        with pytest.raises(ContractError):
            read_contract(path)


@pytest.fixture
def open_cases(root, seeds, tmp_path):
    """A function that lets a child process, which may die, open the cases of a range, and gives what came of each."""
    folder, current = tmp_path / "seeds", tmp_path / "current"
    folder.mkdir()
    current.mkdir()
    (current / "canary.bin").write_bytes(bytes(1 << 16))
    for role, content in seeds.items():
        (folder / f"{role}.onnx").write_bytes(content)

    def run(numbers, script=CASES_SCRIPT):
        found, start, grown_mib = {}, numbers.start, 0
        while start < numbers.stop:
            stop = min(start + BATCH, numbers.stop)
            ran = subprocess.run(
                [sys.executable, str(script), str(root), str(folder), str(start), str(stop)],
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                cwd=current,
                timeout=600,
                check=False,
            )
            lines = [json.loads(line) for line in ran.stdout.splitlines()]
            assert lines, ran.stderr
            found.update({line["number"]: line for line in lines if "outcome" in line})
            if ran.returncode == 0:
                grown_mib = max(grown_mib, lines[-1]["grown_mib"])
                start = stop
            else:
                last = lines[-1]
                outcome = f"killed the process ({ran.returncode})"
                found[last["number"]] = {**last, "outcome": outcome, "sentence": ran.stderr[-500:]}
                start = last["number"] + 1
        return found, grown_mib

    return run


def check_cases(numbers, found):
    """Nothing but sentences and networks may have come of these cases; how many of each."""
    assert sorted(found) == list(numbers)
    for number, result in found.items():
        kind, outcome, sentence = result["kind"], result["outcome"], result["sentence"]
        case = f"case {number} ({kind}): {outcome}: {sentence}"
        assert outcome in ("loaded", "refused"), case
        assert result["others"] == [], f"{case}; opened {result['others']}"
        assert result["forbidden"] == [], f"{case}; {result['forbidden']}"
        if outcome == "refused":
            assert 30 < len(sentence) < 1500, case
            assert "Traceback" not in sentence, case
        if kind == "point_to_other_files":
            assert "external data" in sentence, case
    return Counter(result["outcome"] for result in found.values())


def test_some_hundred_cases(open_cases):
    numbers = range(CASES, CASES + 400)
    found, _ = open_cases(numbers)
    outcomes = check_cases(numbers, found)
    assert outcomes["loaded"] > 10, "the harm is too coarse to reach ONNX Runtime"
    assert outcomes["refused"] > 200


@pytest.mark.slow
def test_ten_thousand_cases(open_cases, capsys):
    found, grown_mib = open_cases(range(CASES))
    outcomes = check_cases(range(CASES), found)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{len(found)} hostile cases: {outcomes['refused']} refused with a sentence, {outcomes['loaded']} "
            f"loaded, 0 crashes, 0 other files opened, at most {grown_mib} MiB of memory"
        )


def test_a_child_that_dies_is_noticed(open_cases, tmp_path):
    script = tmp_path / "dies.py"
    script.write_text(
        "import json, os, sys\n"
        "print(json.dumps({'number': int(sys.argv[3]), 'kind': 'deadly'}), flush=True)\n"
        "os.abort()\n"
    )
    found, _ = open_cases(range(2), script)
    assert [result["outcome"] for result in found.values()] == ["killed the process (-6)"] * 2
    with pytest.raises(AssertionError, match=r"case 0 \(deadly\): killed the process"):
        check_cases(range(2), found)
