"""Whether a training goes on from an earlier run, and from what.

What it has reached (weights, their average, the best so far, the optimiser) is in a file without pickle.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import Cancelled, LabelError
from ..output.finished_tiles import digest_of, left_by_runs
from ..progress import Progress
from ..translation import tr
from .history import EpochResult
from .recipe import Recipe

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.optim import Optimizer


def checkpoint_path(output: Path, recipe: Recipe, identity: dict[str, Any], progress: Progress) -> Path:
    """Where a training is kept until its network is exported: beside the output, under a name made of all settings.

    With other settings it has another name, so that no training goes on from a wrong one or takes its place.

    Args:
        output: the network to write.
        recipe: how it is trained.
        identity: what else it depends on, as JSON values.
        progress: told whether the training goes on, or others are left.
    """
    settings = json.dumps({**asdict(recipe), **identity}, sort_keys=True)
    path = output.with_name(f".{output.name}.{digest_of(settings)}.npz")
    if path.exists():
        progress.say(tr("This training was begun before and goes on from its last whole epoch."))
    others = [other.name for other in kept_trainings(output) if other != path]
    if others:
        progress.say(
            tr(
                "A training for {output} with other settings or samples was begun before; it is kept in {files} and "
                "goes on with its own settings. Delete the file if it is not needed.",
                output=output.name,
                files=", ".join(others),
            )
        )
    return path


def kept_trainings(output: Path) -> list[Path]:
    """The files of trainings for a network that can be gone on with."""
    return left_by_runs(output, ".", ".npz")


@contextmanager
def saying_what_is_kept(checkpoint: Path | None) -> Iterator[None]:
    """Where the user stops the block, tell what is kept of the training.

    Args:
        checkpoint: where its state is written after each epoch; None for nowhere.

    Raises:
        Cancelled: the user stopped it.
    """
    try:
        yield
    except Cancelled as error:
        if checkpoint is not None and checkpoint.exists():
            sentence = tr(
                "Training was cancelled. What was learned is kept: the same command, or Run with the same settings, "
                "goes on from the last whole epoch."
            )
        else:
            sentence = tr("Training was cancelled before its first epoch was done; the next one begins anew.")
        raise Cancelled(sentence) from error


class TrainingState:
    """The state of one training, in memory and, after each epoch, in one .npz file.

    Args:
        network: the network that is trained.
        optimiser: its optimiser.
        recipe: the settings of the training, as JSON values; a file of other settings is refused.
        path: the file; if it is there, the training goes on from it. None for memory only.

    Attributes:
        network: the network.
        optimiser: its optimiser.
        history: what the epochs brought that are done.

    Raises:
        LabelError: the file belongs to another recipe or is damaged.
    """

    def __init__(
        self, network: nn.Module, optimiser: Optimizer, recipe: dict[str, Any], path: Path | None
    ) -> None:
        self.history: list[EpochResult] = []
        self.network = network
        self.optimiser = optimiser
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
            for name, tensor in self.network.state_dict().items():
                if tensor.is_floating_point():
                    self._average[name].lerp_(tensor, 1 - kept)
                else:
                    self._average[name].copy_(tensor)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Inside, the network has its averaged weights."""
        present = _copy(self.network)
        self.network.load_state_dict(self._average)
        try:
            yield
        finally:
            self.network.load_state_dict(present)

    def is_finite(self) -> bool:
        """Whether all averaged weights are numbers."""
        return all(bool(tensor.isfinite().all()) for tensor in self._average.values())

    def is_best(self, score: float) -> bool:
        """Whether a score of the averaged network is the best so far."""
        return not self._best or score > self._best_score

    def finish_epoch(self, result: EpochResult) -> None:
        """Note what an epoch brought and write the file.

        Raises:
            LabelError: the file cannot be written.
        """
        self.history.append(result)
        if result.is_best:
            self._best_score = result.mean_iou
            self._best = {name: tensor.clone() for name, tensor in self._average.items()}
        if self._path is not None:
            self._write(self._path)

    def load_best(self) -> None:
        """Put the network into its best state."""
        self.network.load_state_dict(self._best)

    def _write(self, path: Path) -> None:
        weights = {"network": _copy(self.network), "average": self._average, "best": self._best}
        arrays = {
            f"{kind}/{name}": tensor.cpu().numpy()
            for kind, state in weights.items()
            for name, tensor in state.items()
        }
        for index, slots in self.optimiser.state_dict()["state"].items():
            arrays.update({f"optimiser/{index}/{slot}": value.cpu().numpy() for slot, value in slots.items()})
        record = {
            "recipe": self._recipe,
            "history": [result.to_record() for result in self.history],
            "steps": self._steps,
            "best_score": self._best_score,
        }
        temporary = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                np.savez(file, record=np.frombuffer(json.dumps(record).encode(), dtype=np.uint8), **arrays)
            temporary.replace(path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            raise LabelError(
                tr(
                    "The checkpoint {path} cannot be written ({error}); train into a folder that exists, on a disk "
                    "with room. The last checkpoint, if there is one, is as it was.",
                    path=path,
                    error=error.strerror or error,
                )
            ) from error

    def _read(self, path: Path) -> None:
        import torch

        try:
            with np.load(path, allow_pickle=False) as arrays:
                record = json.loads(arrays["record"].tobytes())
                tensors = {name: torch.from_numpy(arrays[name]) for name in arrays.files if name != "record"}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise LabelError(
                tr(
                    "The checkpoint {path} cannot be read ({error}); delete it to start anew.",
                    path=path,
                    error=error,
                )
            ) from error
        if record["recipe"] != self._recipe:
            raise LabelError(
                tr(
                    "The checkpoint {path} belongs to another recipe; delete it to start anew, or use its settings.",
                    path=path,
                )
            )
        self.network.load_state_dict(_below("network/", tensors))
        device = next(self.network.parameters()).device
        self._average, self._best = (
            {name: tensor.to(device) for name, tensor in _below(prefix, tensors).items()}
            for prefix in ("average/", "best/")
        )
        slots: dict[int, dict[str, Tensor]] = {}
        for name, tensor in _below("optimiser/", tensors).items():
            index, _, slot = name.partition("/")
            slots.setdefault(int(index), {})[slot] = tensor
        self.optimiser.load_state_dict({**self.optimiser.state_dict(), "state": slots})
        self.history = [EpochResult.from_record(result) for result in record["history"]]
        self._steps, self._best_score = record["steps"], record["best_score"]


def _copy(network: nn.Module) -> dict[str, Tensor]:
    return {name: tensor.detach().clone() for name, tensor in network.state_dict().items()}


def _below(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name[len(prefix) :]: tensor for name, tensor in tensors.items() if name.startswith(prefix)}
