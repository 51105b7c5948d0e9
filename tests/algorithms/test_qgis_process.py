"""From outside, as an administrator uses it: the real qgis_process, a profile of its own, the exit status."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess

import numpy as np
import pytest

pytest.importorskip("qgis.core")

from osgeo import gdal


@pytest.fixture(scope="module")
def bare_profile(tmp_path_factory, root, make_profile, call):
    """The plugin enabled, nothing installed for it."""
    environment = make_profile(tmp_path_factory.mktemp("bare"), root)
    enabled = call(environment, "plugins", "enable", "recurve")
    assert enabled.returncode == 0, enabled.stderr
    return environment


@pytest.fixture
def scene():
    rng = np.random.default_rng(3)
    return np.kron(rng.integers(20, 235, (3, 7, 9)), np.ones((7, 8))).astype(np.uint8)


@pytest.fixture
def write_polygon(tmp_path):
    """A function that writes a polygon in the image's coordinates into a file."""

    def write(ring):
        path = tmp_path / "mask.geojson"
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        collection = {
            "type": "FeatureCollection",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32640"}},
            "features": [{"type": "Feature", "properties": {}, "geometry": geometry}],
        }
        path.write_text(json.dumps(collection))
        return path

    return write


class TestWithoutOnnxRuntime:
    @pytest.fixture(autouse=True)
    def _nowhere_else(self):
        found = subprocess.run(
            ["/usr/bin/python3", "-c", "import onnxruntime"], capture_output=True, check=False
        )
        if found.returncode == 0:
            pytest.skip("this system's own Python has onnxruntime")

    def test_lists_the_algorithm(self, bare_profile, call):
        listed = call(bare_profile, "list")
        assert listed.returncode == 0
        assert "recurve:classify\tClassify and correct" in listed.stdout
        assert "recurve:describenetwork\tDescribe network" in listed.stdout
        assert "Traceback" not in listed.stderr

    def test_lists_the_algorithm_in_the_language_of_the_system(self, bare_profile, call):
        listed = call({**bare_profile, "LANG": "de_AT.UTF-8"}, "list")
        assert "recurve:classify\tKlassifizieren und korrigieren" in listed.stdout

    def test_shows_its_help(self, bare_profile, call):
        shown = call(bare_profile, "help", "recurve:classify")
        assert shown.returncode == 0
        for name in ("INPUT", "BANDS", "CLASSIFIER", "CORRECTOR", "ITERATIONS", "EXTENT", "MASK", "DEVICE"):
            assert f"\n{name}: " in shown.stdout
        assert "Traceback" not in shown.stderr

    def test_describes_a_network_all_the_same(self, bare_profile, tmp_path, call):
        page = tmp_path / "report.html"
        ran = call(bare_profile, "run", "recurve:describenetwork", "--", f"OUTPUT_HTML={page}")
        assert ran.returncode == 0, ran.stderr
        for words in ("name: Buildings", "ONNX Runtime: not usable", "pip install --no-deps --target"):
            assert words in ran.stdout + ran.stderr
        assert "Buildings" in page.read_text(encoding="utf-8")

    def test_a_run_says_how_to_get_it(self, run, bare_profile, make_raster, scene, tmp_path):
        ran = run(environment=bare_profile, INPUT=make_raster(scene))
        assert ran.returncode != 0
        assert ran.stderr.count("needs the Python package onnxruntime") == 1
        packages = "profiles/default/recurve/packages"
        command = f"/usr/bin/python3 -m pip install --no-deps --target {bare_profile['HOME']}/{packages} onnxruntime"
        assert ran.stderr.splitlines().count(command) == 1
        assert "<p" not in ran.stderr
        assert not (tmp_path / "map.tif").exists()


