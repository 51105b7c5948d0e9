"""Whether a file that a run writes is one that it reads, or is written twice; however their paths are spelt."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Union

Key = tuple[Union[int, str], ...]


@dataclass(frozen=True)
class Clash:
    """A file that would be lost.

    Attributes:
        path: the file, as who writes it calls it.
        writer: who writes it.
        other: who reads it, or writes it as well.
        is_read: which of the two.
    """

    path: str
    writer: str
    other: str
    is_read: bool


def find_clash(read: Mapping[str, Iterable[str]], written: Mapping[str, Iterable[str]]) -> Clash | None:
    """The first file that is read and written, or written twice.

    Args:
        read: paths by who reads them; a folder stands for all that is in it.
        written: paths by who writes, replaces or deletes them, likewise; they need not be there yet.

    Returns:
        None where each file is left to one.
    """
    writers: dict[Key, tuple[str, str]] = {}
    for name, path in _each(written):
        other, _ = writers.setdefault(file_key(path), (name, path))
        if other != name:
            return Clash(path, name, other, is_read=False)
    return _lost(read, writers)


def _lost(read: Mapping[str, Iterable[str]], writers: Mapping[Key, tuple[str, str]]) -> Clash | None:
    """The first of the files that are read which is written, lies in a folder that is, or stands for such a folder."""
    readers: dict[Key, str] = {}
    known: dict[Path, list[Key]] = {}
    for reader, path in _each(read):
        key = file_key(path)
        readers.setdefault(key, reader)
        found = next((one for one in (key, *_keys_above(path, known)) if one in writers), None)
        if found is not None:
            writer, lost = writers[found]
            return Clash(lost if found == key else path, writer, reader, is_read=True)
    for writer, path in writers.values():
        folder = next((one for one in _keys_above(path, known) if one in readers), None)
        if folder is not None:
            return Clash(path, writer, readers[folder], is_read=True)
    return None


def _each(paths: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((name, path) for name, several in paths.items() for path in several)


def file_key(path: str | Path) -> Key:
    """What is the same for two paths of one file: also through links, and where the file is not there yet."""
    try:
        status = Path(path).stat()
        if status.st_ino:  # some network drives do not count their files
            return status.st_dev, status.st_ino
    except OSError:
        pass
    except ValueError:  # a name that no file can have
        return (str(path),)
    real = Path(os.path.realpath(path))
    if real.parent == real:
        return (str(real),)
    name = unicodedata.normalize("NFC", real.name).casefold() if _ignores_case(real.parent) else real.name
    return (*file_key(real.parent), name)


def _keys_above(path: str, known: dict[Path, list[Key]]) -> list[Key]:
    """The keys of the folders that a path leads through."""
    folder = Path(path).absolute().parent
    if folder not in known:
        known[folder] = [file_key(place) for place in (folder, *folder.parents)]
    return known[folder]


def _ignores_case(folder: Path) -> bool:
    """Whether a folder is of a kind that takes Map.tif for map.tif: as far as its own name tells."""
    for place in (folder, *folder.parents):
        other = place.with_name(place.name.swapcase()) if place.name else place
        if other.name != place.name:
            try:
                return place.samefile(other)
            except OSError:
                return False
    return os.name == "nt"
