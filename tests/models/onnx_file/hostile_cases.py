"""Harms networks and opens them, which may kill the process; test_hostile_files.py runs it in a child.

    python hostile_cases.py CHECKOUT FOLDER START STOP

The folder holds the networks to harm. For each case, two lines of JSON: its number before the file is opened, and what
came of it after. The last line tells by how much the process has grown.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import random
import resource
import sys
import traceback
import zlib
from pathlib import Path

checkout, folder = Path(sys.argv[1]), Path(sys.argv[2])

spec = importlib.util.spec_from_file_location(
    "recurve", checkout / "__init__.py", submodule_search_locations=[str(checkout)]
)
sys.modules["recurve"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["recurve"])

import numpy as np  # noqa: E402
import onnx  # noqa: E402
from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from recurve.core.errors import RecurveError  # noqa: E402
from recurve.models.onnx_file.reading import read_contract  # noqa: E402
from recurve.models.runtime.network import Network  # noqa: E402
from recurve.models.runtime.self_test import unpack  # noqa: E402
from recurve.tests.models.onnx_file.harmful_pieces import point_outside, varint  # noqa: E402

WHOLE = [
    0, -1, 1, 2, 3, 7, -2, 127, 255, 2**15, 2**31 - 1, 2**31, -(2**31), 2**32, 2**40, 2**62, 2**63 - 1, -(2**63),
]  # fmt: skip
OPERATORS = """
    Add BatchNormalization Cast Compress Concat ConstantOfShape Conv ConvTranspose CumSum DepthToSpace DequantizeLinear
    Einsum Expand EyeLike Flatten Foreign GRU Gather Gemm GlobalAveragePool GridSample Identity If InstanceNormalization
    LRN LSTM Loop MatMul MaxPool MaxUnpool NonMaxSuppression OneHot Pad RandomNormal Range Reshape Resize RoiAlign Scan
    ScatterND SequenceConstruct Shape Slice Softmax SpaceToDepth Split Squeeze Tile TopK Transpose Unique Unsqueeze
    Upsample
