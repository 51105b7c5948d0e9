"""The finished tiles of a run, one small file each: what a run that is stopped, killed or cut off goes on from."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..atomic_file import behind_link
from ..raster.tiling import Window
from .write_faults import no_disk_fault

_RUN = "run.json"
_MARK, _DIGITS = ".recurve-", 12


def digest_of(run: str) -> str:
    """A few digits for everything a run depends on: what it leaves to go on from bears them in its name."""
    return hashlib.sha256(run.encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]


def left_by_runs(output: Path, before: str, after: str = "") -> list[Path]:
    """What runs for an output have left to go on from: what has the name of the output with a digest.

    The whole name is compared, letter by letter: a pattern of `map[1].tif` would find what is of `map1.tif`, and the
    beginning alone what is of an output that begins alike.

    Args:
        output: the file to write.
        before: what stands between the output's name and the digest.
        after: what stands behind.
    """
    name = re.compile(re.escape(f".{output.name}{before}") + f"[0-9a-f]{{{_DIGITS}}}" + re.escape(after))
    try:
        return sorted(path for path in output.parent.iterdir() if name.fullmatch(path.name))
    except OSError:  # a folder that is not there, or may not be listed
        return []


def unfinished_runs(output: Path) -> list[Path]:
    """The folders of tiles that runs for an output have left."""
    folders = left_by_runs(behind_link(output), _MARK)
    return [folder for folder in folders if (folder / _RUN).is_file() and not folder.is_symlink()]


class TileFiles:
    """A hidden folder beside an output, named for the output and for the run.

    A file in it is either whole or not there: it is written under another name, forced to the disk and moved. A run
    with other networks, another image or other settings has another folder, so its tiles are never mixed up with these.

    Args:
        output: the file the tiles will become.
        run: everything the tiles depend on, as JSON values.
    """

    def __init__(self, output: Path, run: Mapping[str, Any]) -> None:
        self._output = behind_link(output)  # on its disk, to which finished files are moved
        self._run = json.dumps(run, sort_keys=True, indent=1)
        self.folder = self._output.with_name(f".{self._output.name}{_MARK}{digest_of(self._run)}")
        self._finished: set[str] = set()

    def open(self) -> int:
        """Make the folder, or take over the one of an earlier try.

        Returns:
            How many finished tiles are in it.

        Raises:
            RasterError: the folder cannot be made or written to.
        """
        with no_disk_fault(self._output):
            self.folder.mkdir(exist_ok=True)
            for path in self.folder.iterdir():
                if path.suffix == ".tile":
                    self._finished.add(path.name)
                elif path.is_dir():
                    shutil.rmtree(path)  # an assembly that was cut off
                else:
                    path.unlink()
            self._write(_RUN, self._run.encode())
        return len(self._finished)

    @property
    def others(self) -> list[Path]:
        """Folders of other unfinished runs for the same output."""
        return [path for path in unfinished_runs(self._output) if path != self.folder]

    def path(self, window: Window) -> Path:
        """Where the tile of a window is, or will be."""
        return self.folder / f"{window.row}_{window.col}_{window.height}_{window.width}.tile"

    def has(self, window: Window) -> bool:
        """Whether the tile of a window is finished."""
        return self.path(window).name in self._finished

    def put(self, window: Window, tile: bytes) -> None:
        """Keep a finished tile.

        Raises:
            RasterError: the disk is full or gone; the finished tiles stay as they are.
        """
        name = self.path(window).name
        with no_disk_fault(self._output):
            self._write(name, tile)
        self._finished.add(name)

    def drop(self, window: Window) -> None:
        """Delete a tile that is no longer needed."""
        path = self.path(window)
        self._finished.discard(path.name)
        path.unlink(missing_ok=True)

    @property
    def is_empty(self) -> bool:
        """Whether no tile is finished."""
        return not self._finished

    def discard(self) -> None:
        """Delete the folder and everything in it; a folder that is gone is no fault."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._finished.clear()

    def discard_others(self) -> None:
        """Delete the folders of other unfinished runs for this output, which is another file now."""
        for folder in self.others:
            shutil.rmtree(folder, ignore_errors=True)

    def _write(self, name: str, content: bytes) -> None:
        temporary = self.folder / f"{name}.part"
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            if content:  # or a power cut leaves a file of the right name and size, full of zeros
                os.fsync(file.fileno())
        temporary.replace(self.folder / name)
