"""The commands that the README prints are commands: known to qgis_process, called as the README says."""

from __future__ import annotations

import re
import shlex
import subprocess

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal

XYZ = (
    "qgis_process run recurve:classify -- INPUT='wms://type=xyz&url={server}/{{z}}/{{x}}/{{y}}.png&zmax=19'"
    " EXTENT='{extent} [EPSG:3857]' PIXEL_SIZE=0.3 CLASSIFIER={classifier} ITERATIONS=0 OUTPUT=map.tif"
)


@pytest.fixture(scope="module")
def commands(root):
    """The words of each `qgis_process` line."""
    lines = re.findall(r"^ {4}(qgis_process .*)$", (root / "README.md").read_text(encoding="utf-8"), re.M)
    assert lines
    return [shlex.split(line) for line in lines]


@pytest.fixture(scope="module")
def shell(root, profile):
    """A function that gives a line to a shell whose PATH begins as the README says, and gives what it prints."""
    environment = {**profile, "PATH": f"{root / 'scripts' / 'bin'}:{profile['PATH']}"}

    def run(line, folder=root):
        ran = subprocess.run(
            ["sh", "-c", line],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


@pytest.fixture(scope="module")
def parameters_of(shell):
    """A function: the names of an algorithm's or a model's parameters, as qgis_process knows them."""
    known = {}

    def ask(algorithm):
        if algorithm not in known:
            output = shell(f"qgis_process help {algorithm}")
            listed = output.partition("\nArguments\n")[2].partition("\nOutputs\n")[0]
            known[algorithm] = set(re.findall(r"^([\w:]+): ", listed, re.M))
        return known[algorithm]

    return ask


def test_algorithms_and_parameters_exist(commands, parameters_of):
    for _, verb, algorithm, separator, *settings in commands:
        assert (verb, separator) == ("run", "--")
        assert {setting.partition("=")[0] for setting in settings} <= parameters_of(algorithm), algorithm


def test_input_files_of_the_checkout_exist(commands, root):
    for _, _, algorithm, _, *settings in commands:
        for word in (algorithm, *(setting.partition("=")[2] for setting in settings)):
            if word.startswith(("resources/", "models/")):
                assert (root / word).is_file(), word


def test_an_xyz_layer_as_printed(shell, serve, make_raster, scene, tiny, read_raster, tmp_path):
    """Tiles of a server on this computer, at zoom 19: the map of the picture that the tiles show."""
    half_m, zoom, col, row = 20037508.342789244, 19, 342400, 224000
    step = 2 * half_m / 256 / 2**zoom
    left, top = -half_m + col * 256 * step, half_m - row * 256 * step
    picture = np.pad(scene, ((0, 0), (0, 203), (0, 186)), mode="symmetric")
    tile = tmp_path / "tiles" / str(zoom) / str(col) / f"{row}.png"
    tile.parent.mkdir(parents=True)
    gdal.Translate(str(tile), str(make_raster(picture)), format="PNG")
    extent = f"{left},{left + 256 * step},{top - 256 * step},{top}"
    server = serve(tmp_path / "tiles")
    shell(XYZ.format(server=server.url, extent=extent, classifier=tiny.classifier), tmp_path)
    assert (
        read_raster(tmp_path / "map.tif")[0] == tiny.expected_map(picture)
    ).mean() > 0.98  # but at its edge
