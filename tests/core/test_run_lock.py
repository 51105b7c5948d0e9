"""One run at a time for an output, whatever became of those before."""

import json
import os
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from recurve.core import run_lock
from recurve.core.errors import BusyError
from recurve.core.processes import process_start
from recurve.core.run_lock import RunLock

HOLDING = """
    import importlib.util, sys, time
    from pathlib import Path
    checkout, output = sys.argv[1:]
    spec = importlib.util.spec_from_file_location(
        "recurve", checkout + "/__init__.py", submodule_search_locations=[checkout]
    )
    sys.modules["recurve"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["recurve"])
    from recurve.core.run_lock import RunLock
    RunLock(Path(output)).acquire()
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def output(tmp_path):
    return tmp_path / "map.tif"


@pytest.fixture
def other_process(root, output):
    """A process of its own that holds the lock of the output."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDING), str(root), str(output)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def held(output):
    """Writes a lock that is this process's but for some entries; gives its path."""

    def write(age_s=0.0, **entries):
        with RunLock(output):
            path = output.with_name(".map.tif.lock")
            record = {**json.loads(path.read_text()), **entries}
        path.write_text(json.dumps(record))
        then = time.time() - age_s
        os.utime(path, (then, then))
        return path

    return write


def test_a_lock_lives_as_long_as_its_run(output):
    with RunLock(output):
        assert [path.name for path in output.parent.iterdir()] == [".map.tif.lock"]
        assert any(thread.name == "recurve-lock" for thread in threading.enumerate())
    assert list(output.parent.iterdir()) == []
    assert not any(thread.name == "recurve-lock" for thread in threading.enumerate())
    with RunLock(output):
        pass


def test_a_second_run_of_the_same_process_is_refused(output):
    with RunLock(output):
        with pytest.raises(BusyError, match=rf"is being written by another run \(process {os.getpid()} on "):
            RunLock(output).acquire()
        assert output.with_name(".map.tif.lock").exists()


def test_a_run_of_another_process_is_told_and_its_death_noticed(output, other_process):
    told = rf"map\.tif is being written by another run \(process {other_process.pid} on .*, since 20\d\d-"
    with pytest.raises(BusyError, match=told) as refused:
        RunLock(output).acquire()
    assert str(refused.value).endswith("Wait until that has ended or stop it, or choose another name.")
    other_process.kill()
    wait_until(lambda: process_start(other_process.pid) is None)  # a zombie: nobody has asked how it ended
    with RunLock(output):
        pass
    assert list(output.parent.iterdir()) == []


def test_a_process_id_that_came_back_holds_nothing(output, held):
    held(start="another start")
    with RunLock(output):
        pass


@pytest.mark.parametrize("entries", [{"host": "elsewhere"}, {"space": "pid:[1]"}])
def test_a_process_elsewhere_is_believed_until_it_has_been_silent_for_long(output, held, entries):
    held(age_s=run_lock.STALE_S - 60, pid=2**22 + 1, **entries)
    with pytest.raises(BusyError, match=r"last sign of life 5\d\d s ago; 10 minutes after the last one"):
        RunLock(output).acquire()
    held_at = output.with_name(".map.tif.lock")
    os.utime(held_at, (time.time() - run_lock.STALE_S - 1,) * 2)
    with RunLock(output):
        pass
    assert list(output.parent.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', "null"])
def test_a_lock_that_is_just_written(output, text):
    path = output.with_name(".map.tif.lock")
    path.write_text(text)
    with pytest.raises(BusyError, match="an unknown process"):
        RunLock(output).acquire()
    os.utime(path, (1, 1))
    with RunLock(output):
        pass


def test_a_run_says_that_it_is_at_work(output, monkeypatch):
    monkeypatch.setattr(run_lock, "BEAT_S", 0.01)
    with RunLock(output):
        path = output.with_name(".map.tif.lock")
        os.utime(path, (1, 1))
        wait_until(lambda: path.stat().st_mtime > 1)


@pytest.mark.parametrize("how", ["deleted", "taken over"])
def test_a_lock_that_is_lost_stops_the_run_and_stays_with_its_new_holder(output, monkeypatch, how):
    monkeypatch.setattr(run_lock, "BEAT_S", 0.01)
    with RunLock(output) as lock:
        lock.check()
        path = output.with_name(".map.tif.lock")
        path.unlink() if how == "deleted" else path.write_text("another's")
        wait_until(lambda: lock._is_lost)
        with pytest.raises(
            BusyError, match=r"is written by another run now: .* \.map\.tif\.lock was taken over"
        ):
            lock.check()
    assert path.exists() == (how == "taken over")


def test_one_of_many_takes_over(output, held, monkeypatch):
    """All see a dead process's lock at once."""
    held(start="another start")
    read, gate = run_lock._Holder.read, threading.Barrier(8, timeout=10)
    gates = iter([gate.wait] * 8)

    def read_together(text):
        next(gates, lambda: None)()
        return read(text)

    monkeypatch.setattr(run_lock._Holder, "read", staticmethod(read_together))
    results = []

    def run():
        lock = RunLock(output)
        try:
            lock.acquire()
            results.append(lock)
        except BusyError:
            results.append(None)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [lock for lock in results if lock is not None]
    assert len(results) == 8
    assert len(winners) == 1
    winners[0].check()
    winners[0].release()
    assert list(output.parent.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        RunLock(tmp_path / "none" / "map.tif").acquire()


def test_when_processes_began():
    mine = process_start(os.getpid())
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert mine == process_start(os.getpid())
        assert process_start(child.pid) not in (None, "")
        child.kill()
        wait_until(lambda: process_start(child.pid) is None)  # though nobody has asked how it ended
    finally:
        child.communicate()
    assert process_start(child.pid) is None
    assert process_start(2**31 - 1) is None


def wait_until(is_so):
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_a_run_left_that_was_killed_while_it_cleared_a_lock_is_deleted(output):
    left = output.with_name(f".{output.name}.lock.0123456789ab")
    others = output.with_name(f".{output.name}.lock.mine")
    left.touch()
    others.touch()
    with RunLock(output):
        assert not left.exists()
        assert others.exists()
