"""The report on a network and on what it runs on here: what is told, as lines of text and as HTML.

It is in English wherever QGIS is, but for what the engine says of a device: it is made to be copied into the report of
a fault.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from osgeo import gdal
from qgis.core import Qgis
from qgis.PyQt.QtCore import PYQT_VERSION_STR, QT_VERSION_STR

from ...core.reports.html import HtmlReport
from ...models.contract import Band, NetworkContract
from ...models.runtime.devices import DeviceReport
from ...models.runtime.environment import cuda_version, versions
from ...models.runtime.libraries import nvidia_libraries
from ...models.runtime.self_test import TOLERANCE
from .about import plugin_version
from .image_fit import pixel_sizes


@dataclass(frozen=True)
class Section:
    """A part of the report: a title, and what is told as name and value."""

    title: str
    rows: Sequence[tuple[str, str]]

    def lines(self) -> list[str]:
        """The section as text."""
        return [self.title, *(f"  {name}: {value}" for name, value in self.rows)]


def html_report(title: str, sections: Iterable[Section]) -> HtmlReport:
    """All sections as a page."""
    report = HtmlReport(title)
    for section in sections:
        report.section(section.title)
        report.record(section.rows)
    return report


def network_section(path: Path, sha256: str, contract: NetworkContract) -> Section:
    """What a network's file says about itself."""
    rows = [
        ("file", f"{path} ({path.stat().st_size} bytes)"),
        ("SHA-256", sha256),
        ("name", contract.name),
        ("role", contract.role),
        ("form", contract.form),
        *((f"band {number}", _band(band)) for number, band in enumerate(contract.bands, start=1)),
        *((f"class {code}", f"{c.name} ({c.colour})") for code, c in enumerate(contract.classes, start=1)),
        ("pixel size", f"{contract.pixel_size_m:g} m, made for {pixel_sizes(contract)}"),
        ("receptive field radius in the image", _pixels(contract.reach_px)),
        ("stride", f"{contract.stride} px"),
    ]
    if contract.role == "corrector":
        rows += [
            ("receptive field radius in the scores", _in_scores(contract)),
            ("iterations", str(contract.iterations)),
            ("trained on classifier", contract.classifier_sha256),
        ]
        if contract.any_map:
            rows.append(("made for", "maps of any classes; images of any bands, of which three are made"))
        hint_reach = contract.hint_reach_per_iteration_px
        rows.append(
            ("hints", f"carried {hint_reach} px per iteration" if contract.takes_hints else "not taken")
        )
    if contract.map_kind:
        rows.append(("trained on maps with", contract.map_kind))
    # as JSON, in which control characters are written out
    training = json.dumps(contract.training, ensure_ascii=False, sort_keys=True)
    rows += [("training", training), ("contract's format", str(contract.format_version))]
    return Section("Network", rows)


def versions_section(packages: str) -> Section:
    """Versions of all that takes part.

    Args:
        packages: what is in Recurve's folder of packages.
    """
    rows = {
        "Recurve": plugin_version(),
        "QGIS": f"{Qgis.version()} (Qt {QT_VERSION_STR}, PyQt {PYQT_VERSION_STR})",
        "GDAL": gdal.VersionInfo("RELEASE_NAME"),
        **versions(),
        "Python's program": sys.executable,
        "Recurve's packages": packages,
    }
    return Section("Versions", list(rows.items()))


def libraries_section() -> Section:
    """NVIDIA's libraries, found or missing."""
    built_with = cuda_version()
    libraries = nvidia_libraries(built_with)
    rows = [
        (f"{library.name} ({library.needed_for})", str(library.path) if library.path else "not found")
        for library in libraries
    ]
    if not libraries:
        rows = [("CUDA", "there is none for this operating system")]
    elif not built_with:
        rows.insert(
            0, ("needed by", "onnxruntime-gpu; the installed ONNX Runtime, if any, does not use them")
        )
    return Section("NVIDIA's libraries", rows)


def device_section(report: DeviceReport) -> Section:
    """How a network does on a device."""
    rows = [("runs on", report.runs_on or "it does not run")]
    if report.runs_on:
        passed = report.difference is not None
        told = (
            f"passed, largest difference {report.difference:.2g} (allowed: {TOLERANCE:g})"
            if passed
            else "failed"
        )
        rows.append(("self-test", told))
    rows += [("why" if not report.runs_on else "remark", remark) for remark in report.remarks]
    return Section(f"Device {report.device}", rows)


def _in_scores(contract: NetworkContract) -> str:
    per_iteration = f"{contract.reach_per_iteration_px} px per iteration"
    return (
        f"{contract.reach_in_scores_px} px and {per_iteration}"
        if contract.reach_in_scores_px
        else per_iteration
    )


def _pixels(reach_px: int | None) -> str:
    return "not stated" if reach_px is None else f"{reach_px} px"


def _band(band: Band) -> str:
    return f"{band.name}: {band.minimum:g} to {band.maximum:g}, mean {band.mean:.4g}, deviation {band.deviation:.4g}"