class TestRun:
    def test_makes_the_map(self, run, make_raster, scene, tiny, read_raster, tmp_path):
        ran = run(INPUT=make_raster(scene), ITERATIONS=0)
        assert ran.returncode == 0, ran.stderr
        np.testing.assert_array_equal(read_raster(tmp_path / "map.tif")[0], tiny.expected_map(scene))

    def test_says_what_it_does(self, run, make_raster, scene):
        ran = run(INPUT=make_raster(scene))
        for words in (
            "Device: CPU. Precision: fp32.",
            "Corrector: tiny corrector. Iterations: 3.",
            "Mpx/s",
            "100 - done.",
        ):
            assert words in ran.stdout + ran.stderr

    @pytest.mark.parametrize("bands", ["3,2,1", "3 2 1", "[3, 2, 1]", "blue;green;red", ["3", "2", "1"]])
    def test_takes_bands_as_people_write_them(self, run, make_raster, scene, bands):
        ran = run(INPUT=make_raster(scene, names=("red", "green", "blue")), BANDS=bands)
        assert ran.returncode == 0, ran.stderr
        assert "Bands of the image: red = 3, green = 2, blue = 1." in ran.stdout

    def test_takes_every_parameter_as_text(
        self, run, make_raster, scene, tiny, read_raster, tmp_path, write_polygon
    ):
        image = make_raster(np.concatenate([np.full_like(scene[:1], 255), scene]))
        ran = run(
            INPUT=image,
            BANDS=[4, 2, 3],
            ITERATIONS=0,
            EXTENT="500004,500044,2799960,2799996",
            MASK=write_polygon([(500002, 2799980), (500030, 2799980), (500030, 2799999), (500002, 2799999)]),
            DEVICE="CPU",
            TILE_SIDE=16,
            CONFIDENCE=tmp_path / "confidence.tif",
            SCORES=tmp_path / "scores.tif",
        )
        assert ran.returncode == 0, ran.stderr
        inside = np.zeros(scene.shape[1:], bool)
        inside[1:20, 2:30] = True
        window = np.s_[4:40, 4:44]
        found = read_raster(tmp_path / "map.tif")[0]
        np.testing.assert_array_equal(found, np.where(inside, tiny.expected_map(scene), 0)[window])
        assert read_raster(tmp_path / "confidence.tif").shape == (1, 36, 40)
        assert read_raster(tmp_path / "scores.tif").shape == (3, 36, 40)


class TestDescribeNetwork:
    def test_reports_on_a_network_and_the_devices(self, profile, root, tmp_path, call):
        page = tmp_path / "report.html"
        network = root / "models" / "weights" / "buildings_corrector.onnx"
        arguments = [f"NETWORK={network}", f"OUTPUT_HTML={page}"]
        ran = call(profile, "run", "recurve:describenetwork", "--", *arguments)
        assert ran.returncode == 0, ran.stderr
        for words in (
            "role: corrector",
            "Device CPU\n  runs on: CPU\n  self-test: passed",
            "\nDEVICES:\tCPU",
        ):
            assert words in ran.stdout
        result = json.loads(ran.stdout.partition("SELF_TEST:\t")[2].splitlines()[0])
        assert result["CPU"]["passed"]
        assert "self-test" in page.read_text(encoding="utf-8")

    def test_refuses_what_is_no_network(self, profile, tmp_path, call):
        (tmp_path / "text.onnx").write_text("not a network")
        ran = call(profile, "run", "recurve:describenetwork", "--", f"NETWORK={tmp_path / 'text.onnx'}")
        assert ran.returncode not in (0, -signal.SIGSEGV, -signal.SIGABRT)
        assert "text.onnx is not an ONNX file or is damaged" in ran.stderr
        assert "Traceback" not in ran.stderr


