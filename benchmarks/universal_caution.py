"""How cautious the universal corrector has to be, by the places left out: `make universal-caution`.

For each caution, the change of mean IoU on each place and kind of map. The smallest is wanted at which nothing loses
more than `MOST_HARM` points; it is chosen on all places, and for each place also on the other groups alone, which is
what a place that has no part in the choice would have got.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..core.metrics.accuracy import Accuracy, assess
from ..recipes.release_universal import ITERATIONS, MOST_HARM
from ..recipes.steps import say
from .left_out import KINDS, codes_of, named_networks, places
from .universal_networks import open_network

CAUTIONS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
Gains = Mapping[float, float]
"""For each caution, by how many points mean IoU changes."""


def main() -> None:
    """Measure, choose, print."""
    rows: dict[tuple[str, str, str], Gains] = {}
    for path, groups in named_networks([], "fold_*.pt"):
        network = open_network(path, ITERATIONS, 0.0)
        for place in places(groups, list(KINDS)):
            sums: dict[tuple[str, float | None], Accuracy] = {}
            for image in place.images:
                for kind, scores in image.starts.items():
                    own = codes_of(scores)
                    is_own = own[None] == np.arange(1, len(scores) + 1)[:, None, None]
                    shares = np.exp(network.scores(scores, image.image))
                    made = {None: own} | {
                        caution: codes_of(shares + caution * is_own) for caution in CAUTIONS
                    }
                    for caution, codes in made.items():
                        found = assess(image.truth, codes, image.classes)
                        known = sums.get((kind, caution))
                        sums[kind, caution] = found if known is None else known + found
            for kind in KINDS:
                before = sums[kind, None].mean_iou
                rows[place.group, place.name, kind] = {
                    caution: 100 * (sums[kind, caution].mean_iou - before) for caution in CAUTIONS
                }
                gains = " ".join(f"{gain:+.2f}" for gain in rows[place.group, place.name, kind].values())
                say(f"{place.name:18} {kind:22} {gains}")
    say(f"caution: {' '.join(map(str, CAUTIONS))}")
    for caution in CAUTIONS:
        gains = np.array([row[caution] for row in rows.values()])
        say(
            f"{caution:4}: mean {gains.mean():+.2f}, worst {gains.min():+.2f}, "
            f"{(gains < -MOST_HARM).sum()} of {len(gains)} lose more than {MOST_HARM}"
        )
    say(f"chosen on all: {chosen(list(rows.values()))}")
    for group in sorted({key[0] for key in rows}):
        others = [row for key, row in rows.items() if key[0] != group]
        say(f"chosen without {group}: {chosen(others)}")


def chosen(rows: list[Gains]) -> float:
    """The smallest caution at which no row loses more than `MOST_HARM` points; the largest there is if none does."""
    for caution in CAUTIONS:
        if min(row[caution] for row in rows) >= -MOST_HARM:
            return caution
    return CAUTIONS[-1]


if __name__ == "__main__":
    main()
