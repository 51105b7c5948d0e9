"""Whether a graph has the inputs and outputs that its contract promises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...core.errors import ContractError
from ...core.translation import tr, word
from ..contract import NetworkContract

if TYPE_CHECKING:
    import onnxruntime

_HINT_PLANES = 2


def _channels(shape: list[int | str | None]) -> int | None:
    """How many channels an input or output has; None where there is no such dimension, or it is free."""
    return shape[1] if len(shape) == 4 and isinstance(shape[1], int) else None


def check_promise(session: onnxruntime.InferenceSession, contract: NetworkContract, path: str | Path) -> None:
    """See that it has them.

    Raises:
        ContractError: it has others.
    """
    classes = None if contract.any_map else len(contract.classes)
    inputs: dict[str, int | None] = {"image": len(contract.bands)}
    if contract.role == "corrector":
        inputs.update(scores=classes, iterations=None)
    if contract.takes_hints:
        inputs.update(hints=_HINT_PLANES)
    outputs = {"scores" if contract.role == "classifier" else "corrected_scores": classes}
    for kind, values, channels in (
        ("inputs", session.get_inputs(), inputs),
        ("outputs", session.get_outputs(), outputs),
    ):
        found = {value.name: _channels(value.shape) for value in values}
        if found != channels:
            raise ContractError(
                tr(
                    "The graph in {path} has the {kind} {found}, and its contract promises {channels} (name and "
                    "channels); export the network again.",
                    path=path,
                    kind=word(kind),
                    found=found,
                    channels=channels,
                )
            )
