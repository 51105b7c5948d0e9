"""How large the constants of a graph become; only the standard library.

ONNX Runtime computes what depends on nothing but constants when it loads a graph, and keeps the results: half a
megabyte has become 13 GB. Exported networks have little of that, around paddings for instance, and it is small.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...core.errors import ContractError
from ...core.translation import tr

_MAX_VALUES = 1 << 26  # 256 MiB of float32
_VALUES_PER_BYTE = 4  # of the file, where that is more: large networks that unpack their weights

_KEEP_SHAPE = """
    Abs Cast CastLike Ceil Clip DequantizeLinear Exp Floor Identity Log Neg Not QuantizeLinear Reciprocal Relu Round
    Sigmoid Sign Sqrt Tanh
""".split()  # noqa: SIM905 (a list would be a line for each)
_KEEP_COUNT = ("Flatten", "Reshape", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze")
_BROADCAST = """
    Add And Div Equal Greater GreaterOrEqual Less LessOrEqual Max Mean Min Mod Mul Or Pow Sub Sum Where Xor
""".split()  # noqa: SIM905
_MULTIPLY = ("Gather", "MatMul")


@dataclass(frozen=True)
class Constant:
    """A value that depends on nothing but the file.

    Attributes:
        count: how many numbers it has at most.
        shape: its shape, where that is known.
        numbers: the first whole numbers in it, as a shape needs them, if they are written in the file.
    """

    count: int
    shape: tuple[int, ...] | None = None
    numbers: tuple[int, ...] | None = None


class Budget:
    """How many numbers a file's constants may become, all together.

    Args:
        file_bytes: size of the file.
    """

    def __init__(self, file_bytes: int) -> None:
        self._allowed = max(_MAX_VALUES, _VALUES_PER_BYTE * file_bytes)
        self._spent = 0

    def spend(self, operator: str, count: int) -> None:
        """Make so many numbers.

        Raises:
            ContractError: that is too many.
        """
        self._spent += count
        if self._spent > self._allowed:
            raise ContractError(
                tr(
                    "The graph makes more than {most} numbers out of constants alone (the last ones with {operator}), "
                    "which no network needs; export the network again.",
                    most=self._allowed,
                    operator=operator,
                )
            )


def computed(operator: str, inputs: Sequence[Constant], size: Sequence[int] | None) -> Constant:
    """What an operator makes of constants alone.

    Args:
        operator: of the ONNX standard.
        inputs: what it is given, without those left out.
        size: the numbers that say how large its output is, for an operator that has an input for it and where they
            are written in the file.

    Raises:
        ContractError: how much it makes cannot be told beforehand.
    """
    if size is not None:
        return Constant(math.prod(max(side, 1) for side in size) * max([1, *_counts(operator, inputs)]))
    if inputs and operator in _KEEP_SHAPE:
        return Constant(inputs[0].count, inputs[0].shape)
    if inputs and operator in _KEEP_COUNT:
        return Constant(inputs[0].count)
    if inputs and operator == "Concat":
        return Constant(sum(value.count for value in inputs))
    if inputs and operator in (*_BROADCAST, *_MULTIPLY):
        shapes = [value.shape for value in inputs]
        known = [shape for shape in shapes if shape is not None]
        if operator in _BROADCAST and len(known) == len(shapes):
            shape = tuple(_broadcast(known))
            return Constant(math.prod(shape), shape)
        return Constant(math.prod(value.count for value in inputs))
    raise ContractError(
        tr(
            "The graph computes {operator} from constants alone, and its result should be in the file; export the "
            "network again with its constants folded.",
            operator=operator,
        )
    )


def _counts(operator: str, inputs: Sequence[Constant]) -> Iterator[int]:
    """Tile makes that many of each number of its input; the others make what they are told."""
    if operator == "Tile":
        yield inputs[0].count


def _broadcast(shapes: Sequence[tuple[int, ...]]) -> Iterator[int]:
    rank = max(len(shape) for shape in shapes)
    for place in range(rank):
        yield max(1, *(shape[place - rank] for shape in shapes if rank - place <= len(shape)))
