"""What the form of the corrector and the loss on every iterate are worth: `make bench-ablation`.

Trains correctors on the precise labels of the buildings, with one recipe and the same seeds, from the samples of
`make train-buildings` and the scores of the shipped classifier. They are judged on the validation rows, not on the test
part: these figures are for decisions.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..core.assessment import Accuracy
from ..core.chip_scores import by_classifier, score_chips
from ..core.samples import SampleSet
from ..core.validation import validate_on
from ..recipes.data import ROOT
from ..recipes.ship import WEIGHTS
from ..recipes.steps import say, train_corrector
from ..recipes.train_buildings import CORRECTOR, ITERATIONS

VARIANTS = {
    "deep, loss on every iterate": ("deep", ITERATIONS, True),
    "deep, loss on the last iterate": ("deep", ITERATIONS, False),
    "deep, 1 iteration (feed-forward twin)": ("deep", 1, True),
    "paper, loss on every iterate": ("paper", ITERATIONS, True),
    "paper, loss on the last iterate": ("paper", ITERATIONS, False),
}


def main() -> None:
    """Train what is not there yet and print the table."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--only", nargs="+", choices=list(VARIANTS), default=list(VARIANTS))
    arguments = parser.parse_args()
    folder = ROOT / "build" / "training" / "ablation"
    samples = SampleSet.open(ROOT / "build" / "training" / "buildings" / "samples")
    precise = [chip for chip in samples.of_split("train") if chip.fold == 1]
    validation = samples.of_split("validation")
    classifier = by_classifier(samples, WEIGHTS / "buildings_classifier.onnx")
    samples = score_chips(samples, [*precise, *validation], classifier)
    before = validate_on(samples, validation, lambda image, scores: [scores], 0)[0]
    rows = [row("classifier", [before])]
    for name in arguments.only:
        form, iterations, every_iterate = VARIANTS[name]
        found = []
        for seed in arguments.seeds:
            recipe = replace(CORRECTOR, epochs=arguments.epochs, seed=seed)
            path = Path(folder / f"{name.replace(' ', '_')}_{arguments.epochs}_{seed}.npz")
            say(f"{name}, seed {seed}")
            network = train_corrector(
                samples, precise, validation, form, iterations, recipe, path, every_iterate
            )
            halo = network.reach_px + iterations * network.reach_per_iteration_px
            with torch.no_grad():
                found.append(
                    validate_on(
                        samples,
                        validation,
                        lambda image, scores, n=network, t=iterations: n.iterates(scores, image, t),
                        halo,
                    )[-1]
                )
        rows.append(row(name, found))
    say("\n| corrector | mean IoU | boundary IoU |\n| --- | --- | --- |\n" + "\n".join(rows))


def row(name: str, accuracies: list[Accuracy]) -> str:
    """Mean and spread over the seeds, in percent."""
    cells = []
    for values in ([a.mean_iou for a in accuracies], [a.mean_boundary_iou for a in accuracies]):
        spread = f" ± {100 * np.std(values, ddof=1):.1f}" if len(values) > 1 else ""
        cells.append(f"{100 * np.mean(values):.1f}{spread}")
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
