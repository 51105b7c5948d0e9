"""What a training has reached: weights, their average, the best so far, the optimiser; in a file without pickle."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import LabelError

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.optim import Optimizer


class TrainingState:
    """The state of one training, in memory and, after each epoch, in one .npz file.

    Args:
        network: the network that is trained.
        optimiser: its optimiser.
        recipe: the settings of the training, as JSON values; a file of other settings is refused.
        path: the file; if it is there, the training goes on from it. None for memory only.

    Raises:
        LabelError: the file belongs to another recipe.
    """

    def __init__(
        self, network: nn.Module, optimiser: Optimizer, recipe: dict[str, Any], path: Path | None
    ) -> None:
        self.epochs_done = 0
        self._network = network
        self._optimiser = optimiser
        self._recipe = json.loads(json.dumps(recipe))
        self._path = path
        self._average = _copy(network)
        self._best: dict[str, Tensor] = {}
        self._best_score = -math.inf
        self._steps = 0
        if path is not None and path.exists():
            self._read(path)

    def average_in(self, kept: float) -> None:
        """Take the present weights into the average; early on it forgets faster, so that the start does not linger."""
        import torch

        self._steps += 1
        kept = min(kept, self._steps / (self._steps + 9))
        with torch.no_grad():
            for name, tensor in self._network.state_dict().items():
                if tensor.is_floating_point():
                    self._average[name].lerp_(tensor, 1 - kept)
                else:
                    self._average[name].copy_(tensor)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Inside, the network has its averaged weights."""
        present = _copy(self._network)
        self._network.load_state_dict(self._average)
        try:
            yield
        finally:
            self._network.load_state_dict(present)

    def finish_epoch(self, score: float) -> bool:
        """Note the end of an epoch and write the file; whether the averaged network is the best so far."""
        self.epochs_done += 1
        is_best = score > self._best_score or not self._best
        if is_best:
            self._best_score = score
            self._best = {name: tensor.clone() for name, tensor in self._average.items()}
        if self._path is not None:
            self._write(self._path)
        return is_best

    def load_best(self) -> None:
        """Put the network into its best state."""
        self._network.load_state_dict(self._best)

    def _write(self, path: Path) -> None:
        weights = {"network": _copy(self._network), "average": self._average, "best": self._best}
        arrays = {
            f"{kind}/{name}": tensor.numpy()
            for kind, state in weights.items()
            for name, tensor in state.items()
        }
        for index, slots in self._optimiser.state_dict()["state"].items():
            arrays.update({f"optimiser/{index}/{slot}": value.numpy() for slot, value in slots.items()})
        record = {
            "recipe": self._recipe,
            "epochs_done": self.epochs_done,
            "steps": self._steps,
            "best_score": self._best_score,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        with temporary.open("wb") as file:
            np.savez(file, record=np.frombuffer(json.dumps(record).encode(), dtype=np.uint8), **arrays)
        temporary.replace(path)

    def _read(self, path: Path) -> None:
        import torch

        with np.load(path, allow_pickle=False) as arrays:
            record = json.loads(arrays["record"].tobytes())
            if record["recipe"] != self._recipe:
                raise LabelError(
                    f"The checkpoint {path} belongs to another recipe; delete it to start anew, or use its settings."
                )
            tensors = {name: torch.from_numpy(arrays[name]) for name in arrays.files if name != "record"}
        self._network.load_state_dict(_below("network/", tensors))
        self._average, self._best = _below("average/", tensors), _below("best/", tensors)
        slots: dict[int, dict[str, Tensor]] = {}
        for name, tensor in _below("optimiser/", tensors).items():
            index, _, slot = name.partition("/")
            slots.setdefault(int(index), {})[slot] = tensor
        self._optimiser.load_state_dict({**self._optimiser.state_dict(), "state": slots})
        self.epochs_done, self._steps = record["epochs_done"], record["steps"]
        self._best_score = record["best_score"]


def _copy(network: nn.Module) -> dict[str, Tensor]:
    return {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}


def _below(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name[len(prefix) :]: tensor for name, tensor in tensors.items() if name.startswith(prefix)}
