"""`make study`: every figure, table and picture of `study.md`. Resumable; PARTS and SEEDS choose."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from ...recipes.steps import say
from .. import baselines
from .datasets import BASES, FOLDER, MEASURED, PROTOCOLS, Protocol
from .experiments import are_there, fill, fill_baselines
from .label_amounts import fill_amounts
from .refiners import ABLATIONS, ALL, GUIDED, OFFERED_FORMS, TWIN, Refiner
from .report import draw_networks, write_report
from .transfer import TRANSFER, fill_transfer

REFINERS = {"banepa": ALL, "dubai": (*OFFERED_FORMS, GUIDED)}
ON_TUNED = (*OFFERED_FORMS, TWIN)


def run(protocol: Protocol, seed: int, refiners: tuple[Refiner, ...]) -> None:
    """All rows of a protocol for one seed."""
    work, rows = (folder / protocol.name / str(seed) for folder in (FOLDER, MEASURED))
    asked = {name: refiners if name == BASES[0] else ON_TUNED for name in protocol.base_names}
    baseline_names = [name for name, *_ in baselines.methods()]
    if all(
        are_there(rows, base, [*baseline_names, *(refiner.name for refiner in learned)])
        for base, learned in asked.items()
    ):
        return
    say(f"{protocol.title}, seed {seed}")
    for base in protocol.bases(work, seed):
        fill_baselines(base, rows)
        fill(base, asked[base.name], seed, rows, work)


PER_SEED: dict[str, Callable[[int], None]] = {
    **{
        protocol.name: partial(run, protocol, refiners=REFINERS.get(protocol.name, OFFERED_FORMS))
        for protocol in PROTOCOLS
    },
    TRANSFER.name: fill_transfer,
    "ablation": partial(run, PROTOCOLS[0], refiners=ABLATIONS),
    "labels": fill_amounts,
}
PART_NAMES = (*PER_SEED, "pictures", "report")


def main() -> None:
    """Run the chosen parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PART_NAMES, []], help="all, if none is named")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    arguments = parser.parse_args()
    parts = arguments.parts or PART_NAMES
    for name, measure in PER_SEED.items():
        for seed in arguments.seeds if name in parts else ():
            measure(seed)
    if "pictures" in parts:
        draw_networks(arguments.seeds[0])
    if "report" in parts:
        write_report(arguments.seeds)


if __name__ == "__main__":
    main()
