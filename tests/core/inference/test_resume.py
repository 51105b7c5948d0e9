"""Never lose a run: a stopped one goes on from its finished tiles, and only the very same one does."""

import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from osgeo import gdal
from recurve.core.errors import Cancelled, RasterError
from recurve.core.inference.make_map import make_map
from recurve.core.inference.map_run import MapRun
from recurve.core.inference.outputs import Outputs
from recurve.core.inference.resampling import Resampling
from recurve.core.inference.run_identity import have_sources_changed, run_identity
from recurve.core.inference.tile_inference import Networks
from recurve.core.output.writers import MapWriter
from recurve.core.raster import file_stamps
from recurve.core.raster.file_reader import RasterReader
from recurve.core.raster.polygon_mask import PolygonMask
from recurve.core.raster.tiling import Window, tile_grid


def test_cancel_leaves_no_file(make_raster, integers, folder, classify, fake, recorder, visible):
    classifier, progress = fake.BoxClassifier(), recorder(cancel_after=2)
    with pytest.raises(Cancelled, match="goes on from its finished tiles"):
        classify(make_raster(integers(2, 90, 90)), classifier, side=16, progress=progress)
    assert visible(folder) == []
    assert len(classifier.shapes) < 36


def test_a_run_that_is_stopped_before_its_first_tile_keeps_nothing_and_says_so(
    make_raster, integers, folder, classify, fake, impatient
):
    with pytest.raises(Cancelled, match=r"The run was stopped; nothing was written\."):
        classify(make_raster(integers(2, 90, 90)), fake.BoxClassifier(), side=16, progress=impatient(0))
    assert list(folder.iterdir()) == []


def test_a_run_whose_outputs_nobody_finds_again_keeps_nothing_and_says_so(
    make_raster, integers, folder, fake, recorder
):
    networks, told = Networks(fake.BoxClassifier(), None, 0), r"The run was stopped; nothing was written\."
    with RasterReader(make_raster(integers(2, 90, 90))) as reader:
        writer = MapWriter(folder / "map.tif", reader.grid, fake.classes, {})
        run = MapRun(
            reader, networks, reader.grid.extent, Outputs(writer), tile_side_px=16, keeps_tiles=False
        )
        with pytest.raises(Cancelled, match=told), writer:
            make_map(run, recorder(cancel_after=5))
    assert list(folder.iterdir()) == []


def test_a_stopped_run_goes_on_to_the_same_bytes(
    make_raster, integers, folder, classify, fake, recorder, visible, hidden
):
    path = make_raster(integers(2, 90, 90))
    corrector = fake.BoxCorrector()
    paths = classify(path, fake.BoxClassifier(), corrector, 2, side=16)
    undisturbed = [output.read_bytes() for output in paths]
    for output in paths:
        output.unlink()
    inferred = stops = 0
    while True:
        classifier, progress = fake.BoxClassifier(), recorder(cancel_after=5)
        try:
            classify(path, classifier, corrector, 2, side=16, progress=progress)
        except Cancelled:
            assert visible(folder) == ["confidence.qml", "map.qml", "map.tif.aux.xml"]  # from before
            inferred += len(classifier.shapes)
            stops += 1
        else:
            inferred += len(classifier.shapes)
            break
    assert stops > 3
    assert inferred <= 36 + 3 * stops  # what was in flight when it was stopped is done again
    assert any("of 36 tiles were finished before and are kept." in line for line in progress.lines)
    assert [output.read_bytes() for output in paths] == undisturbed
    assert hidden(folder) == []


@pytest.mark.parametrize(
    "other", ["classifier", "corrector", "iterations", "extent", "side", "mask", "image", "device"]
)
def test_tiles_of_another_run_are_not_used(
    make_raster, integers, folder, classify, read_raster, fake, recorder, other, hidden
):
    from osgeo import ogr

    wkt = "POLYGON((500003 2799996, 500060 2799996, 500060 2799950, 500003 2799950, 500003 2799996))"
    path = make_raster(integers(2, 90, 90))
    settings = {"side": 16, "extent": None, "mask": None}
    networks = [fake.BoxClassifier(), fake.BoxCorrector(), 2]
    with pytest.raises(Cancelled):
        classify(path, *networks, **settings, progress=recorder(cancel_after=9))
    assert len(hidden(folder)) == 3
    if other == "classifier":
        networks[0] = fake.BoxClassifier(reach=2)
    elif other == "corrector":
        networks[1] = fake.BoxCorrector(reach=1)
    elif other == "iterations":
        networks[2] = 3
    elif other == "extent":
        settings["extent"] = Window(1, 0, 80, 90)
    elif other == "side":
        settings["side"] = 20
    elif other == "mask":
        settings["mask"] = PolygonMask([bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb())])
    elif other == "image":
        make_raster(integers(2, 90, 90) + 1)
    else:
        networks[0].device = "CUDA"
    progress = recorder()
    found = [output.read_bytes() for output in classify(path, *networks, **settings, progress=progress)]
    assert any("An unfinished run of another kind" in line for line in progress.lines)
    assert not any("are kept" in line for line in progress.lines)
    assert hidden(folder) == []  # the outputs are this run's now
    assert found == [output.read_bytes() for output in classify(path, *networks, **settings)]


