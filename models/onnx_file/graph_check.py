"""What a graph must not contain, looked for before ONNX Runtime sees it. Only the standard library.

ONNX Runtime follows a tensor's "external data" into other files (of a network given as bytes: into those of the
current folder), makes room for whatever a shape declares, and has operators of its makers that read files. Recurve's
networks need none of that. Field numbers are those of onnx.proto.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator

from ...core.errors import ContractError
from ...core.translation import tr
from ..contract_json import show
from .constant_check import Budget, Constant, computed
from .protobuf import Field, WireReader
from .tensor_check import MAX_RANK, check_tensor, first

_MAX_DEPTH = 16
_MAX_SETTING = (
    1 << 31
)  # products of larger ones overflow in ONNX Runtime, which has crashed by dividing by the rest

# ModelProto
_MODEL_GRAPH, _TRAINING_INFO, _FUNCTIONS = 7, 20, 25
# GraphProto
_NODE, _INITIALIZER, _INPUT, _OUTPUT, _SPARSE_INITIALIZER = 1, 5, 11, 12, 15
# NodeProto
_NODE_INPUT, _NODE_OUTPUT, _OP_TYPE, _ATTRIBUTE, _DOMAIN = 1, 2, 4, 5, 7
# AttributeProto
_ATTRIBUTE_NAME, _INT, _TENSOR, _GRAPH, _INTS = 1, 3, 5, 6, 8
_TENSORS, _GRAPHS, _SPARSE_TENSOR, _SPARSE_TENSORS = 10, 11, 22, 23
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
            tr(
                "The graph calls functions of its own, and Recurve runs plain graphs; export the network again with "
                "its functions inlined."
            )
        )
    if _TRAINING_INFO in numbers:
        raise ContractError(
            tr(
                "The file holds a graph for training, and Recurve runs plain ones; export the network again for "
                "inference."
            )
        )
    _GraphCheck(reader).check(graph, ChainMap(), depth=1)


class _GraphCheck:
    """A walk through a graph and those within it.

    Args:
        reader: over the file's bytes.
    """

    def __init__(self, reader: WireReader) -> None:
        self._reader = reader
        self._budget = Budget(len(reader.data))

    def check(self, graph: Field, constants: ChainMap[str, Constant], depth: int) -> None:
        """Look into a graph.

        Args:
            graph: a GraphProto.
            constants: what the graphs around it know without an input, by name; this one's are added.
            depth: 1 for the outermost graph.
        """
        if depth > _MAX_DEPTH:
            raise ContractError(
                tr(
                    "The file holds graphs within graphs, more than {most} deep; export the network again.",
                    most=_MAX_DEPTH,
                )
            )
        parts = list(self._reader.parts(graph))
        for part in parts:
            if part.number == _SPARSE_INITIALIZER:
                raise _sparse()
            if part.number == _INITIALIZER:
                name, constant = check_tensor(self._reader, part)
                constants[name] = constant
            elif part.number in (_INPUT, _OUTPUT):
                _check_value(self._reader, part)
        for part in parts:
            if part.number == _NODE:
                self._check_node(part, constants, depth)

    def _check_node(self, node: Field, constants: ChainMap[str, Constant], depth: int) -> None:
        texts: dict[int, list[str]] = {n: [] for n in (_NODE_INPUT, _NODE_OUTPUT, _OP_TYPE, _DOMAIN)}
        attributes = []
        for field in self._reader.parts(node):
            if field.number in texts:
                texts[field.number].append(self._reader.text(field))
            elif field.number == _ATTRIBUTE:
                attributes.append(field)
        inputs, outputs = texts[_NODE_INPUT], texts[_NODE_OUTPUT]
        # of a field that is there twice protobuf takes the last
        operator, domain = (texts[number][-1] if texts[number] else "" for number in (_OP_TYPE, _DOMAIN))
        if domain not in _STANDARD_DOMAINS:
            raise ContractError(
                tr(
                    "The graph needs the operator {operator} of {domain}, and Recurve runs the operators of the ONNX "
                    "standard only; export the network again without it.",
                    operator=show(operator),
                    domain=show(domain),
                )
            )
        names = set()
        for attribute in attributes:
            name, value = self._check_attribute(
                attribute, constants, depth, is_constant=operator == "Constant"
            )
            if name in names:
                raise ValueError(f"two attributes {name}")
            names.add(name)
            if operator == "Constant":
                constants.update(dict.fromkeys(outputs, value))
        if operator != "Constant":
            self._check_made(operator, inputs, outputs, constants)

    def _check_made(
        self, operator: str, inputs: list[str], outputs: list[str], constants: ChainMap[str, Constant]
    ) -> None:
        """Count what is made of constants alone, and what is made as large as a constant says."""
        given = [name for name in inputs if name]
        known = [constants[name] for name in given if name in constants]
        place = _MAKERS.get(operator)
        size = None
        if place is not None and place < len(inputs) and inputs[place] in constants:
            size = constants[inputs[place]].numbers
            if size is not None and len(size) > MAX_RANK:
                raise ValueError(f"a shape of more than {MAX_RANK} dimensions")
        is_constant = len(known) == len(given)
        if is_constant or size is not None:
            made = computed(operator, known, size)
            self._budget.spend(operator, made.count * len(outputs))
            if is_constant:
                constants.update(dict.fromkeys(outputs, made))

    def _check_attribute(
        self, attribute: Field, constants: ChainMap[str, Constant], depth: int, *, is_constant: bool
    ) -> tuple[str, Constant]:
        """Look into an attribute; its name, and what it holds."""
        name, tensor = "", None
        single: set[int] = set()
        numbers: list[int] = []
        listed_bytes = 0  # of lists, of which each number or text takes one or more
        for field in self._reader.parts(attribute):
            if field.number in (_TENSOR, _GRAPH):
                if field.number in single:
                    # protobuf would join them into one that nobody has looked at
                    raise ValueError("an attribute with two values")
                single.add(field.number)
            if field.number == _ATTRIBUTE_NAME:
                name = self._reader.text(field)
            elif field.number in (_TENSOR, _TENSORS):
                _, tensor = check_tensor(self._reader, field)
            elif field.number in (_GRAPH, _GRAPHS):
                self.check(field, constants.new_child(), depth + 1)
            elif field.number in (_SPARSE_TENSOR, _SPARSE_TENSORS):
                raise _sparse()
            elif field.number in (_INT, _INTS) and not is_constant:
                _check_setting(name, self._reader.integers(field))
            else:
                listed_bytes += field.end - field.start
                if field.number == _INTS:
                    numbers = first([*numbers, *first(self._reader.integers(field))])
        return name, tensor or Constant(listed_bytes, numbers=tuple(numbers))


def _check_setting(name: str, numbers: Iterator[int]) -> None:
    for number in numbers:
        if not -_MAX_SETTING <= number < _MAX_SETTING:
            raise ContractError(
                tr(
                    "The graph sets {attribute} of an operator to {number}, and whole numbers of 32 bits are allowed; "
                    "the file is damaged: copy it again, or export the network again.",
                    attribute=show(name),
                    number=number,
                )
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


def _sparse() -> ContractError:
    return ContractError(
        tr(
            "The graph holds a sparse tensor, and Recurve runs graphs with plain ones; export the network again with "
            "dense weights."
        )
    )