""".split()  # noqa: SIM905 (a list would be a line for each)
VALUES = [
    None, True, 0, -1, 254, 255, 10**29, 1e39, float("nan"), float("inf"), "", "map", "a" * 10_000, "\ud800",
    "a\0b", "\x1b[2J", "<script>", [], [[]], {}, {"zlib": ""}, [1, 2], ["a"] * 300,
]  # fmt: skip
SEEDS = [path.read_bytes() for path in sorted(folder.glob("*.onnx"))]


def contract_of(model):
    return json.loads(model.metadata_props[0].value)


# The ways to fuzz: each takes a random generator and a network's bytes, and gives other bytes.


def any_bytes(rng, content):
    return rng.randbytes(rng.randrange(3000))


def cut(rng, content):
    return content[: rng.randrange(len(content))]


def flip_bits(rng, content):
    changed = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 8, 64])):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def flip_graph(rng, content):
    """Bits of the graph only, so that the contract is read and ONNX Runtime sees what is left."""
    model = onnx.load_from_string(content)
    graph = bytearray(model.graph.SerializeToString())
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        place = rng.randrange(len(graph))
        graph[place] = rng.choice([graph[place] ^ 1 << rng.randrange(8), 0, 0x7F, 0x80, 0xFF])
    model.ClearField("graph")
    return model.SerializeToString() + b"\x3a" + varint(len(graph)) + bytes(graph)


def move_bytes(rng, content):
    start, stop, place = (rng.randrange(len(content)) for _ in range(3))
    return content[:place] + content[min(start, stop) : max(start, stop)] + content[place:]


def graphs(graph):
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from graphs(attribute.g)


def tensors_of(graph):
    return [*graph.initializer, *(a.t for node in graph.node for a in node.attribute if a.HasField("t"))]


def change_graph(rng, content):
    """What stays a graph to protobuf, and is none to ONNX."""
    model = onnx.load_from_string(content)
    for _ in range(rng.choice([1, 1, 2, 3])):
        graph = rng.choice(list(graphs(model.graph)))
        rng.choice([change_settings, change_shape, change_numbers, change_wires])(rng, graph)
    return model.SerializeToString()


def change_settings(rng, graph):
    node = rng.choice(list(graph.node))
    node.op_type = rng.choice([node.op_type, node.op_type, rng.choice(OPERATORS)])
    for attribute in node.attribute:
        if attribute.type == onnx.AttributeProto.INT:
            attribute.i = rng.choice(WHOLE)
        elif len(attribute.ints):
            attribute.ints[rng.randrange(len(attribute.ints))] = rng.choice(WHOLE)


def change_shape(rng, graph):
    tensor = rng.choice(tensors_of(graph) or [TensorProto()])
    if tensor.dims and rng.random() < 0.8:
        tensor.dims[rng.randrange(len(tensor.dims))] = rng.choice(WHOLE)
    else:
        tensor.dims.append(rng.choice(WHOLE))
    tensor.data_type = rng.choice([tensor.data_type, tensor.data_type, rng.randrange(26)])


def change_numbers(rng, graph):
    """Numbers that say how large, how often, where."""
    name = f"number{rng.randrange(10**6)}"
    values = [rng.choice(WHOLE) for _ in range(rng.choice([1, 2, 4, 8]))]
    node = rng.choice(list(graph.node))
    tensor = numpy_helper.from_array(np.array(values, np.int64), name)
    if node.input and rng.random() < 0.7:
        node.input[rng.randrange(len(node.input))] = name
        graph.initializer.append(tensor)
    else:
        operator = rng.choice(["ConstantOfShape", "Range", "EyeLike"])
        graph.node.insert(0, helper.make_node("Constant", [], [name], value=tensor))
        graph.node.insert(1, helper.make_node(operator, [name], [f"{name} of"]))
        node.input.append(f"{name} of")


def change_wires(rng, graph):
    node = rng.choice(list(graph.node))
    names = [
        "",
        *(name for other in graph.node for name in other.output),
        *(t.name for t in graph.initializer),
    ]
    if node.input and rng.random() < 0.5:
        node.input[rng.randrange(len(node.input))] = rng.choice(names)
    else:
        node.input.append(rng.choice(names))


def point_to_other_files(rng, content):
    """External data, in any tensor of any graph; `canary.bin` is in the current folder."""
    model = onnx.load_from_string(content)
    graph = rng.choice([g for g in graphs(model.graph) if tensors_of(g)])
    tensor = rng.choice(tensors_of(graph))
    location = rng.choice(
        ["canary.bin", "../canary.bin", "/etc/passwd", "/dev/zero", "", ".", "canary.bin\0"]
    )
    point_outside(tensor, location, rng.choice([None, 2**40]))
    return model.SerializeToString()


def change_contract(rng, content):
    model = onnx.load_from_string(content)
    record = contract_of(model)
    for _ in range(rng.choice([1, 1, 2])):
        place, field = record, rng.choice(sorted(record))
        while isinstance(place[field], dict) and place[field] and rng.random() < 0.7:
            place, field = place[field], rng.choice(sorted(place[field]))
        if isinstance(place[field], list) and place[field] and rng.random() < 0.5:
            place[field][rng.randrange(len(place[field]))] = rng.choice(VALUES)
        else:
            place[field] = rng.choice(VALUES)
    model.metadata_props[0].value = json.dumps(record)
    return model.SerializeToString()


def bomb(rng, content):
    """Little that becomes much."""
    model = onnx.load_from_string(content)
    record = contract_of(model)
    text = rng.choice(
        [
            "[" * rng.randrange(10**6),
            '{"format_version":1' + "0" * rng.randrange(10**5) + "}",
            json.dumps({**record, "training": {"a": "€" * rng.randrange(10**5)}}),
            json.dumps({**record, "name": "n" * rng.randrange(10**6)}),
            json.dumps({**record, "bands": record["bands"] * rng.randrange(10**4)}),
            json.dumps({**record, "classes": record["classes"] * rng.randrange(10**4)}),
            json.dumps({**record, "training": json.loads("[" * 500 + "]" * 500)}),
        ]
    )
    if rng.random() < 0.3:
        squeezed = base64.b64encode(zlib.compress(bytes(rng.randrange(1 << 24)), 9)).decode()
        record["self_test"]["image"].update(
            zlib=squeezed, shape=[1, 3, rng.randrange(3000), rng.randrange(3000)]
        )
        text = json.dumps(record)
    model.metadata_props[0].value = text
    if rng.random() < 0.2:
        model.metadata_props.append(model.metadata_props[0])
    return model.SerializeToString()


# how often each of them, in percent
HARMS = {
    any_bytes: 5,
    cut: 10,
    flip_bits: 15,
    flip_graph: 25,
    move_bytes: 5,
    change_graph: 20,
    point_to_other_files: 5,
    change_contract: 10,
    bomb: 5,
}


def fuzzed(number):
    """The case of a number: the name of the harm, and the file."""
    rng = random.Random(number)
    harm = rng.choices(list(HARMS), list(HARMS.values()))[0]
    while True:
        try:
            return harm.__name__, harm(rng, rng.choice(SEEDS))
        except (TypeError, ValueError):  # protobuf cannot hold such a number: another one
            continue


FORBIDDEN = (
    "pickle.find_class",
    "compile",
    "exec",
    "import",
    "os.system",
    "subprocess.Popen",
    "socket.connect",
)
opened, forbidden = set(), set()
watching = False


def watch(event, arguments):
    """Note which files Python opens, and what it must not do, while a network is opened."""
    if not watching:
        return
    if event == "open":
        opened.add(
            os.fspath(arguments[0]) if isinstance(arguments[0], (str, os.PathLike)) else str(arguments[0])
        )
    elif event in FORBIDDEN:
        forbidden.add(event)


def attempt(path):
    """What comes of a file: 'loaded' or 'refused', or what must not come of it."""
    try:
        read_contract(path)
        network = Network.open(path, "CPU")
        unpack(network.contract)
    except RecurveError as error:
        return {"outcome": "refused", "sentence": str(error)}
    except BaseException:  # noqa: BLE001 (whatever it is, it is what is looked for)
        return {"outcome": "fault", "sentence": traceback.format_exc()[-2000:]}
    return {"outcome": "loaded", "sentence": ""}


def say(**record):
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def most_memory_mib():
    """The most this process has held; `getrusage` would tell its parent's, if that was more."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def main(start, stop):
    global watching
    path = folder / "case" / "fuzzed.onnx"
    path.parent.mkdir(exist_ok=True)
    # what is imported late is imported now, so that nothing but the given file is opened afterwards
    for seed in folder.glob("*.onnx"):
        unpack(Network.open(seed, "CPU").contract)
    # a test that fails must not take the machine with it
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    before_mib = most_memory_mib()
    sys.addaudithook(watch)
    for number in range(start, stop):
        kind, content = fuzzed(number)
        path.write_bytes(content)
        say(number=number, kind=kind)
        opened.clear()
        forbidden.clear()
        watching = True
        result = attempt(path)
        watching = False
        others = sorted(opened - {str(path)})
        say(number=number, kind=kind, others=others, forbidden=sorted(forbidden), **result)
    say(grown_mib=most_memory_mib() - before_mib)


main(int(sys.argv[3]), int(sys.argv[4]))
