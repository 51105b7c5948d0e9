"""What hints do to maps of places that the corrector has not learned from: `make bench-hints`.

    python -m recurve.benchmarks.hints [NETWORK[=GROUP+GROUP] ...] [--twin NETWORK[=GROUP+GROUP] ...]

The protocol is in `hint_protocol.py`. A row is a network on a place; what is measured once is kept in `hint_rows` and
is part of the project. A row is measured anew if its network has changed, or if it is deleted.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..recipes.data import ROOT
from ..recipes.steps import say
from .hint_protocol import KINDS, SIDE_PX, measured
from .hint_report import report
from .left_out import named_networks, places, read_row, write_row
from .left_out_command import command
from .universal_networks import open_network

ROWS = ROOT / "benchmarks" / "hint_rows"
REPORT = ROOT / "benchmarks" / "hints.md"


def main(arguments: Sequence[str]) -> None:
    """Measure the rows that are missing, print the tables of all, and write them."""
    parser = command(ROWS, REPORT)
    parser.add_argument("--twin", nargs="*", default=[], help="one-pass networks, named in the same way")
    given = parser.parse_args(arguments)
    asked = [(False, *named) for named in named_networks(given.networks, "fold_*.pt")]
    asked += [(True, *named) for named in named_networks(given.twin, "twin_*.*")]
    for is_twin, path, groups in asked:
        network = open_network(path, given.iterations, given.caution)
        for place in places(groups, KINDS, given.maps, SIDE_PX):
            row_path = given.rows / network.name / f"{place.name}.json"
            is_wanted = not given.places or place.name in given.places
            if not is_wanted or read_row(row_path).get("identity") == network.identity:
                continue
            say(f"{network.name} on {place.name}")
            about = {"place": place.name, "group": place.group, "pixel_m": place.pixel_m}
            row = {"family": network.family, "identity": network.identity, "is_twin": is_twin}
            write_row(row_path, {**about, **row, "kinds": measured(network, place.images, alone=is_twin)})
    text = report([read_row(path) for path in sorted(given.rows.glob("*/*.json"))])
    say(text)
    given.report.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
