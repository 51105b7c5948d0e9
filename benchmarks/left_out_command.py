"""What the two measurements on places left out are asked in the same words."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..recipes.release_universal import CAUTION, ITERATIONS
from ..recipes.universal_maps import FOLDER


def command(rows: Path, report: Path) -> argparse.ArgumentParser:
    """Which networks, places and files.

    Args:
        rows: the folder of the rows, unless told otherwise.
        report: the page, likewise.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("networks", nargs="*", help="FILE or FILE=GROUP+GROUP; all fold_*.pt if none")
    parser.add_argument("--places", nargs="*", help="of these groups only some")
    parser.add_argument("--maps", type=Path, default=FOLDER)
    parser.add_argument("--rows", type=Path, default=rows)
    parser.add_argument("--report", type=Path, default=report)
    parser.add_argument("--iterations", type=int, default=ITERATIONS)
    parser.add_argument("--caution", type=float, default=CAUTION, help="of a checkpoint")
    return parser
