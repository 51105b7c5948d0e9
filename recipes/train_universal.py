"""`make train-universal`: the universal corrector, from all places whose labels may be shipped. Resumable.

    python -m recurve.recipes.train_universal NETWORK.pt [--without GROUP ...] [--steps N]

Groups that are left out are those on which the corrector is judged (`benchmarks/universal.py`).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..core.atomic_file import whole_file
from ..core.training.devices import precision
from ..models.pytorch.diffusion_corrector import DiffusionCorrector
from ..models.pytorch.processes import Processes, carried, settled
from .steps import say
from .universal_maps import FOLDER, load
from .universal_starts import MappedImage, Patch, draw_patch, mapped_images

STEPS = 2200
SIDE_PX, BATCH = 160, 3
LEARNING_RATE, WEIGHT_DECAY = 4e-3, 0.01
WEIGHTS = {"dubai": 0.0, "banepa-test": 0.0, "monterey-dunes": 0.5, "spacenet": 1.5, "banepa": 1.5}
"""How often the images of a group are seen, to the root of their number of pixels; 1 where nothing is said."""
RIGHT_WEIGHT = 2.0
"""How much more a pixel counts that is right at the start: a corrector must not do harm."""
HINT_COEFFICIENTS = ("kept", "near", "far", "looks", "limit")
HINT_WEIGHT = 0.5
DAMAGE_WEIGHT = 1.5
LEAST_PIECE_PX = 200
"""The smallest pieces count less than they would by their pixels."""
KEPT_EVERY = 200
"""Steps between two states on disk."""


def main(arguments: Sequence[str]) -> None:
    """Train, going on from where the file left off."""
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--maps", type=Path, default=FOLDER)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    groups = sources(given.maps, given.without)
    say(f"{', '.join(f'{name} {len(images)}' for name, images in groups.items())} images")
    network = DiffusionCorrector()
    say(f"{sum(weight.numel() for weight in network.parameters())} weights")
    optimiser = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, given.steps, pct_start=0.1)
    done = 0
    if given.network.exists():
        state = torch.load(given.network, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        done = state["done"]
    network.train()
    started, told = time.monotonic(), []
    for number in range(done, given.steps):
        rng = np.random.default_rng((given.seed, number))
        loss = loss_of(network, rng, batch_of(rng, groups))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        told.append(float(loss.detach()))
        if (number + 1) % KEPT_EVERY == 0 or number + 1 == given.steps:
            say(f"step {number + 1}: loss {np.mean(told):.4f}, {time.monotonic() - started:.0f} s")
            told = []
            with whole_file(given.network) as part:
                torch.save(
                    {
                        "network": network.state_dict(),
                        "optimiser": optimiser.state_dict(),
                        "schedule": schedule.state_dict(),
                        "done": number + 1,
                    },
                    part,
                )


def sources(folder: Path, without: Sequence[str]) -> dict[str, list[MappedImage]]:
    """The images to learn from, by their groups; images smaller than a patch are left out."""
    groups: dict[str, list[MappedImage]] = {}
    for path in sorted(folder.glob("*.npz")):
        known = load(path)
        if known.place.group in without or WEIGHTS.get(known.place.group) == 0:
            continue
        large = [image for image in mapped_images(known) if min(image.truth.shape) >= SIDE_PX]
        groups.setdefault(known.place.group, []).extend(large)
    return {name: images for name, images in groups.items() if images}


def batch_of(rng: np.random.Generator, groups: dict[str, list[MappedImage]]) -> list[Patch]:
    """Random patches, each of any group."""
    names = sorted(groups)
    pixels = np.array([sum(image.truth.size for image in groups[name]) for name in names], float)
    chances = np.sqrt(pixels) * [WEIGHTS.get(name, 1.0) for name in names]
    patches = []
    for _ in range(BATCH):
        images = groups[names[rng.choice(len(names), p=chances / chances.sum())]]
        sizes = np.sqrt([float(image.truth.size) for image in images])
        patches.append(draw_patch(rng, images[rng.choice(len(images), p=sizes / sizes.sum())], SIDE_PX))
    return patches


def loss_of(network: DiffusionCorrector, rng: np.random.Generator, patches: Sequence[Patch]) -> Tensor:
    """What is wrong without hints, and what hints change.

    Without hints, the mean cross-entropy, in which a pixel counts more that was right at the start. With hints, the
    share of the wrong pieces in which they lie that stays wrong, and what is damaged beside them, as one minus an
    intersection over union: so a piece counts alike, whatever its size, and no patch decides over all others. Of
    probabilities, not of their logarithms, because the few pixels that are surely wrong would decide everything.
    """
    classes = max(len(patch.scores) for patch in patches)
    scores = torch.from_numpy(np.stack([_with_more_classes(patch.scores, classes) for patch in patches]))
    image, hints, truth, pieces = (
        torch.from_numpy(np.stack([getattr(patch, name) for patch in patches]))
        for name in ("image", "hints", "truth", "hinted")
    )
    iterations, processes = torch.tensor(int(rng.integers(4, 11))), Processes(settled, carried)

    def losses(found: Tensor) -> Tensor:
        return torch.nn.functional.nll_loss(found, truth, ignore_index=-1, reduction="none")

    with precision("cpu"):
        known = network.coefficients(scores, image)
        start = network.start(known, iterations, processes)
        without = losses(network.with_hints(known, start, torch.zeros_like(hints), iterations, processes))
        # what hints do must not move what is decided without them
        led = {name: value if name in HINT_COEFFICIENTS else value.detach() for name, value in known.items()}
        with_hints = losses(network.with_hints(led, start.detach(), hints, iterations, processes))
    weights = torch.where(scores.argmax(dim=1) == truth, RIGHT_WEIGHT, 1.0) * (truth >= 0)
    changes = (torch.exp(-with_hints) - torch.exp(-without.detach())) * (truth >= 0)
    repaired, damaged = changes.clamp(min=0).sum(dim=(1, 2)), (-changes).clamp(min=0).sum(dim=(1, 2))
    wanted, spoilt = pieces.sum(dim=(1, 2)), DAMAGE_WEIGHT * damaged
    missed = (wanted - repaired + spoilt) / (wanted + spoilt + LEAST_PIECE_PX)
    return (without * weights).sum() / weights.sum().clamp(min=1) + HINT_WEIGHT * missed.mean()


def _with_more_classes(scores: NDArray[np.float32], classes: int) -> NDArray[np.float32]:
    """Scores with classes that occur nowhere, as maps have them."""
    lowest = np.broadcast_to(scores.min(axis=0), (classes - len(scores), *scores.shape[1:]))
    return np.concatenate([scores, lowest]).astype(np.float32)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
