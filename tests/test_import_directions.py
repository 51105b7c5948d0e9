"""The house: which room may import which, read from the source and not from a run."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
QGIS = {"qgis", "processing", "PyQt5", "PyQt6"}
LATE = {"torch", "onnxruntime", "onnx", "dask", "matplotlib", "sklearn"}

# What each room knows besides itself, its own package's files, `core/errors.py` and `core/translation.py`, which import
# nothing.
# Read from the bottom up: a room imports only rooms above it in this table.
ROOMS: dict[str, set[str]] = {
    "core/errors": set(),
    "core/translation": set(),
    "models/contract_json": set(),
    "models/contract_check": {"models/contract_json"},
    "models/contract": {"models/contract_check", "models/contract_json"},
    "models/onnx_file": {"models/contract", "models/contract_json"},
    "models/runtime": {"models/contract", "models/onnx_file"},
    "models/pytorch": {"models/contract", "models/onnx_file", "models/runtime"},
    "core/progress": set(),
    "core/atomic_file": set(),
    "core/processes": set(),
    "core/run_lock": {"core/processes"},
    "core/file_clash": set(),
    "core/raster": {"models/contract"},
    "core/metrics": set(),
    "core/output": {"models/contract", "core/atomic_file", "core/file_clash", "core/raster", "core/run_lock"},
    "core/class_maps": {"models/contract", "core/progress", "core/raster"},
    "core/reports": {"models/contract", "core/atomic_file", "core/raster"},
    "core/samples": {"models/contract", "core/atomic_file", "core/progress", "core/raster", "core/run_lock"},
    "core/inference": {
        "models/contract",
        "models/runtime",
        "core/progress",
        "core/raster",
        "core/output",
        "core/class_maps",
    },
    "core/training": {
        "models/contract",
        "models/onnx_file",
        "models/runtime",
        "models/pytorch",
        "core/atomic_file",
        "core/run_lock",
        "core/progress",
        "core/raster",
        "core/metrics",
        "core/output",
        "core/class_maps",
        "core/reports",
        "core/samples",
        "core/inference",
    },
    "core/assessment": {
        "models/contract",
        "core/atomic_file",
        "core/progress",
        "core/raster",
        "core/metrics",
        "core/output",
        "core/class_maps",
        "core/reports",
    },
}
FOR_ALL = {"core/errors", "core/translation"}
"""What every room may know, because it imports nothing."""
QGIS_ROOMS: dict[str, set[str]] = {
    "algorithms/text": set(),
    "algorithms/feedback": {"algorithms/text"},
    "algorithms/typed_paths": set(),
    "algorithms/values": {"algorithms/text", "algorithms/typed_paths"},
    "algorithms/setup": {"algorithms/text"},
    "algorithms/layers": {"algorithms/text", "algorithms/values"},
    "algorithms/parameters": {
        "algorithms/feedback",
        "algorithms/text",
        "algorithms/values",
        "algorithms/setup",
        "algorithms/layers",
    },
}
"""The same on the QGIS side, below the algorithms; each of these knows the engine as well."""
OUTSIDE = {
    "core/errors": set(),
    "core/translation": set(),
    "models/contract_json": set(),
    "models/contract_check": set(),
    "models/contract": set(),
    "models/onnx_file": set(),
    "core/metrics": {"numpy"},
}
"""Rooms that need nothing, or only this, beside the standard library."""


def sources(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


ENGINE = [path for path in sources("core", "models") if path.name != "__init__.py"]
BELOW_ALGORITHMS = [ROOT / f"{room}.py" for room in QGIS_ROOMS if (ROOT / f"{room}.py").exists()] + [
    path for room in QGIS_ROOMS for path in sources(room) if path.name != "__init__.py"
]


def room_of(parts):
    """The room of a module given by its parts below the checkout: a sub-package, or a file beside them."""
    return "/".join(parts[:2])


def imports(path, top_only=False):
    """What a file imports: the packages from outside the plugin, and the plugin's own modules as parts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts = path.relative_to(ROOT).with_suffix("").parts
    outside, own = set(), set()
    for node in module_level(tree) if top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            outside |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            outside.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            base = (*parts[: -node.level], *(node.module.split(".") if node.module else ()))
            own |= {(*base, alias.name) for alias in node.names}
    return outside, own


def module_level(tree):
    """The statements that run on import: not the bodies of functions, not `if TYPE_CHECKING:`."""
    pending = list(tree.body)
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, ast.If):
            is_for_types = "TYPE_CHECKING" in ast.dump(node.test)
            pending += node.orelse if is_for_types else node.body + node.orelse
        elif isinstance(node, ast.Try):
            pending += node.body + node.orelse + node.finalbody
        elif isinstance(node, (ast.With, ast.ClassDef)):
            pending += node.body


def test_the_table_names_every_room_and_has_no_circle():
    assert {room_of(path.relative_to(ROOT).with_suffix("").parts) for path in ENGINE} == set(ROOMS)
    rooms = {path.parent.name for path in ROOT.glob("algorithms/*/__init__.py")}
    assert {f"algorithms/{room}" for room in rooms} <= set(QGIS_ROOMS)
    for table in (ROOMS, QGIS_ROOMS):
        above: set[str] = set()
        for room, known in table.items():
            assert known <= above, f"{room} knows {known - above}, which the table has not named yet"
            above.add(room)


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_room_knows_only_what_the_table_says(path):
    outside, own = imports(path)
    room = room_of(path.relative_to(ROOT).with_suffix("").parts)
    assert {room_of(module) for module in own} <= ROOMS[room] | {room, *FOR_ALL}
    assert not outside & QGIS
    if room.startswith("models"):
        assert "osgeo" not in outside
    if room in FOR_ALL:
        assert not own
    if room in OUTSIDE:
        assert outside <= OUTSIDE[room] | sys.stdlib_module_names


@pytest.mark.parametrize("path", BELOW_ALGORITHMS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_algorithms_share_knows_no_algorithm(path):
    room = room_of(path.relative_to(ROOT).with_suffix("").parts)
    known = {room_of(module) for module in imports(path)[1] if module[0] == "algorithms"}
    assert known <= QGIS_ROOMS[room] | {room}


def test_running_networks_needs_no_torch():
    for path in sources("models/runtime"):
        assert "torch" not in imports(path)[0], path


@pytest.mark.parametrize("package", ["rasterio", "fiona", "pyproj"])
def test_no_second_gdal_or_proj(package):
    for path in sources("core", "models", "algorithms", "scripts"):
        assert package not in imports(path)[0], path


def test_heavy_packages_are_imported_where_they_are_needed():
    """What QGIS loads with the plugin has none of them; the networks as they learn have, and are imported late."""
    loaded = [path for path in sources("core", "models", "algorithms") if "pytorch" not in path.parts]
    for path in [ROOT / "__init__.py", ROOT / "plugin.py", *loaded]:
        outside, own = imports(path, top_only=True)
        assert not outside & LATE, path
        assert "models/pytorch" not in {room_of(module) for module in own}, path


def test_qt_comes_from_qgis():
    for path in [ROOT / "plugin.py", *sources("algorithms", "tests")]:
        assert not imports(path)[0] & {"PyQt5", "PyQt6"}, path
