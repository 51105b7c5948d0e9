"""What a graph must not contain, looked for before ONNX Runtime sees it. Only the standard library.

ONNX Runtime follows a tensor's "external data" into other files (of a network given as bytes: into those of the
current folder), makes room for whatever a shape declares, and has operators of its makers that read files. Recurve's
networks need none of that. Field numbers are those of onnx.proto.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator

from .errors import ContractError
from .protobuf import Field, WireReader

_MAX_DEPTH = 16
_MAX_RANK = 16
_MAX_SETTING = (
    1 << 31
)  # products of larger ones overflow in ONNX Runtime, which has crashed by dividing by the rest
_MAX_MADE_VALUES = 1 << 26  # 256 MiB of float32, made out of a few bytes of the file

# ModelProto
_MODEL_GRAPH, _TRAINING_INFO, _FUNCTIONS = 7, 20, 25
# GraphProto
_NODE, _INITIALIZER, _INPUT, _OUTPUT, _SPARSE_INITIALIZER = 1, 5, 11, 12, 15
# NodeProto
_NODE_INPUT, _NODE_OUTPUT, _OP_TYPE, _ATTRIBUTE, _DOMAIN = 1, 2, 4, 5, 7
# AttributeProto
_ATTRIBUTE_NAME, _INT, _TENSOR, _GRAPH, _INTS = 1, 3, 5, 6, 8
_TENSORS, _GRAPHS, _SPARSE_TENSOR, _SPARSE_TENSORS = 10, 11, 22, 23
# TensorProto
_DIMS, _INT64_DATA, _TENSOR_NAME, _RAW_DATA, _EXTERNAL_DATA, _DATA_LOCATION = 1, 7, 8, 9, 13, 14
# ValueInfoProto: name; type, tensor_type, shape, dim, dim_param within each other
_VALUE_NAME, _PATH_TO_DIM_PARAM = 1, (2, 1, 2, 1, 2)

_STANDARD_DOMAINS = ("", "ai.onnx")
# Operators that make a tensor of any size, and which of their inputs says how large.
_MAKERS = {"ConstantOfShape": 0, "Expand": 1, "Tile": 1, "Resize": 3}


def only_graph(model: list[Field]) -> Field:
    """The graph of a ModelProto.

    Raises:
        ValueError: there is none, or there are several, which protobuf would join into one that nobody has looked at.
    """
    (graph,) = [field for field in model if field.number == _MODEL_GRAPH]
    return graph


def check_graph(reader: WireReader, model: list[Field], graph: Field) -> None:
    """Refuse an ONNX model that could do more than compute scores from its own bytes.

    Args:
        reader: over the file's bytes.
        model: the fields of the ModelProto.
        graph: its graph.

    Raises:
        ContractError: saying what the graph contains, and what to do.
        ValueError: the bytes are no graph.
    """
    numbers = {field.number for field in model}
    if _FUNCTIONS in numbers:
        raise ContractError(
            "The graph calls functions of its own, and Recurve runs plain graphs; export the network again with its "
            "functions inlined."
        )
    if _TRAINING_INFO in numbers:
        raise ContractError(
            "The file holds a graph for training, and Recurve runs plain ones; export the network again for inference."
        )
    _check_graph(reader, graph, ChainMap(), depth=1)


def _check_graph(reader: WireReader, graph: Field, constants: ChainMap[str, Field], depth: int) -> None:
    """Look into a graph and into those within it.

    Args:
        reader: over the file's bytes.
        graph: a GraphProto.
        constants: the tensors and lists of numbers, by name, that the graphs around it hold.
        depth: 1 for the outermost graph.
    """
    if depth > _MAX_DEPTH:
        raise ContractError(
            f"The file holds graphs within graphs, more than {_MAX_DEPTH} deep; export the network again."
        )
    parts = list(reader.parts(graph))
    for part in parts:
        if part.number == _SPARSE_INITIALIZER:
            raise _sparse()
        if part.number == _INITIALIZER:
            constants[_check_tensor(reader, part)] = part
        elif part.number in (_INPUT, _OUTPUT):
            _check_value(reader, part)
    for part in parts:
        if part.number == _NODE:
            _check_node(reader, part, constants, depth)


def _check_node(reader: WireReader, node: Field, constants: ChainMap[str, Field], depth: int) -> None:
    inputs, outputs, attributes, operator, domain = [], [], [], "", ""
    for field in reader.parts(node):
        if field.number == _NODE_INPUT:
            inputs.append(reader.text(field))
        elif field.number == _NODE_OUTPUT:
            outputs.append(reader.text(field))
        elif field.number == _OP_TYPE:
            operator = reader.text(field)
        elif field.number == _DOMAIN:
            domain = reader.text(field)
        elif field.number == _ATTRIBUTE:
            attributes.append(field)
    if domain not in _STANDARD_DOMAINS:
        raise ContractError(
            f"The graph needs the operator {_show(operator)} of {_show(domain)}, and Recurve runs the operators of the "
            "ONNX standard only; export the network again without it."
        )
    names = set()
    for attribute in attributes:
        name, value = _check_attribute(
            reader, attribute, constants, depth, is_constant=operator == "Constant"
        )
        if name in names:
            raise ValueError(f"two attributes {name}")
        names.add(name)
        if operator == "Constant" and value is not None and outputs:
            constants[outputs[0]] = value
    place = _MAKERS.get(operator)
    if place is not None and place < len(inputs) and inputs[place] in constants:
        _check_made(reader, operator, constants[inputs[place]])


def _check_attribute(
    reader: WireReader, attribute: Field, constants: ChainMap[str, Field], depth: int, *, is_constant: bool
) -> tuple[str, Field | None]:
    """Look into an attribute; its name, and the tensor or the list of numbers it holds, if it does."""
    name, value = "", None
    single: set[int] = set()
    for field in reader.parts(attribute):
        if field.number in (_TENSOR, _GRAPH):
            if field.number in single:
                # protobuf would join them into one that nobody has looked at
                raise ValueError("an attribute with two values")
            single.add(field.number)
        if field.number == _ATTRIBUTE_NAME:
            name = reader.text(field)
        elif field.number in (_TENSOR, _TENSORS):
            _check_tensor(reader, field)
        elif field.number in (_GRAPH, _GRAPHS):
            _check_graph(reader, field, constants.new_child(), depth + 1)
        elif field.number in (_SPARSE_TENSOR, _SPARSE_TENSORS):
            raise _sparse()
        elif field.number in (_INT, _INTS) and not is_constant:
            _check_setting(name, reader.integers(field))
        if field.number in (_TENSOR, _INTS):
            value = field
    return name, value


def _check_setting(name: str, numbers: Iterator[int]) -> None:
    for number in numbers:
        if not -_MAX_SETTING <= number < _MAX_SETTING:
            raise ContractError(
                f"The graph sets {_show(name)} of an operator to {number}, and whole numbers of 32 bits are allowed; "
                "the file is damaged: copy it again, or export the network again."
            )


def _check_tensor(reader: WireReader, tensor: Field) -> str:
    """Refuse a tensor whose values are not in the file; its name."""
    name, shape, is_external = "", [], False
    for field in reader.parts(tensor):
        if field.number == _DIMS:
            shape += _at_most(reader.integers(field), _MAX_RANK)
        elif field.number == _TENSOR_NAME:
            name = reader.text(field)
        elif field.number == _EXTERNAL_DATA:
            is_external = True
        elif field.number == _DATA_LOCATION:
            is_external |= any(reader.integers(field))
    if is_external:
        raise ContractError(
            f"The graph keeps the values of the tensor {_show(name)} in another file (external data), and Recurve "
            "reads the network's own file only; export the network again with all weights inside."
        )
    if len(shape) > _MAX_RANK:
        raise ValueError(f"a tensor of more than {_MAX_RANK} dimensions")
    held = 2 * (tensor.end - tensor.start)  # the smallest values are 4 bits
    if any(size < 0 for size in shape) or _product(shape) > held:
        raise ContractError(
            f"The tensor {_show(name)} declares the shape {_show(shape)}, and the file holds at most {held} values for "
            "it; the file is damaged: copy it again, or export the network again."
        )
    return name


def _check_made(reader: WireReader, operator: str, shape: Field) -> None:
    """Refuse a constant that tells an operator to make a tensor larger than any network needs."""
    sizes = list(_at_most(_numbers(reader, shape), _MAX_RANK))
    if len(sizes) <= _MAX_RANK and _product(sizes) > _MAX_MADE_VALUES:
        raise ContractError(
            f"The graph's operator {operator} makes a tensor of the shape {_show(sizes)}, and a network may make "
            f"{_MAX_MADE_VALUES} values out of constants; export the network again."
        )


def _check_value(reader: WireReader, value: Field) -> None:
    """The names in an input or output must be text, which ONNX Runtime hands over unchecked."""
    for field in reader.parts(value):
        if field.number == _VALUE_NAME:
            reader.text(field)
    for field in _within(reader, value, _PATH_TO_DIM_PARAM):
        reader.text(field)


def _within(reader: WireReader, message: Field, path: tuple[int, ...]) -> Iterator[Field]:
    """The fields at the end of a path of field numbers."""
    for field in reader.parts(message):
        if field.number == path[0]:
            if len(path) == 1:
                yield field
            else:
                yield from _within(reader, field, path[1:])


def _numbers(reader: WireReader, value: Field) -> Iterator[int]:
    """The numbers in a tensor of int64 or in an attribute's list."""
    if value.number == _INTS:
        yield from reader.integers(value)
        return
    for field in reader.parts(value):
        if field.number == _INT64_DATA:
            yield from reader.integers(field)
        elif field.number == _RAW_DATA:
            for place in range(field.start, field.end - 7, 8):
                yield int.from_bytes(reader.data[place : place + 8], "little", signed=True)


def _at_most(numbers: Iterator[int], count: int) -> list[int]:
    """The first numbers, and one more as a sign that there are others."""
    return [number for number, _ in zip(numbers, range(count + 1))]


def _product(sizes: list[int]) -> int:
    """Product of sizes, of which an empty one does not hide how large the others are."""
    product = 1
    for size in sizes:
        product *= max(size, 1)
    return product


def _sparse() -> ContractError:
    return ContractError(
        "The graph holds a sparse tensor, and Recurve runs graphs with plain ones; export the network again with "
        "dense weights."
    )


def _show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