class TestRefusals:
    """Exit status, sentence, no output, and an older map as it was."""

    @pytest.fixture
    def refused(self, run, tmp_path):
        def check(*sentences, **parameters):
            older = tmp_path / "map.tif"
            for content in (None, b"an older map"):
                if content is not None:
                    older.write_bytes(content)
                before = {path.name for path in tmp_path.iterdir()}
                ran = run(**parameters)
                assert ran.returncode not in (0, -signal.SIGSEGV, -signal.SIGABRT), ran.stderr
                for sentence in sentences:
                    assert ran.stderr.count(sentence) == 1, ran.stderr
                assert "Traceback" not in ran.stderr
                left = {path.name for path in tmp_path.iterdir()} - before
                assert left <= {"image.tif.aux.xml"}, left  # QGIS's own statistics
                if content is not None:
                    assert older.read_bytes() == content

        return check

    def test_a_network_that_is_none(self, refused, make_raster, scene, tmp_path):
        (tmp_path / "text.onnx").write_text("not a network")
        refused(
            "text.onnx is not an ONNX file or is damaged",
            INPUT=make_raster(scene),
            CLASSIFIER=tmp_path / "text.onnx",
            CORRECTOR=None,
        )

    def test_a_corrector_for_another_classifier(self, refused, make_raster, scene, make_network):
        other = make_network("corrector", classifier_sha256="0" * 64)
        refused("was trained for another classifier", INPUT=make_raster(scene), CORRECTOR=other)

    def test_too_few_bands(self, refused, make_raster, scene):
        refused("The number of bands in the image is 1, and the classifier", INPUT=make_raster(scene[:1]))

    def test_a_misspelt_parameter(self, refused, make_raster, scene):
        image = make_raster(scene)
        refused("There is no parameter ITERATION; did you mean ITERATIONS? The", INPUT=image, ITERATION=3)
        refused("There is no parameter AREA in this version", INPUT=image, AREA="area.gpkg")

    def test_values_that_qgis_would_take_for_others(self, refused, make_raster, scene):
        image = make_raster(scene)
        refused("(ITERATIONS) is 2.5, and a whole number is needed here", INPUT=image, ITERATIONS=2.5)
        refused("(RESAMPLE) is 'perhaps', and must be true or false", INPUT=image, RESAMPLE="perhaps")
        refused("(EXTENT) is 'abc', which is no rectangle", INPUT=image, EXTENT="abc")
        refused("(MASK) is 'none.gpkg', which cannot be opened", INPUT=image, MASK="none.gpkg")

    def test_an_empty_file(self, refused, tmp_path):
        (tmp_path / "empty.tif").touch()
        refused("empty.tif cannot be opened as a raster", INPUT=tmp_path / "empty.tif")

    def test_an_extent_beside_the_image(self, refused, make_raster, scene):
        refused("is outside the image, which covers", INPUT=make_raster(scene), EXTENT="0,10,0,10")

    def test_a_mask_beside_the_image(self, refused, make_raster, scene, write_polygon):
        mask = write_polygon([(0, 0), (1, 0), (1, 1)])
        refused("No polygon of the mask", INPUT=make_raster(scene), MASK=mask)

    def test_a_folder_that_is_missing(self, refused, make_raster, scene, tmp_path):
        refused(
            'none of "Map" (OUTPUT) does not exist; create it',
            INPUT=make_raster(scene),
            OUTPUT=tmp_path / "none" / "map.tif",
        )

    def test_a_full_disk(self, run, make_raster, tmp_path):
        """A limit on the size of files stands for the disk's end."""
        noise = np.random.default_rng(0).integers(1, 255, (3, 500, 500)).astype(np.uint8)
        path = make_raster(noise)
        (tmp_path / "map.tif").write_bytes(b"an older map")

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

        ran = run(INPUT=path, SCORES=tmp_path / "scores.tif", before=limit)
        assert ran.returncode > 0
        assert "scores.tif cannot be written" in ran.stderr
        assert "on a disk with room" in ran.stderr
        assert (tmp_path / "map.tif").read_bytes() == b"an older map"
        visible = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
        assert visible - {"image.tif.aux.xml"} == {"image.tif", "map.tif"}
        assert run(INPUT=path, SCORES=tmp_path / "scores.tif").returncode == 0
        assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_fault_of_the_run_is_told_as_often_as_those_of_qgis(run, profile, call, make_raster, scene):
    """Three times by QGIS 3.22, which writes what an algorithm raises into its log twice: none of them is ours."""
    words = "The network cannot run on DirectML"
    ran = run(INPUT=make_raster(scene), DEVICE="DirectML")
    assert ran.returncode != 0
    theirs = call(profile, "run", "native:raiseexception", "--", f"MESSAGE={words}")
    assert theirs.returncode != 0
    assert ran.stderr.count(words) == theirs.stderr.count(words) >= 1


def test_resampled_to_the_networks_pixel_size(run, make_raster, scene, read_raster, tmp_path):
    """A corrected map at 0.3 m with a network for 1 m: another tile side, the same map on the image's grid."""
    geotransform = (500000.0, 0.3, 0.0, 2800000.0, 0.0, -0.3)
    image = make_raster(np.kron(scene, np.ones((1, 3, 3), np.uint8)), geotransform=geotransform)
    maps = []
    for side in (None, 40):
        ran = run(INPUT=image, RESAMPLE=True, TILE_SIDE=side)
        assert ran.returncode == 0, ran.stderr
        assert "Resampled: pixels of 0.3 x 0.3 m become 1.01 x 1.01 m for the networks" in ran.stdout
        maps.append(read_raster(tmp_path / "map.tif"))
    assert maps[0].shape == (1, 147, 216)
    np.testing.assert_array_equal(*maps)


