"""How many accurate labels each form needs: the first protocol with quarters of the accurate column, and with more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...core.training.chip_scores import by_classifier, score_chips
from ...recipes.banepa import ROWS, Region, banepa_samples
from .datasets import BASES, FOLDER, MEASURED, Banepa, Base, banepa
from .experiments import are_there, fill
from .refiners import DEEP, PAPER, TWIN
from .tables import rows_of, spread, table

QUARTERS = 4
FEWER = (1, 2)
"""Quarters of the accurate column."""
MORE = 3
"""Columns, of which the classifier has learned all but one with coarse labels."""
COMPARED = (DEEP, TWIN, PAPER)
_BANEPA = "banepa"
_LAST_COLUMN = 4


def fill_amounts(seed: int) -> None:
    """Train each form on fewer labels, and on more; rows that are there are kept.

    Args:
        seed: of the trainings.
    """
    work, rows = (folder / _BANEPA / str(seed) for folder in (FOLDER, MEASURED))
    compared = [refiner.name for refiner in COMPARED]
    if all(are_there(rows, _name(quarters), compared) for quarters in (*FEWER, MORE * QUARTERS)):
        return
    base = banepa(work, seed, Banepa(is_fine_tuned=False))[0]
    for quarters in FEWER:
        few = base.training[:quarters]
        fewer = replace(base, name=_name(quarters), training=few, validation=few)
        fill(fewer, COMPARED, seed, rows, work)
    fill(_with_more(work, seed), COMPARED, seed, rows, work)


def _with_more(work: Path, seed: int) -> Base:
    columns = _LAST_COLUMN - MORE + 1, _LAST_COLUMN
    test = Region((5, 5), ROWS, "test", 0)
    samples = banepa_samples(work / "more_samples", [Region(columns, ROWS, "train", 0), test], seed)
    accurate = samples.of_split("train")
    scored = score_chips(samples, samples.chips, by_classifier(samples, work / "classifier.onnx"))
    return Base(_name(MORE * QUARTERS), scored, accurate, accurate, scored.of_split("test"))


def amounts_table(base: Base, seeds: Sequence[int], folder: Path = MEASURED / _BANEPA) -> str:
    """The table of all amounts, in percent.

    Args:
        base: of the whole column.
        seeds: whose rows count.
        folder: of the rows.
    """
    column = sum(chip.height * chip.width for chip in base.training)
    lines = []
    for quarters in (*FEWER, QUARTERS, MORE * QUARTERS):
        rows = rows_of(folder, _name(quarters), seeds)
        for refiner in COMPARED:
            found = rows.get(refiner.name, [])
            if found:
                figures = [
                    spread([getattr(row.final, figure) for row in found])
                    for figure in ("mean_iou", "boundary_iou")
                ]
                known = [row.on_chosen[row.iterations] for row in found if row.on_chosen]
                figures.append(spread(known) if known else "")
                pixels = column * quarters / QUARTERS / 1e6
                lines.append([f"{pixels:.2f}", refiner.name, *figures, str(len(found))])
    head = ["accurate labels, Mpx", "corrector", "mean IoU", "boundary IoU", "mean IoU on them", "seeds"]
    return table(head, lines)


def _name(quarters: int) -> str:
    return BASES[0] if quarters == QUARTERS else f"{BASES[0]}, {quarters} quarters of labels"
