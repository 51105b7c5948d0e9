"""The wall of design.md: who may import whom, read from the source and not from a run."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
QGIS = {"qgis", "processing", "PyQt5", "PyQt6"}
LATE = {"torch", "onnxruntime", "onnx", "dask", "matplotlib", "sklearn"}
TRAINING = {
    "cells.py",
    "classifier.py",
    "unet.py",
    "trained_weights.py",
    "recalibration.py",
    "corrector.py",
    "guided_corrector.py",
    "per_class_update.py",
    "export.py",
}  # imported late


def sources(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(path, top_only=False):
    """The packages a file imports from outside the plugin, and those of the plugin with a leading dot."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = module_level(tree) if top_only else ast.walk(tree)
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0:
                names.add(node.module.split(".")[0])
            else:
                modules = [node.module] if node.module else [alias.name for alias in node.names]
                names |= {"." * node.level + module for module in modules}
    return names


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


def test_there_is_something_to_check():
    assert sources("core")
    assert sources("models")
    assert sources("algorithms")


@pytest.mark.parametrize("path", sources("core", "models"), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_engine_knows_no_qgis(path):
    assert not imports(path) & QGIS


@pytest.mark.parametrize("path", sources("models"), ids=lambda p: p.name)
def test_models_know_neither_rasters_nor_core(path):
    names = imports(path)
    assert "osgeo" not in names
    assert not {name for name in names if name.startswith("..")}


@pytest.mark.parametrize("path", sources("core"), ids=lambda p: p.name)
def test_core_knows_models_only(path):
    outside = {name.lstrip(".").split(".")[0] for name in imports(path) if name.startswith("..")}
    assert outside <= {"models"}


@pytest.mark.parametrize(
    "name",
    [
        "contract.py",
        "contract_record.py",
        "errors.py",
        "constant_check.py",
        "graph_check.py",
        "network_file.py",
        "protobuf.py",
        "tensor_check.py",
    ],
)
def test_contract_needs_the_standard_library_only(name):
    names = {name for name in imports(ROOT / "models" / name) if not name.startswith(".")}
    assert names <= sys.stdlib_module_names


def test_session_knows_no_torch():
    assert "torch" not in imports(ROOT / "models" / "session.py")


@pytest.mark.parametrize("package", ["rasterio", "fiona", "pyproj"])
def test_no_second_gdal_or_proj(package):
    for path in sources("core", "models", "algorithms", "scripts"):
        assert package not in imports(path), path


def test_heavy_packages_are_imported_where_they_are_needed():
    """What QGIS loads with the plugin has none of them; the files of training may, and are imported late."""
    loaded = [path for path in sources("core", "models", "algorithms") if path.name not in TRAINING]
    for path in [ROOT / "__init__.py", ROOT / "plugin.py", *loaded]:
        names = imports(path, top_only=True)
        assert not names & LATE, path
        own = {f"{name.rpartition('.')[2]}.py" for name in names if name.startswith(".")}
        assert not own & TRAINING, path


def test_qt_comes_from_qgis():
    for path in [ROOT / "plugin.py", *sources("algorithms", "tests")]:
        assert not imports(path) & {"PyQt5", "PyQt6"}, path
