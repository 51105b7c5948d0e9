"""scripts/bin/qgis_process: finds the real program from anywhere, and tells it what it has to know."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

# stands for the real program, and tells how it was called
TELLTALE = """#!/bin/sh
echo "program: $0"
echo "platform: ${QT_QPA_PLATFORM-unset}"
echo "profile: ${QGIS_CUSTOM_CONFIG_PATH-unset}"
for argument in "$@"; do echo "argument: $argument"; done
exit 7
"""


@pytest.fixture
def make_checkout(tmp_path, root):
    """A function that makes a checkout as `make setup` leaves it, and gives its folder."""

    def make(name="a check out", is_set_up=True):
        folder = tmp_path / name
        (folder / "scripts" / "bin").mkdir(parents=True)
        shutil.copy(root / "scripts" / "bin" / "qgis_process", folder / "scripts" / "bin")
        if is_set_up:
            plugins = folder / "build" / "qgis" / "profiles" / "default" / "python" / "plugins"
            plugins.mkdir(parents=True)
            (plugins / "recurve").symlink_to(folder)
        return folder

    return make


@pytest.fixture
def make_system(tmp_path):
    """A function that makes a folder of what the script needs, and of programs that tell how they were called."""

    def make(*programs):
        folder = tmp_path / "system"
        folder.mkdir()
        for name in ("sh", "grep", "dirname", "readlink", "uname", "nice"):
            (folder / name).symlink_to(shutil.which(name))
        for name in programs:
            (folder / name).write_text(TELLTALE)
            (folder / name).chmod(0o755)
        return folder

    return make


@pytest.fixture
def call(tmp_path):
    """A function that calls a command with folders as PATH."""

    def run(folders, *command, **variables):
        return subprocess.run(
            [shutil.which("env"), *(command or ["qgis_process", "run"])],
            env={"PATH": os.pathsep.join(map(str, folders)), **variables},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    return run


@pytest.mark.parametrize("before", [(), ("nice",), ("sh", "-c", '"$@"', "sh")])
def test_passes_everything_on_and_gives_the_status_back(make_checkout, make_system, call, before):
    checkout, system = make_checkout(), make_system("qgis_process.bin", "qgis_process")
    words = ["run", "recurve:classify", "--", "INPUT=wms://type=xyz&url=https://a/{z} b", 'C="1=a,*"']
    ran = call([checkout / "scripts" / "bin", system], *before, "qgis_process", *words)
    assert ran.returncode == 7
    assert ran.stdout.splitlines() == [
        f"program: {system}/qgis_process.bin",  # not the one that Debian 12 has broken
        "platform: offscreen",
        f"profile: {checkout}/build/qgis",
        *(f"argument: {word}" for word in words),
    ]


def test_another_systems_program_is_called_by_its_own_name(make_checkout, make_system, call):
    system = make_system("qgis_process")
    ran = call([make_checkout() / "scripts" / "bin", system])
    assert f"program: {system}/qgis_process\n" in ran.stdout


def test_through_links_and_beside_another_checkout(make_checkout, make_system, call, tmp_path):
    checkout, other, system = make_checkout(), make_checkout("other"), make_system("qgis_process")
    (tmp_path / "bin").mkdir()
    (tmp_path / "linked").symlink_to(checkout)
    (tmp_path / "bin" / "qgis_process").symlink_to("../linked/scripts/bin/qgis_process")
    mine, others = checkout / "scripts" / "bin", other / "scripts" / "bin"
    for folders in (
        [tmp_path / "bin", others, mine],
        [tmp_path / "linked" / "scripts" / "bin", mine, others],
    ):
        for path in ([*folders, system], [folders[0], system, *folders[1:]]):
            ran = call(path)
            assert f"program: {system}/qgis_process\n" in ran.stdout, ran.stderr
            assert f"profile: {checkout}/build/qgis\n" in ran.stdout


def test_what_the_user_says_comes_first(make_checkout, make_system, call):
    folders = [make_checkout() / "scripts" / "bin", make_system("qgis_process")]
    output = call(folders, QT_QPA_PLATFORM="xcb", QGIS_CUSTOM_CONFIG_PATH="/elsewhere").stdout
    assert "platform: xcb\nprofile: /elsewhere\n" in output


@pytest.mark.parametrize("display", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_a_display_is_used(make_checkout, make_system, call, display):
    folders = [make_checkout() / "scripts" / "bin", make_system("qgis_process")]
    assert "platform: unset\n" in call(folders, **display).stdout


def test_without_setup_the_users_own_profile_is_used(make_checkout, make_system, call):
    folders = [make_checkout(is_set_up=False) / "scripts" / "bin", make_system("qgis_process")]
    assert "profile: unset\n" in call(folders).stdout


def test_without_qgis_it_says_so(make_checkout, make_system, call):
    ran = call([make_checkout() / "scripts" / "bin", make_system()])
    assert (ran.returncode, ran.stdout) == (127, "")
    assert "There is no qgis_process in PATH; install QGIS" in ran.stderr
