"""One run at a time for an output: two would delete each other's unfinished files.

A hidden file beside the output says which process writes it. It is made only where there is none, which works on
network drives as well. A process of this computer is asked for; of one on another computer the file's time is looked
at, which its process renews. So a lock outlives its process by nothing here, and by `STALE_S` elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from .errors import BusyError
from .processes import process_start
from .translation import tr

BEAT_S = 20.0
"""How often a process says that it is at work."""

STALE_S = 600.0
"""A process on another computer that has said nothing for so long has ended, whatever became of its computer."""

_CLAIM_S = 0.05  # to look again after, while another run clears a dead process's lock


@dataclass(frozen=True)
class _Holder:
    """Who holds a lock.

    Attributes:
        host: the computer.
        space: which processes it sees: containers may share a host's name and not its processes.
        pid: of the process.
        start: when the process began, see `process_start`.
        since: when it took the lock, for people.
        token: of this lock and no other.
    """

    host: str
    space: str
    pid: int
    start: str
    since: str
    token: str

    @classmethod
    def here(cls) -> _Holder:
        """This process, now."""
        pid, since = os.getpid(), datetime.now().isoformat(" ", "seconds")
        return cls(socket.gethostname(), _space(), pid, process_start(pid) or "", since, uuid4().hex)

    @classmethod
    def read(cls, text: str) -> _Holder | None:
        """Who a lock's text names; None where it is not whole, as while it is written."""
        try:
            record: dict[str, Any] = json.loads(text)
            holder = cls(**record)
            return holder if int(holder.pid) > 0 else None
        except (ValueError, TypeError):
            return None

    def is_of(self, other: _Holder) -> bool:
        """Whether both see the same processes."""
        return (self.host, self.space) == (other.host, other.space)


class RunLock:
    """Held by a run as long as it writes an output; a context manager.

    Args:
        output: a file or folder.
        path: the lock; by default beside the output.
    """

    def __init__(self, output: Path, path: Path | None = None) -> None:
        self._output = output
        self._path = path or output.with_name(f".{output.name}.lock")
        self._text = ""
        self._is_lost = False
        self._ends = threading.Event()
        self._beating: threading.Thread | None = None

    def acquire(self) -> None:
        """Take the lock; a dead process's is taken over.

        Raises:
            BusyError: another run writes the output.
            OSError: the lock cannot be written.
        """
        me = _Holder.here()
        text = json.dumps(asdict(me))
        while not self._is_made(text):
            self._clear(me)
        self._text, self._is_lost = text, False
        self._delete_claims()
        self._ends.clear()
        self._beating = threading.Thread(target=self._beat, name="recurve-lock", daemon=True)
        self._beating.start()

    def release(self) -> None:
        """Give the lock up; where there is none, that is no fault."""
        if self._beating is None:
            return
        self._ends.set()
        self._beating.join()
        self._beating = None
        with suppress(OSError):
            if self._path.read_text(encoding="utf-8") == self._text:
                self._path.unlink()

    def check(self) -> None:
        """See that the lock is still held.

        Raises:
            BusyError: it was deleted, or taken over while this computer slept.
        """
        if self._is_lost:
            raise BusyError(
                tr(
                    "{output} is written by another run now: while this one gave no sign of life, its lock {lock} was "
                    "taken over or deleted. Let the other run end, or run again with another name.",
                    output=self._output,
                    lock=self._path.name,
                )
            )

    def __enter__(self) -> RunLock:
        """The lock, held."""
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it up."""
        self.release()

    def _is_made(self, text: str) -> bool:
        try:
            file = self._path.open("x", encoding="utf-8")
        except FileExistsError:
            return False
        try:
            with file:
                file.write(text)
        except OSError:
            self._path.unlink(missing_ok=True)
            raise
        return True

    def _clear(self, me: _Holder) -> None:
        """Put a lock aside whose process has ended."""
        try:
            text, age_s = self._path.read_text(encoding="utf-8", errors="replace"), self._age_s(self._path)
        except FileNotFoundError:
            return  # given up meanwhile
        holder = _Holder.read(text)
        if holder is not None and holder.is_of(me):
            start = process_start(holder.pid)
            is_alive = start is not None and ("" in (start, holder.start) or start == holder.start)
        else:
            is_alive = age_s < STALE_S
        if is_alive:
            raise BusyError(self._told(holder, me, age_s))
        # of several who see that it is dead, only the one who claims this very lock may delete it
        claim = self._path.with_name(f"{self._path.name}.{hashlib.sha256(text.encode()).hexdigest()[:12]}")
        try:
            claim.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(_CLAIM_S)
            if self._age_s(claim) > STALE_S:  # whoever claimed it has died over it
                claim.unlink(missing_ok=True)
            return
        try:
            if self._path.read_text(encoding="utf-8", errors="replace") == text:
                self._path.unlink()
        except FileNotFoundError:
            pass
        finally:
            claim.unlink(missing_ok=True)

    def _delete_claims(self) -> None:
        """Delete what runs have left that were killed while they cleared a dead process's lock.

        One that is clearing now loses nothing: the lock that it wants to delete is gone.
        """
        claim = re.compile(re.escape(self._path.name) + r"\.[0-9a-f]{12}")
        with suppress(OSError), os.scandir(self._path.parent) as entries:
            for name in [entry.name for entry in entries if claim.fullmatch(entry.name)]:
                self._path.with_name(name).unlink(missing_ok=True)

    def _age_s(self, path: Path) -> float:
        """How long ago a file was touched, by the clock of the disk: that of another computer may be wrong.

        A file that is gone is new.
        """
        with tempfile.TemporaryFile(dir=self._path.parent) as file:
            now = os.fstat(file.fileno()).st_mtime
        with suppress(FileNotFoundError):
            return max(0.0, now - path.stat().st_mtime)
        return 0.0

    def _told(self, holder: _Holder | None, me: _Holder, age_s: float) -> str:
        who = tr("an unknown process")
        if holder is not None:
            who = tr(
                "process {pid} on {host}, since {since}", pid=holder.pid, host=holder.host, since=holder.since
            )
        sentence = tr(
            "{output} is being written by another run ({who}). Wait until that has ended or stop it, or choose another "
            "name.",
            output=self._output,
            who=who,
        )
        if holder is not None and holder.is_of(me):
            return sentence
        silence = tr(
            "It gave its last sign of life {age} s ago; {limit} minutes after the last one, the name is free again.",
            age=round(age_s),
            limit=round(STALE_S / 60),
        )
        return f"{sentence} {silence}"

    def _beat(self) -> None:
        """Say that this process is at work, until the lock is given up or lost."""
        while not self._ends.wait(BEAT_S):
            try:
                if self._path.read_text(encoding="utf-8") != self._text:
                    raise FileNotFoundError
                os.utime(self._path)
            except FileNotFoundError:
                self._is_lost = True
                return
            except OSError:  # a network drive that is away for a while
                continue


def _space() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""
