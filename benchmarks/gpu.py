"""The networks on a GPU, proved and measured: `python3 benchmarks/gpu.py`; docs/gpu.md tells how to read its table.

It needs numpy and onnxruntime-gpu; neither QGIS nor GDAL nor an installation of the project. It runs from any folder.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = "recurve"


def load_package() -> None:
    """Make the folder above this one the package `recurve`, whatever its own name is."""
    if PLUGIN in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        PLUGIN, ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    if spec is None or spec.loader is None:
        raise SystemExit(f"{ROOT} is no checkout of Recurve: it has no __init__.py.")
    package = importlib.util.module_from_spec(spec)
    sys.modules[PLUGIN] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    if importlib.util.find_spec("numpy") is None:
        raise SystemExit("numpy is missing; install the Python packages numpy and onnxruntime-gpu.")
    load_package()
    from recurve.benchmarks.gpu_proof.command import main

    raise SystemExit(main(sys.argv[1:]))