def test_tiles_of_a_server(run, serve, make_raster, scene, tiny, read_raster, tmp_path):
    """An XYZ layer whose server fails now and then: the map of the picture that the tiles were cut from."""
    half_m, zoom, first = 20037508.342789244, 18, (171200, 112000)
    step = 2 * half_m / 256 / 2**zoom
    left, top = -half_m + first[0] * 256 * step, half_m - first[1] * 256 * step
    picture = np.kron(scene, np.ones((1, 8, 8), np.uint8))[:, :256, :512]
    for col in range(2):
        path = tmp_path / "tiles" / str(zoom) / str(first[0] + col) / f"{first[1]}.png"
        path.parent.mkdir(parents=True)
        tile = make_raster(picture[:, :, 256 * col : 256 * col + 256])
        gdal.Translate(str(path), str(tile), format="PNG")
    server = serve(tmp_path / "tiles")
    faults = [503, None, "drop"]
    server.fault = lambda path: faults.pop(0) if faults else None
    ran = run(
        INPUT=f"wms://type=xyz&url={server.url}/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmin=0&zmax=19",
        EXTENT=f"{left},{left + 512 * step},{top - 256 * step},{top} [EPSG:3857]",
        PIXEL_SIZE=0.6,
        ITERATIONS=0,
    )
    assert ran.returncode == 0, ran.stderr
    assert not faults
    np.testing.assert_array_equal(read_raster(tmp_path / "map.tif")[0], tiny.expected_map(picture))


def test_an_image_on_a_server_that_drops_connections(
    run, serve, make_raster, scene, tiny, read_raster, tmp_path
):
    image = make_raster(np.kron(scene, np.ones((1, 9, 9), np.uint8)), options=["TILED=YES"])
    server = serve(image.parent)
    faults = [503, None, None, "drop", 503, 503, 503, "short"]
    server.fault = lambda path: faults.pop(0) if faults else None
    ran = run(INPUT=f"/vsicurl/{server.url}/image.tif", ITERATIONS=0)
    assert ran.returncode == 0, ran.stderr
    assert not faults
    np.testing.assert_array_equal(read_raster(tmp_path / "map.tif")[0], tiny.expected_map(read_raster(image)))


def test_the_profile_that_setup_made_is_ready(root, call):
    """`make setup` has run before `make test`; elsewhere there is nothing to look at."""
    folder = root / "build" / "qgis"
    if not (folder / "profiles" / "default" / "recurve" / "packages" / "onnxruntime").exists():
        pytest.skip("scripts/setup.sh has not run here")
    environment = {**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(folder), "PATH": os.defpath}
    environment.pop("QGIS_OPTIONS_PATH", None)
    listed = call(environment, "list")
    assert "recurve:classify" in listed.stdout
    numpy = [path.name for path in (folder / "profiles/default/recurve/packages").glob("numpy*")]
    assert numpy == []


def test_trains_with_the_packages_that_setup_has_installed(root, call, make_samples, tmp_path):
    """Where `make setup-training` has run: with the system's own older versions of some packages beside them."""
    folder = root / "build" / "qgis"
    if not (folder / "profiles" / "default" / "recurve" / "packages" / "torch").exists():
        pytest.skip("make setup-training has not run here")
    environment = {**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(folder), "PATH": os.defpath}
    environment.pop("QGIS_OPTIONS_PATH", None)
    sets = [make_samples("a"), make_samples("b", seed=3)]
    network = tmp_path / "network.onnx"
    settings = [
        *(f"SAMPLES={path}" for path in sets),
        "EPOCHS=1",
        "BATCH=1",
        "DEVICE=CPU",
        f"OUTPUT={network}",
    ]
    ran = call(environment, "run", "recurve:trainclassifier", "--", *settings)
    assert ran.returncode == 0, ran.stderr
    assert "Training chips: 2." in ran.stdout + ran.stderr
    assert network.exists()
