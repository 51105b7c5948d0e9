"""Never lose a run, from outside: the real qgis_process killed, its disk full, its image and folder gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

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
    output, _ = process.communicate(timeout=600)
    assert process.returncode == 0, output
    assert contents(disturbed) == contents(undisturbed)
    assert found, "no run has gone on from another's tiles: the kills came too early"


class TestGoesOn:
    """Something fails in the middle: a sentence, the exit status, the tiles; once it is mended, the very same map."""

    @pytest.fixture
    def noise(self):
        return np.random.default_rng(0).integers(0, 255, (3, 500, 500)).astype(np.uint8)

    @pytest.fixture
    def outputs(self, run, tmp_path):
        """A function that runs in a folder and gives the process that has ended."""

        def into(folder, image):
            folder.mkdir(exist_ok=True)
            names = {"OUTPUT": folder / "map.tif", "SCORES": folder / "scores.tif"}
            return run(INPUT=image, TILE_SIDE=32, **names)

        return into

    @pytest.fixture
    def check(self, outputs, tmp_path):
        """A function that looks at a run that failed, and whether the same run, mended, ends as if undisturbed."""

        def compare(failed, folder, image, *sentences):
            assert failed.returncode > 0, failed.stderr
            for sentence in sentences:
                assert sentence in failed.stderr
            assert "Traceback" not in failed.stderr
            assert [path.name for path in folder.iterdir() if not path.name.startswith(".")] == []
            again = outputs(folder, image)
            assert again.returncode == 0, again.stderr
            assert "of 256 tiles were finished before and are kept." in again.stdout + again.stderr
            assert outputs(tmp_path / "undisturbed", image).returncode == 0
            assert contents(folder) == contents(tmp_path / "undisturbed")

        return compare

    def test_a_disk_that_fills(self, outputs, check, make_raster, noise, tmp_path):
        disk = tmp_path / "disk"
        disk.mkdir()

        def mount(options):
            return subprocess.run(
                ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)],
                capture_output=True,
                text=True,
                check=False,
            )

        if shutil.which("mount") is None or mount("size=512k").returncode != 0:
            pytest.skip("no small disk can be mounted here")
        try:
            image = make_raster(noise)
            failed = outputs(disk, image)
            enlarge = mount("remount,size=64m")
            assert enlarge.returncode == 0, enlarge.stderr
            check(failed, disk, image, "cannot be written (No space left on device)", "on a disk with room")
        finally:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)

    def test_an_image_that_is_unreadable_from_the_middle_on(
        self, outputs, check, make_raster, noise, tmp_path
    ):
        image = make_raster(noise, options=["COMPRESS=DEFLATE", "BLOCKYSIZE=8"])
        whole, times = image.read_bytes(), image.stat()

        def store(content):
            image.write_bytes(content)
            os.utime(image, ns=(times.st_atime_ns, times.st_mtime_ns))

        middle = len(whole) // 2
        store(whole[:middle] + bytes(middle // 2) + whole[middle + middle // 2 :])
        failed = outputs(tmp_path / "out", image)
        store(whole)
        check(failed, tmp_path / "out", image, "image.tif cannot be read in rows")

    def test_a_folder_that_vanishes(self, outputs, check, make_raster, noise, tmp_path):
        image, folder, elsewhere = make_raster(noise), tmp_path / "out", tmp_path / "elsewhere"
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(outputs, folder, image)
            while not running.done() and len(list(folder.glob(".map.tif.recurve-*/*.tile"))) < 9:
                time.sleep(0.001)
            folder.rename(elsewhere)
            failed = running.result()
        elsewhere.rename(folder)
        check(failed, folder, image, "cannot be written (No such file or directory)")
