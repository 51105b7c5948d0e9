"""What only a machine with an NVIDIA GPU, QGIS's GDAL and the engine can show; `make bench-gpu`."""

from pathlib import Path

import numpy as np
import pytest
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import ConfidenceWriter, MapWriter, ScoresWriter
from recurve.core.progress import Quiet
from recurve.core.raster.file_reader import RasterReader

onnxruntime = pytest.importorskip("onnxruntime")

from recurve.models.runtime.network import Network  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
WEIGHTS = ROOT / "models" / "weights"
IMAGE = ROOT / "resources" / "demo" / "buildings.tif"

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(
        "CUDAExecutionProvider" not in onnxruntime.get_available_providers(),
        reason="needs ONNX Runtime with CUDA",
    ),
]


@pytest.fixture
def codes(tmp_path, read_raster):
    """A function that gives the map of the demonstration image on a device."""

    def classify(device, precision="fp32", side=0):
        networks = [
            Network.open(WEIGHTS / f"buildings_{role}.onnx", device, precision)
            for role in ("classifier", "corrector")
        ]
        assert {network.device for network in networks} == {device}
        assert {network.precision for network in networks} == {precision}
        paths = [tmp_path / name for name in ("map.tif", "confidence.tif", "scores.tif")]
        classes = networks[0].contract.classes
        with RasterReader(str(IMAGE)) as reader:
            grid = reader.grid
            with (
                MapWriter(paths[0], grid, classes, {}) as map_writer,
                ConfidenceWriter(paths[1], grid, {}) as confidence,
                ScoresWriter(paths[2], grid, classes, {}) as scores,
            ):
                make_map(
                    MapRun(
                        reader,
                        Networks(*networks, 5),
                        grid.extent,
                        Outputs(map_writer, confidence, scores),
                        tile_side_px=side,
                    ),
                    Quiet(),
                )
        return read_raster(paths[0])[0]

    return classify


@pytest.mark.parametrize("precision", ["fp32", "fp16"])
def test_the_map_is_the_cpus(codes, precision):
    assert np.mean(codes("CUDA", precision) == codes("CPU")) >= 0.999


def test_the_map_does_not_depend_on_the_tile_side(codes):
    whole = codes("CUDA")
    for side in (64, 200):
        assert np.mean(codes("CUDA", side=side) == whole) >= 0.9999