@pytest.mark.parametrize("other", ["bands", "grid", "nodata", "precision", "resampling", "scale"])
def test_a_run_that_differs_in_this_alone_begins_anew(
    make_raster, integers, folder, classify, fake, recorder, other, hidden, monkeypatch
):
    """The image's file, too large to be read for it, keeps its name, size and time."""
    monkeypatch.setattr(file_stamps, "_READ_BYTES", 0)
    place, nodata = (500000.0, 1.0, 0.0, 2800000.0, 0.0, -1.0), 250
    path = make_raster(integers(3, 90, 90), geotransform=place, nodata=nodata)
    before = path.stat()
    settings = {"side": 18, "bands": [1, 2], "resampling": Resampling(6, 8, 4)}
    classifier = fake.BoxClassifier()
    stop(classify, recorder, path, classifier, **settings)
    (kept,) = (folder.name for folder in hidden(folder) if ".map.tif" in folder.name)
    known = json.loads((folder / kept / "run.json").read_text(encoding="utf-8"))
    if other == "bands":
        settings["bands"] = [2, 1]
    elif other == "grid":
        place = (500001.0, *place[1:])
    elif other == "nodata":
        nodata = 251
    elif other == "scale":
        settings["scale"] = 2.0
    elif other == "precision":
        classifier.precision = "fp16"
    else:
        settings["resampling"] = Resampling(6, 4, 8)
    make_raster(integers(3, 90, 90), geotransform=place, nodata=nodata)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    progress = recorder(cancel_after=5)
    with pytest.raises(Cancelled):
        classify(path, classifier, **settings, progress=progress)
    assert any("An unfinished run of another kind" in line for line in progress.lines)
    assert not any("are kept" in line for line in progress.lines)
    (new,) = (f.name for f in hidden(folder) if ".map.tif" in f.name and f.name != kept)
    found = json.loads((folder / new / "run.json").read_text(encoding="utf-8"))
    assert {name for name in found if found[name] != known[name]} == {other}


@pytest.fixture
def mosaic(make_raster, integers, tmp_path):
    """A VRT of a VRT of `leaf.tif`."""
    leaf = make_raster(integers(2, 90, 90), "leaf.tif")
    for name, source in (("inner.vrt", leaf), ("outer.vrt", tmp_path / "inner.vrt")):
        gdal.BuildVRT(str(tmp_path / name), [str(source)]).FlushCache()
    return tmp_path / "outer.vrt"


def test_a_run_goes_on_after_qgis_has_written_statistics_into_its_image(
    mosaic, classify, fake, recorder, hidden, folder
):
    stop(classify, recorder, mosaic, fake.BoxClassifier(), side=16)
    before = mosaic.read_bytes()
    dataset = gdal.Open(str(mosaic))
    dataset.GetRasterBand(1).ComputeStatistics(False)
    dataset = None
    assert b"STATISTICS_MEAN" in mosaic.read_bytes()
    assert mosaic.read_bytes() != before
    progress = recorder()
    classify(mosaic, fake.BoxClassifier(), side=16, progress=progress)
    assert any("of 36 tiles were finished before and are kept." in line for line in progress.lines)
    assert hidden(folder) == []


