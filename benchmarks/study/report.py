"""`benchmarks/study.md`: the targets, the tables of all rows that are there, and the pictures."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path

from ...core.training.chip_scores import by_classifier, score_chips
from ...recipes.banepa import banepa_regions, banepa_samples, coarse_and_accurate
from ...recipes.data import ROOT
from ...recipes.release import WEIGHTS
from .costs import costs
from .datasets import BASES, FOLDER, MEASURED, PROTOCOLS, Banepa, Base, Protocol, banepa
from .label_amounts import amounts_table
from .pictures import draw_change, draw_curve, draw_filters, draw_maps
from .refiners import ABLATIONS
from .tables import comparison, per_iteration, rows_of, table
from .targets import Rows, targets
from .transfer import TRANSFER

REPORT = ROOT / "benchmarks" / "study.md"
PICTURES = ROOT / "benchmarks" / "pictures"
REMARKS = Path(__file__).with_name("remarks.md")


def draw_networks(seed: int) -> None:
    """Draw what the networks of a seed have learned and make of the test part; they are trained where they are missing.

    Args:
        seed: of the trainings.
    """
    work = FOLDER / PROTOCOLS[0].name / str(seed)
    base = banepa(work, seed, Banepa(is_fine_tuned=False))[0]
    draw_maps(base, seed, work, PICTURES / "maps.png")
    draw_change(base, seed, work, PICTURES / "change.png")
    draw_filters(base, seed, work, PICTURES / "filters.png")


def write_report(seeds: Sequence[int]) -> None:
    """Write the tables and the curve from the rows that are there; nothing is trained.

    Args:
        seeds: whose rows count.
    """
    main, *others = PROTOCOLS
    base = _protocol(seeds[0])
    coarse, tuned = (_rows(main, base, seeds) for base in BASES)
    elsewhere, transferred = (
        {protocol.title: rows for protocol in protocols if (rows := _rows(protocol, BASES[0], seeds))}
        for protocols in (others, [TRANSFER])
    )
    draw_curve(coarse, tuned, PICTURES / "curve.png")
    sections = [
        _head(seeds),
        _targets(coarse, tuned, elsewhere, transferred),
        REMARKS.read_text(encoding="utf-8").strip(),
        _section(main, seeds),
        _pictures(seeds[0]),
        _ablations(seeds),
        "## With fewer and with more accurate labels\n\nOn the classifier of coarse labels, after trainings as long.",
        amounts_table(base, seeds),
        *(_section(protocol, seeds) for protocol in (*others, TRANSFER) if _rows(protocol, BASES[0], seeds)),
        f"## Costs\n\nTwo classes, {platform.machine()}, ONNX Runtime on the CPU, one after the other in one run.",
        costs(base),
    ]
    REPORT.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _rows(protocol: Protocol, base: str, seeds: Sequence[int]) -> Rows:
    ablations = {one.name for one in ABLATIONS}
    found = rows_of(MEASURED / protocol.name, base, seeds)
    return {name: rows for name, rows in found.items() if name not in ablations}


def _head(seeds: Sequence[int]) -> str:
    named = ", ".join(map(str, seeds))
    return (
        "# The study\n\n"
        f"Made by `make study`, {_days(seeds)} ({platform.machine()}, CPU). Figures in percent on test "
        f"parts, mean ± standard deviation over the seeds {named}, where a row has them all; a figure without spread "
        "is one seed. Boundary IoU: strips of 3 px. Damage: share of the classifier's right pixels made wrong; repair: "
        "share of its wrong pixels made right."
    )


def _days(seeds: Sequence[int]) -> str:
    """When the rows were measured."""
    found = [rows_of(MEASURED / one.name, base, seeds) for one in (*PROTOCOLS, TRANSFER) for base in BASES]
    days = sorted({row.made for methods in found for rows in methods.values() for row in rows})
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"


def _targets(coarse: Rows, tuned: Rows, elsewhere: dict[str, Rows], transferred: dict[str, Rows]) -> str:
    lines = [
        [asked, found, "yes" if is_reached else "**no**"]
        for asked, found, is_reached in targets(coarse, tuned, elsewhere, transferred)
    ]
    return "## What was asked, and what was found\n\n" + table(["asked", "found", "reached"], lines)


def _section(protocol: Protocol, seeds: Sequence[int]) -> str:
    """All tables of a protocol."""
    parts = [f"## {protocol.title}"]
    for base in BASES:
        rows = _rows(protocol, base, seeds)
        if rows:
            count = max(len(found) for found in rows.values())
            parts.append(f"### On the {base}\n\n{count} seed{'s' if count > 1 else ''}.")
            parts.append(comparison(rows, protocol.classes, base, protocol.thin_class))
            iterated = [name for name, found in rows.items() if len(found[0].measured) > 2]
            if iterated:
                parts.append(per_iteration(rows, iterated))
    return "\n\n".join(parts)


def _ablations(seeds: Sequence[int]) -> str:
    """What each part of the deep form is worth, on the first protocol."""
    rows = rows_of(MEASURED / PROTOCOLS[0].name, BASES[0], seeds)
    names = ["deep", *(one.name for one in ABLATIONS)]
    kept = {name: rows[name] for name in names if name in rows}
    tables = comparison(kept, PROTOCOLS[0].classes, BASES[0]), per_iteration(kept, list(kept))
    return "## Ablations\n\n" + "\n\n".join(tables)


def _protocol(seed: int) -> Base:
    """The data of the first protocol for what depends on its size alone; no network is trained for its scores."""
    samples = banepa_samples(
        FOLDER / PROTOCOLS[0].name / str(seed) / "samples", banepa_regions(True, 4, 5), seed
    )
    _, accurate = coarse_and_accurate(samples)
    source = by_classifier(samples, WEIGHTS / "buildings_classifier.onnx")
    return Base("", score_chips(samples, accurate, source), accurate, accurate, [])


def _pictures(seed: int) -> str:
    captions = {
        "curve": "Mean IoU on the test column after each iteration; the line at 5 is what was trained for.",
        "maps": f"A piece of the test column (seed {seed}): image and reference, both forms' maps.",
        "change": f"Where the deep form repairs and where it does damage on the test column (seed {seed}).",
        "filters": f"What the paper's form has learned (seed {seed}): M on the scores, N on the image.",
    }
    shown = [f"![{text}](pictures/{name}.png)\n\n*{text}*" for name, text in captions.items()]
    credit = (
        "Imagery: OpenAerialMap contributors, CC BY 4.0; outlines: (c) OpenStreetMap contributors, ODbL 1.0."
    )
    return "\n\n".join([*shown, credit])
