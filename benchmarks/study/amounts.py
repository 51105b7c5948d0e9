"""How many precise labels each form needs: the first protocol with quarters of the precise column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .grounds import FOLDER, MEASURED, Base, banepa
from .refiners import DEEP, PAPER, TWIN
from .rows import fill
from .tables import rows_of, spread, table

QUARTERS = (1, 2)
COMPARED = (DEEP, TWIN, PAPER)
_BANEPA = "banepa"


def fill_amounts(seed: int) -> None:
    """Train each form on fewer labels; rows that are there are kept.

    Args:
        seed: of the trainings.
    """
    work, rows = (folder / _BANEPA / str(seed) for folder in (FOLDER, MEASURED))
    base = banepa(work, seed, is_fine_tuned=False)[0]
    for quarters in QUARTERS:
        few = base.learned[:quarters]
        fewer = replace(base, name=_name(base.name, quarters), learned=few, chosen=few)
        fill(fewer, COMPARED, seed, rows, work)


def amounts(base: Base, seeds: Sequence[int], folder: Path = MEASURED / _BANEPA) -> str:
    """The table of all amounts, in percent.

    Args:
        base: of the whole column.
        seeds: whose rows count.
        folder: of the rows.
    """
    lines = []
    for quarters in (*QUARTERS, len(base.learned)):
        pixels = sum(chip.height * chip.width for chip in base.learned[:quarters])
        name = base.name if quarters == len(base.learned) else _name(base.name, quarters)
        rows = rows_of(folder, name, seeds)
        for refiner in COMPARED:
            found = rows.get(refiner.name, [])
            if found:
                figures = [
                    spread([getattr(row.final, figure) for row in found])
                    for figure in ("mean_iou", "boundary_iou")
                ]
                lines.append([f"{pixels / 1e6:.2f}", refiner.name, *figures, str(len(found))])
    return table(["precise labels, Mpx", "corrector", "mean IoU", "boundary IoU", "seeds"], lines)


def _name(base: str, quarters: int) -> str:
    return f"{base}, {quarters} of 4 quarters"
