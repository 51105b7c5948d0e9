"""`benchmarks/study.md`: the tables of all rows that are there, the bars, and the pictures."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Sequence
from pathlib import Path

from ...recipes.data import ROOT
from .bars import Rows, bars
from .costs import costs
from .grounds import FOLDER, PROTOCOLS, Protocol
from .pictures import draw_change, draw_curve, draw_filters, draw_maps
from .refiners import ABLATIONS
from .tables import comparison, per_iteration, rows_of, table

REPORT = ROOT / "benchmarks" / "study.md"
PICTURES = ROOT / "benchmarks" / "pictures"
REMARKS = Path(__file__).with_name("remarks.md")


def write_report(seeds: Sequence[int]) -> None:
    """Write tables and pictures from what is in the study's folder; nothing is trained but what a picture lacks.

    Args:
        seeds: whose rows count.
    """
    main, *others = PROTOCOLS
    folder = FOLDER / main.name
    bases = main.bases(folder / str(seeds[0]), seeds[0])
    rough, tuned = (_without_ablations(rows_of(folder, base.name, seeds)) for base in bases)
    elsewhere = {}
    for protocol in others:
        rows = rows_of(FOLDER / protocol.name, "classifier", seeds)
        if {"deep", "paper"} <= rows.keys():
            elsewhere[protocol.title] = rows
    sections = [
        _head(seeds),
        _bars(rough, tuned, elsewhere),
        REMARKS.read_text(encoding="utf-8").strip(),
        _section(main, seeds),
        "![curve](pictures/curve.png)\n\n![maps](pictures/maps.png)\n\n![change](pictures/change.png)\n\n"
        "![filters](pictures/filters.png)\n\n"
        "Imagery: OpenAerialMap contributors, CC BY 4.0; outlines (c) OpenStreetMap contributors, ODbL 1.0.",
        _ablations(seeds),
        *(_section(protocol, seeds) for protocol in others if (FOLDER / protocol.name).is_dir()),
        f"## Costs\n\nTwo classes, {platform.machine()}, ONNX Runtime on the CPU; one after the other in one run.\n\n"
        + costs(bases[0]),
    ]  # fmt: skip
    first = folder / str(seeds[0]) / bases[0].name
    draw_curve(rough, tuned, PICTURES / "curve.png")
    draw_maps(bases[0], seeds[0], first, PICTURES / "maps.png")
    draw_change(bases[0], seeds[0], first, PICTURES / "change.png")
    draw_filters(bases[0], seeds[0], first, PICTURES / "filters.png")
    REPORT.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _head(seeds: Sequence[int]) -> str:
    named = ", ".join(map(str, seeds))
    return (
        "# The study\n\n"
        f"Made by `make study` on {datetime.date.today()} ({platform.machine()}, CPU). Figures in percent, on test "
        f"parts that nothing was tuned on, mean ± standard deviation over the seeds {named} where a row "
        "has them all. Boundary IoU: strips of 3 px. Damage: share of the classifier's right pixels made wrong; "
        "repair: share of its wrong pixels made right."
    )


def _bars(rough: Rows, tuned: Rows, elsewhere: dict[str, Rows]) -> str:
    lines = [
        [asked, found, "yes" if is_reached else "**no**"]
        for asked, found, is_reached in bars(rough, tuned, elsewhere)
    ]
    return "## Bars\n\n" + table(["asked", "found (mean ± spread over the seeds)", "reached"], lines)


def _section(protocol: Protocol, seeds: Sequence[int]) -> str:
    """All tables of a protocol."""
    parts = [f"## {protocol.title}"]
    folder = FOLDER / protocol.name
    for base in ("classifier", "fine-tuned classifier"):
        rows = _without_ablations(rows_of(folder, base, seeds))
        if rows:
            count = max(len(found) for found in rows.values())
            parts.append(f"### On the {base}\n\n{count} seed{'s' if count > 1 else ''}.")
            parts.append(comparison(rows, protocol.classes, base))
            iterated = [name for name, found in rows.items() if len(found[0].measured) > 2]
            if iterated:
                parts.append(per_iteration(rows, iterated))
    return "\n\n".join(parts)


def _ablations(seeds: Sequence[int]) -> str:
    """What each part of the deep form is worth, on the first protocol's test part."""
    rows = rows_of(FOLDER / PROTOCOLS[0].name, "classifier", seeds)
    kept = {name: found for name, found in rows.items() if name in {"deep", *(one.name for one in ABLATIONS)}}
    tables = comparison(kept, PROTOCOLS[0].classes, "classifier"), per_iteration(kept, list(kept))
    return "## Ablations\n\n" + "\n\n".join(tables)


def _without_ablations(rows: Rows) -> Rows:
    names = {one.name for one in ABLATIONS}
    return {name: found for name, found in rows.items() if name not in names}
