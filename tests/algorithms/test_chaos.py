"""Never lose a run, from outside: the real qgis_process killed, its disk full, its image and folder gone."""

from __future__ import annotations

import subprocess
import time

import numpy as np
import pytest

pytest.importorskip("qgis.core")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_killed_at_20_random_moments(qgis_process, profile, tiny, make_raster, tmp_path):
    """Whenever the process is killed, the same command goes on, and the outputs are the undisturbed ones."""
    rng = np.random.default_rng()
    noise = np.random.default_rng(0).integers(0, 255, (3, 600, 900)).astype(np.uint8)
    image = make_raster(noise)

    def start(folder):
        parameters = {
            "INPUT": image,
            "CLASSIFIER": tiny.classifier,
            "CORRECTOR": tiny.corrector,
            "TILE_SIDE": 48,
            "OUTPUT": folder / "map.tif",
            "CONFIDENCE": folder / "confidence.tif",
        }
        arguments = [f"{name}={value}" for name, value in parameters.items()]
        command = [qgis_process, "run", "recurve:classify", "--", *arguments]
        return subprocess.Popen(
            command, env=profile, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    undisturbed.mkdir()
    disturbed.mkdir()
    begun = time.monotonic()
    process = start(undisturbed)
    assert process.wait(600) == 0, process.stdout.read()
    duration = time.monotonic() - begun
    kills, found = 0, []
    while kills < 20:
        process = start(disturbed)
        try:
            process.wait(rng.uniform(0.3, 1.0) * duration)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
        else:
            assert process.returncode == 0, process.stdout.read()
            assert contents(disturbed) == contents(undisturbed)
            for path in disturbed.iterdir():
                path.unlink()
        found += [line for line in process.stdout.read().splitlines() if "were finished before" in line]
    process = start(disturbed)
    said, _ = process.communicate(timeout=600)
    assert process.returncode == 0, said
    assert contents(disturbed) == contents(undisturbed)
    assert found, "no run has gone on from another's tiles: the kills came too early"
