"""A map of another tool, corrected by a tiny universal corrector with hints."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np
import pytest

CODES = (10, 20, 30)
SHAPE = 200, 232  # of image and map
ITERATIONS = 1  # with which a hint reaches 32 px


class Counted:
    """A network that notes what is asked of it."""

    def __init__(self, network):
        self._network = network
        self.areas_px, self.hinted_px = [], []

    def __getattr__(self, name):
        return getattr(self._network, name)

    def correct(self, scores, image, iterations, hints=None):
        _, _, height, width = scores.value.shape()
        (self.areas_px if hints is None else self.hinted_px).append(height * width)
        return self._network.correct(scores, image, iterations, hints)


@pytest.fixture(scope="session")
def universal(universal_corrector):
    """The open network."""
    from recurve.models.runtime.network import Network

    return Network.open(universal_corrector, "CPU")


@pytest.fixture
def point():
    """A function that makes a hint of one pixel."""
    from osgeo import ogr
    from recurve.core.inference.hint_trust import CERTAIN
    from recurve.core.inference.hints import Hint

    def make(row, col, number, trust=CERTAIN):
        place = ogr.CreateGeometryFromWkt(f"POINT ({col + 0.5} {row + 0.5})")
        return Hint(bytes(place.ExportToWkb()), number, trust)

    return make


@pytest.fixture
def places(make_raster):
    """Paths of an image of four bands, some of its pixels invalid, and of a map of patches of three classes."""
    rng = np.random.default_rng(5)
    patches = rng.choice(np.array(CODES, np.uint8), (SHAPE[0] // 8, SHAPE[1] // 8))
    patches = patches.repeat(8, axis=0).repeat(8, axis=1)
    image = rng.integers(1, 120, (4, *SHAPE)) + patches * rng.integers(0, 3, (4, 1, 1))
    image[:, 150:170, 10:40] = 0
    return make_raster(image.astype(np.uint8), nodata=0), make_raster(patches, "codes.tif")


@pytest.fixture
def hinted(places, universal, tmp_path):
    """Corrects the map with hints by the whole engine; gives the paths of the outputs, and the counted network."""
    from recurve.core.class_maps.input_map import read_class_map
    from recurve.core.class_maps.start_scores import MapScores
    from recurve.core.inference.hints import Hints
    from recurve.core.inference.make_map import make_map
    from recurve.core.inference.map_run import MapRun
    from recurve.core.inference.outputs import Outputs
    from recurve.core.inference.tile_inference import Networks
    from recurve.core.output.class_value_writer import ClassValues
    from recurve.core.output.writers import ConfidenceWriter, IteratesWriter, MapWriter, ScoresWriter
    from recurve.core.progress import Quiet
    from recurve.core.raster.file_reader import RasterReader
    from recurve.models.contract import ClassEntry

    classes = [ClassEntry(f"c{code}", "#102030") for code in CODES]

    def run(
        hints=(),
        *,
        folder="out",
        side=0,
        extent=None,
        iterations=ITERATIONS,
        network=None,
        progress=None,
        wanted=("map", "confidence", "scores", "iterates"),
        **settings,
    ):
        network = network or Counted(universal)
        (tmp_path / folder).mkdir(exist_ok=True)
        paths = {name: tmp_path / folder / f"{name}.tif" for name in wanted}
        table = ", ".join(f"{code}=c{code}" for code in CODES)
        described = read_class_map(str(places[1]), "", classes, table)
        with ExitStack() as files:
            reader = files.enter_context(RasterReader(str(places[0])))
            start = files.enter_context(MapScores(described, reader.grid))
            extent = extent or reader.grid.extent
            grid, entries = reader.grid.window(extent), described.classes
            values = ClassValues(described.class_values, described.nodata)
            makers = {
                "map": lambda path: MapWriter(path, grid, entries, {}, values),
                "confidence": lambda path: ConfidenceWriter(path, grid, {}),
                "scores": lambda path: ScoresWriter(path, grid, entries, {}),
                "iterates": lambda path: IteratesWriter(path, grid, entries, {}, iterations, values),
            }
            outputs = Outputs(
                **{name: files.enter_context(makers[name](path)) for name, path in paths.items()}
            )
            make_map(
                MapRun(
                    reader,
                    Networks(None, network, iterations),
                    extent,
                    outputs,
                    start,
                    tile_side_px=side,
                    hints=Hints(hints, *SHAPE) if hints else None,
                    **settings,
                ),
                progress or Quiet(),
            )
        return paths, network

    return run
