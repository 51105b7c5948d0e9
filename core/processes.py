"""Whether a process is still the one it was: its id may be given to another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def process_start(pid: int) -> str | None:
    """When a process on this computer began, in the words of the system.

    Args:
        pid: its id, more than 0.

    Returns:
        '' for a process that does not show when it began; None where there is none, or only what its end has left.
    """
    if sys.platform == "win32":
        return _start_on_windows(pid)
    try:
        os.kill(pid, 0)  # asks only
    except PermissionError:
        pass  # another user's
    except (ProcessLookupError, OverflowError):
        return None
    try:
        # after the name, which may hold anything: the state and, 19 fields on, the start
        state, *fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except (OSError, ValueError):
        return _start_by_ps(pid)
    return None if state in "ZX" else fields[18]


def _start_by_ps(pid: int) -> str:
    """Where there is no /proc, as on macOS."""
    command = ["ps", "-o", "lstart=", "-p", str(pid)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except OSError:
        return ""
    return done.stdout.strip()


def _start_on_windows(pid: int) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes
    from ctypes import wintypes

    query_limited_information, invalid_parameter = 0x1000, 87
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(query_limited_information, False, pid)
    if not handle:
        return None if ctypes.get_last_error() == invalid_parameter else ""
    try:
        began, ended, in_kernel, in_user = (wintypes.FILETIME() for _ in range(4))
        times = [ctypes.byref(time) for time in (began, ended, in_kernel, in_user)]
        if not kernel.GetProcessTimes(wintypes.HANDLE(handle), *times):
            return ""
        has_ended = ended.dwLowDateTime or ended.dwHighDateTime
        return None if has_ended else f"{began.dwHighDateTime}:{began.dwLowDateTime}"
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