def test_a_source_of_a_source_that_changed_begins_anew(
    mosaic, classify, fake, recorder, make_raster, integers, read_raster
):
    leaf = mosaic.with_name("leaf.tif")
    stop(classify, recorder, mosaic, fake.BoxClassifier(), side=16)
    before = leaf.stat()
    make_raster(integers(2, 90, 90) + 1, "leaf.tif")
    os.utime(leaf, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert leaf.stat().st_size == before.st_size
    progress = recorder()
    found = read_raster(classify(mosaic, fake.BoxClassifier(), side=16, progress=progress)[0])
    assert not any("are kept" in line for line in progress.lines)
    assert (found == read_raster(classify(leaf, fake.BoxClassifier(), side=16)[0])).all()


def stop(classify, recorder, path, *networks, **settings):
    with pytest.raises(Cancelled):
        classify(path, *networks, **settings, progress=recorder(cancel_after=5))


def test_an_image_that_changes_during_the_run_makes_no_map(
    make_raster, integers, folder, classify, fake, visible, hidden
):
    path = make_raster(integers(2, 90, 90))

    class Disturbed(fake.BoxClassifier):
        def classify(self, image):
            if len(self.shapes) == 3:
                with path.open("ab") as file:
                    file.write(b"more")
            return super().classify(image)

    with pytest.raises(RasterError, match="have changed while they were read"):
        classify(path, Disturbed(), side=16)
    assert visible(folder) == hidden(folder) == []
    classify(path, fake.BoxClassifier(), side=16)


@pytest.mark.parametrize(
    ("before", "now", "has_changed"),
    [
        ([["a", 1], ["b", 2]], [["a", 1], ["b", 2]], False),
        ([["a", 1]], [["a", 2]], True),
        ([["a", 1]], [["a", 1], ["a.aux.xml", "digest"]], True),
        (
            [["/vsicurl/a", "etag"]],
            [["/vsicurl/a"]],
            False,
        ),  # the server fails just now: no run is lost for that
        ([["/vsicurl/a"]], [["/vsicurl/a", "etag"]], False),
    ],
)
def test_what_counts_as_a_change_of_the_sources(before, now, has_changed):
    reader = SimpleNamespace(stamps=lambda: now)
    assert have_sources_changed({"files": before}, reader) is has_changed


def test_a_checkpoint_is_no_result(make_raster, integers, folder, classify, fake, recorder, visible, hidden):
    stop(classify, recorder, make_raster(integers(2, 90, 90)), fake.BoxClassifier(), side=16)
    assert visible(folder) == []
    checkpoints = hidden(folder)
    assert len(checkpoints) == 3
    for checkpoint in checkpoints:
        assert {path.suffix for path in checkpoint.iterdir()} == {".json", ".tile"}  # none is called an image
        with pytest.raises(RasterError, match="cannot be opened as a raster"):
            RasterReader(checkpoint)


def test_what_a_kill_leaves_half_done_is_made_anew(
    make_raster, integers, folder, classify, fake, recorder, hidden
):
    path = make_raster(integers(2, 90, 90))
    paths = classify(path, fake.BoxClassifier(), side=16)
    undisturbed = {output.name: output.read_bytes() for output in folder.iterdir()}
    for name in undisturbed:
        (folder / name).unlink()
    stop(classify, recorder, path, fake.BoxClassifier(), side=16)
    finished = {tile.name for tile in hidden(folder)[0].glob("*.tile")}
    unfinished = f"{90 - 15}_{90 - 15}_15_15.tile"
    assert unfinished not in finished
    for checkpoint in hidden(folder):
        output = checkpoint.name[1:].partition(".recurve-")[0]
        (checkpoint / f"{unfinished}.part").write_bytes(b"half a tile")
        (checkpoint / "assembled").mkdir()
        (checkpoint / "assembled" / output).write_bytes(b"half a map")
    progress = recorder()
    assert classify(path, fake.BoxClassifier(), side=16, progress=progress) == paths
    assert any(f"{len(finished)} of 36 tiles were finished before" in line for line in progress.lines)
    assert {output.name: output.read_bytes() for output in folder.iterdir()} == undisturbed


def test_an_image_that_becomes_unreadable_halfway(
    make_raster, integers, folder, classify, fake, recorder, visible
):
    """A drive that is pulled out: the sentence, the tiles; and once it is back, the rest."""
    path = make_raster(integers(2, 600, 600), options=["BLOCKYSIZE=8"])
    content, times = path.read_bytes(), path.stat()
    paths = classify(path, fake.BoxClassifier(), side=64)
    undisturbed = [output.read_bytes() for output in paths]
    for output in folder.iterdir():
        output.unlink()
    progress = recorder()
    progress.report = lambda fraction: os.truncate(path, 1000)
    told = r"cannot be read in rows .* The same run would go on from \d+ finished tiles\."
    with pytest.raises(RasterError, match=told):
        classify(path, fake.BoxClassifier(), side=64, progress=progress)
    assert visible(folder) == []
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    progress = recorder()
    classify(path, fake.BoxClassifier(), side=64, progress=progress)
    assert any("of 100 tiles were finished before and are kept." in line for line in progress.lines)
    assert [output.read_bytes() for output in paths] == undisturbed


def test_what_gets_its_name_is_on_the_disk(make_raster, integers, classify, fake, monkeypatch):
    """A power cut after a file was moved, and the tiles deleted, must not find it empty."""
    forced, moved, replace = set(), {}, Path.replace

    def note(path, target):
        moved[target.name] = path.stat().st_ino in forced
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", lambda descriptor: forced.add(os.fstat(descriptor).st_ino))
    monkeypatch.setattr(Path, "replace", note)
    classify(make_raster(integers(2, 40, 40)), fake.BoxClassifier(), side=16)
    assert moved.keys() >= {"map.tif", "map.tif.aux.xml", "confidence.tif", "scores.tif", "run.json"}
    assert sum(name.endswith(".tile") for name in moved) == 9
    assert [name for name, is_forced in moved.items() if not is_forced] == []


def test_a_system_that_no_pixel_depends_on_makes_no_other_run(make_raster, integers, fake):
    """It may be set between two tries, in QGIS or in the file."""
    path, identities = str(make_raster(integers(2, 40, 40))), []
    networks, extent = Networks(fake.BoxClassifier(), None, 0), Window(0, 0, 40, 40)
    for crs_wkt in ("", 'LOCAL_CS["site",UNIT["metre",1]]'):
        with RasterReader(path, crs_wkt=crs_wkt) as reader:
            identities.append(run_identity(reader, networks, extent, tile_grid(extent, 16, 3, 1), None))
    assert identities[0] == identities[1]
