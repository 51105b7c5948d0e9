"""The universal corrector on places it has not learned from: `make bench-universal`.

    python -m recurve.benchmarks.universal [NETWORK[=GROUP+GROUP] ...]

Each network is judged on the groups that were left out when it was trained, on real out-of-fold maps of several kinds
(`recipes/universal_maps.py`), beside hand-crafted methods. A row is a network on a place; what is measured once is kept
in `universal_rows` and is part of the project. A row is measured anew if its network has changed, or if it is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..core.metrics.accuracy import Accuracy, assess
from ..recipes.data import ROOT
from ..recipes.steps import say
from .fixed_filters import filtered
from .left_out import KINDS, JudgedImage, codes_of, named_networks, places, read_row, write_row
from .left_out_command import command
from .raggedness import Outlines, outlines
from .universal_networks import UniversalNetwork, open_network
from .universal_report import report

ROWS = ROOT / "benchmarks" / "universal_rows"
FILTERS = "filters"
REPORT = ROOT / "benchmarks" / "universal.md"


def main(arguments: Sequence[str]) -> None:
    """Measure the rows that are missing, print the tables of all, and write them."""
    parser = command(ROWS, REPORT)
    given = parser.parse_args(arguments)
    kinds = list(KINDS)
    for path, groups in named_networks(given.networks, "fold_*.pt"):
        network = open_network(path, given.iterations, given.caution)
        for place in places(groups, kinds, given.maps):
            if given.places and place.name not in given.places:
                continue
            about = {"place": place.name, "group": place.group, "pixel_m": place.pixel_m}
            row_path, filter_path = (
                given.rows / name / f"{place.name}.json" for name in (network.name, FILTERS)
            )
            images = None
            if read_row(row_path).get("identity") != network.identity:
                say(f"{network.name} on {place.name}")
                images = list(place.images)
                row = {"family": network.family, "identity": network.identity}
                write_row(row_path, {**about, **row, "kinds": corrected(network, images)})
            if not filter_path.exists():
                say(f"hand-crafted methods on {place.name}")
                images = list(place.images) if images is None else images
                write_row(filter_path, {**about, "kinds": filtered(images)})
    rows = [read_row(path) for path in sorted(given.rows.glob("*/*.json")) if path.parent.name != FILTERS]
    filters = {path.stem: read_row(path)["kinds"] for path in sorted((given.rows / FILTERS).glob("*.json"))}
    text = report(rows, filters)
    say(text)
    given.report.write_text(text + "\n", encoding="utf-8")


def corrected(network: UniversalNetwork, images: Iterable[JudgedImage]) -> dict[str, dict[str, Any]]:
    """For each kind of map: the truth, the map before and after, all images of the place as one."""
    kinds: dict[str, dict[str, tuple[Accuracy, Outlines]]] = {}
    for image in images:
        for kind, scores in image.starts.items():
            made = {
                "truth": image.truth,
                "before": codes_of(scores),
                "after": network.codes(scores, image.image),
            }
            sums = kinds.setdefault(kind, {})
            for name, codes in made.items():
                found = (
                    assess(image.truth, codes, image.classes),
                    outlines(codes, image.truth > 0),
                )
                known = sums.get(name)
                sums[name] = found if known is None else (known[0] + found[0], known[1] + found[1])
    return {kind: {name: _figures(*found) for name, found in sums.items()} for kind, sums in kinds.items()}


def _figures(accuracy: Accuracy, outline: Outlines) -> dict[str, Any]:
    return {
        "mean_iou": accuracy.mean_iou,
        "mean_boundary_iou": accuracy.mean_boundary_iou,
        "perimeter": outline.perimeter,
        "speck_share": outline.speck_share,
        "pixels": outline.area,
    }


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
