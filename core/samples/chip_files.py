"""Where the files of a chip are."""

from __future__ import annotations

from pathlib import Path


def chip_paths(folder: Path, chip: str) -> tuple[Path, Path]:
    """Where the image and the labels of a chip are."""
    return folder / "images" / f"{chip}.tif", folder / "labels" / f"{chip}.tif"


def chip_files(folder: Path, chip: str) -> list[Path]:
    """Image and labels of a chip, and what GDAL writes beside them."""
    paths = chip_paths(folder, chip)
    return [*paths, *(path.with_name(f"{path.name}.aux.xml") for path in paths)]
