"""`benchmarks/gpu.py` on the CPU and on a GPU that is none: nothing is run for the first time on somebody's GPU."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

onnxruntime = pytest.importorskip("onnxruntime")

from recurve.benchmarks.gpu_proof import (  # noqa: E402
    command,
    learning,
    machine,
    memory,
    meter,
    numbers,
    seams,
)
from recurve.benchmarks.gpu_proof.meter import HostMeter, meter_of  # noqa: E402
from recurve.benchmarks.gpu_proof.pair import Pair  # noqa: E402
from recurve.benchmarks.gpu_proof.scene import Scene  # noqa: E402
from recurve.core.errors import DeviceError  # noqa: E402
from recurve.core.raster.tiling import BYTES_PER_PX  # noqa: E402

has_cuda = "CUDAExecutionProvider" in onnxruntime.get_available_providers()


@pytest.fixture
def small(monkeypatch):
    """Tiles that take no time, and no learning."""
    monkeypatch.setattr(command, "_QUICK_SIDES_PX", (64, 128))
    monkeypatch.setattr(command, "_QUICK_SEAMS_PX", 128)
    monkeypatch.setattr(seams, "_SMALLEST_PX", 64)
    monkeypatch.setattr(memory, "SIDE_PX", 384)
    monkeypatch.setattr(meter, "_MOST_REPEATS", 1)
    monkeypatch.setattr(learning, "epochs", lambda device, scene, is_quick, report: None)


@pytest.fixture
def measured(small, tmp_path, capsys):
    """A function that runs the command and gives its exit status, its JSON, its rows by part and what it printed."""

    def run(*arguments):
        path = tmp_path / "found" / "gpu.json"
        status = command.main([*arguments, "--quick", "--output", str(path)])
        found = json.loads(path.read_text(encoding="utf-8"))
        parts = {}
        for row in found["rows"]:
            parts.setdefault(row["part"], {})[row["what"]] = row
        return status, found, parts, capsys.readouterr().out

    return run


def part(parts, start):
    """The rows of the part whose name begins so."""
    (name,) = [name for name in parts if name.startswith(start)]
    return parts[name]


def test_the_whole_table_on_the_cpu(measured):
    status, found, parts, printed = measured("--device", "CPU")
    assert (status, found["failures"]) == (0, 0)
    assert found["about"]["device"] == "CPU"
    assert part(parts, "scores and classes")["buildings_corrector, fp32"]["difference"] == 0
    row = part(parts, "speed of the buildings pair, fp32")["128 px"]
    assert row["classifier_s"] > 0
    assert row["peak_bytes"] is None or row["peak_bytes"] >= 0  # a small tile fits into what the process has
    assert row["up_bytes"] == pytest.approx(
        3 * row["reckoned_bytes"] / BYTES_PER_PX / 128**2, rel=0.01
    )  # bytes, with the halo
    assert row["down_bytes"] == pytest.approx(1, abs=0.01)  # a code for each pixel
    assert part(parts, "maps of 128 x 128")["fp32, default settings"]["differing"] == [0]
    assert "no limit can be set for CPU" in part(parts, "a tile of")["cut into parts"]["measured"]
    assert all(f"| {row['what']} | {row['measured']} |" in printed for row in found["rows"])


def test_the_whole_table_on_a_gpu(measured, fake_cuda):
    pytest.importorskip("onnx")
    status, found, parts, _ = measured()
    assert (status, found["failures"]) == (0, 0)
    about = found["about"]
    assert (about["device"], about["card"], about["CUDA"], about["cuDNN"]) == (
        "CUDA",
        "Fake GPU",
        "13.1",
        "9.13.4",
    )
    assert about["TensorRT"].startswith("libnvinfer.so.10")
    compared = part(parts, "scores and classes")
    assert {"buildings_classifier, fp32", "buildings_classifier, TF32", "buildings_classifier, fp16"} < set(
        compared
    )
    assert compared["buildings_classifier, auto"]["auto"] == "fp16"
    row = part(parts, "speed of the urban pair, TF32")["128 px"]
    assert row["device_s"] > 0
    assert row["peak_bytes"] > 0
    assert {"use_tf32": "1", "user_compute_stream": "4711"} in fake_cuda.options
    assert part(parts, "copying")["to the device"]["pinned_gb_per_s"] > 0
    assert "fp16, channels last" in part(parts, "maps of")


def test_a_tile_too_large_for_the_gpu_is_cut_and_the_memory_given_back(small, fake_cuda, report):
    memory.overflow("CUDA", meter_of("CUDA"), Scene(), report)
    assert report.failures == 0
    rows = {row["what"]: row for row in report.rows}
    message = rows["what the log says"]["lines"]
    assert len(message) == len(set(message)) > 0  # each cut once, though many parts follow
    assert "The memory of CUDA is too small for 384 px" in message[0]
    assert rows["pixels of another class than without a limit"]["differing"] == 0
    taken = rows["memory after opening, after the run, after giving back"]
    assert taken["during_bytes"] > taken["after_bytes"] == 0


def test_memory_that_is_kept_is_a_failure(small, fake_cuda, report, monkeypatch):
    monkeypatch.setattr(memory, "_SOME_BYTES", 0)
    monkeypatch.setattr(Pair, "release_memory", lambda pair: None)
    memory.overflow("CUDA", meter_of("CUDA"), Scene(), report)
    assert report.failures == 1
    assert "are still taken" in report.rows[-1]["measured"]


def test_a_device_too_small_for_the_smallest_part_is_a_failure(small, fake_cuda, report):
    fake_cuda.bytes_per_px = 100_000
    memory.overflow("CUDA", meter_of("CUDA"), Scene(), report)
    assert report.failures == 1
    assert "its memory is too small" in report.rows[-1]["measured"]


def test_a_tile_that_would_fill_the_cpus_memory_is_not_tried(measured, monkeypatch):
    monkeypatch.setattr(HostMeter, "has_room", lambda meter, size: size < BYTES_PER_PX * 200**2)
    _, _, parts, _ = measured("--device", "CPU")
    rows = part(parts, "speed of the urban pair, fp32")
    assert "pair_s" in rows["64 px"]
    assert rows["128 px"]["measured"] == "not measured: the memory is too small for it"


def test_a_part_that_breaks_leaves_the_others(measured, monkeypatch):
    def broken(*given):
        raise ValueError("broken")

    monkeypatch.setattr("recurve.benchmarks.gpu_proof.speed.measure", broken)
    monkeypatch.setattr(numbers, "compare", broken)
    status, found, parts, _ = measured("--device", "CPU")
    assert (status, found["failures"]) == (1, 2)
    assert {row["measured"] for row in found["rows"] if row.get("failed")} == {"failed: ValueError: broken"}
    assert part(parts, "maps of")


def test_a_device_that_computes_something_else_is_a_failure(fake_cuda, report, monkeypatch):
    pytest.importorskip("onnx")

    def refuse(network):
        raise DeviceError("The network gives other scores on CUDA than its author saw.")

    monkeypatch.setattr("recurve.models.runtime.network.Network.self_test", refuse)
    numbers.compare("CUDA", Scene(), report, 64)
    assert report.failures == 4  # each network in fp32
    rows = {row["what"]: row for row in report.rows}
    assert rows["urban_corrector, fp32"]["failed"]
    assert "self-test refused" in rows["urban_corrector, fp16"]["measured"]


def test_half_precision_that_is_refused_says_why(fake_cuda, report, monkeypatch):
    monkeypatch.setattr("recurve.models.runtime.network.agreement", lambda scores, expected: 0.99)
    numbers.compare("CUDA", Scene(), report, 64)
    assert report.failures == 0
    rows = {row["what"]: row["measured"] for row in report.rows}
    assert rows["urban_classifier, fp16"].startswith("refused: ")
    assert rows["urban_classifier, auto"].startswith("fp32: fp16 was not taken: ")


class TestWhatIsMissing:
    @pytest.mark.skipif(has_cuda, reason="this runtime has CUDA")
    def test_a_runtime_without_cuda(self, tmp_path):
        with pytest.raises(
            SystemExit, match=r"^CUDA cannot be measured here: the installed ONNX Runtime was built .*"
        ):
            command.main(["--output", str(tmp_path / "gpu.json")])
        assert not (tmp_path / "gpu.json").exists()

    def test_libraries_and_driver(self, fake_cuda, monkeypatch):
        monkeypatch.setattr(machine, "_refusal", lambda device: "its libraries did not load")
        monkeypatch.setattr("recurve.models.runtime.libraries._folders", lambda: iter(()))
        sentence = machine.missing("CUDA")
        assert sentence.count(". ") == 0
        assert "not found: NVIDIA's driver (" in sentence
        assert "cublas" in sentence
        assert "nvinfer" not in sentence
        assert "nvinfer" in machine.missing("TensorRT")

    def test_no_runtime(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
        with pytest.raises(SystemExit, match="ONNX Runtime is not installed"):
            command.main([])

    def test_a_place_that_cannot_be_written(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(SystemExit, match=r"gpu\.json cannot be written .*--output"):
            command.main(["--device", "CPU", "--output", str(tmp_path / "file" / "gpu.json")])

    @pytest.mark.skipif(has_cuda, reason="this runtime has CUDA")
    def test_an_unpacked_archive_under_any_name(self, root, tmp_path):
        """Neither GDAL nor QGIS nor PyTorch is there, and nothing is installed."""
        archive = tmp_path / "any name-1.0"
        for folder in ("benchmarks", "core", "models", "resources/demo"):
            ignored = shutil.ignore_patterns("study", "pictures", "__pycache__")
            shutil.copytree(root / folder, archive / folder, ignore=ignored)
        shutil.copy(root / "__init__.py", archive)
        program = (
            "import runpy, sys; sys.modules.update(dict.fromkeys(('osgeo', 'qgis', 'torch', 'onnx', 'PIL')));"
            f"sys.argv = ['gpu.py']; runpy.run_path({str(archive / 'benchmarks' / 'gpu.py')!r}, run_name='__main__')"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 1
        assert done.stdout == ""
        (sentence,) = done.stderr.splitlines()
        assert sentence.startswith("CUDA cannot be measured here")
