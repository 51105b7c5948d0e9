"""A QGIS with windows: on a screen in memory, with a profile of its own, the plugin unpacked as from its ZIP file.

The plugin's folder has another name than in the other tests and is no link to the checkout: it holds what git would
archive, with the changes that are not committed yet. What the plugin needs and git ignores is thus missed here as at a
user's, and so is an import by the name `recurve`.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FOLDER = "recurve_from_zip"
LIMIT_S = 240
# what the install commands bring: ONNX Runtime, PyTorch with what it needs, ONNX without numpy
PACKAGES = (
    *(
        "onnxruntime",
        "torch",
        "torchgen",
        "functorch",
        "filelock",
        "fsspec",
        "jinja2",
        "markupsafe",
        "mpmath",
    ),
    *("networkx", "setuptools", "sympy", "typing_extensions", "onnx", "google"),
)
SETTINGS = """[PythonPlugins]
processing=true
{plugin}=true
MetaSearch=false
db_manager=false
grassprovider=false
sagaprovider=false
[core]
NewsFeed\\httpsfeedqgisorg\\disabled=true
"""


@dataclass
class Session:
    """How a QGIS with windows ended.

    Attributes:
        status: of the process; negative for a signal.
        told: what the scenario told.
        output: what matters of what QGIS wrote to the terminal.
        folder: with screenshots.
    """

    status: int | str
    told: dict
    output: str
    folder: Path

    def check(self):
        """The scenario came to its end, QGIS closed by itself, nothing in it was lost in a traceback."""
        assert "fault" not in self.told, f"{self.told['fault']}\nboxes: {self.told['boxes']}"
        assert self.status == 0, f"QGIS ended with {self.status}, see {self.folder}\n{self.output}"
        assert self.told["ended"]
        logged = [entry["message"] for entry in self.told["log"]]
        traces = [text for text in [*logged, self.output] if "Traceback" in text]
        assert not traces, traces
        few = {name: colours for name, colours in self.told["screenshots"].items() if colours < 4}
        assert not few, f"screenshots in {self.folder} are empty: {few}"
        return self.told


@pytest.fixture(scope="session")
def screen():
    """The address of a screen in memory."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb, on which QGIS's windows open: install the package xvfb")
    if not Path("/usr/bin/qgis").exists():
        pytest.skip("there is no /usr/bin/qgis, whose windows are to be opened")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    process = subprocess.Popen(
        command, pass_fds=[writer], stderr=subprocess.DEVNULL, preexec_fn=end_with_parent
    )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    if not number:
        process.wait()
        pytest.fail(f"Xvfb ended with {process.returncode} before there was a screen")
    yield f":{number}"
    process.terminate()
    process.wait()


@pytest.fixture(scope="session")
def unpacked(root):
    """The plugin's files in a QGIS profile, and the packages it needs beside them, which a test may take away."""
    folder = root / "build" / "windows"
    shutil.rmtree(folder, ignore_errors=True)
    listed = ["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, capture_output=True, text=True, check=False)
    if names.returncode != 0:
        pytest.skip(f"{root} is no checkout, from which the plugin's archive is made: {names.stderr}")
    plugin = folder / "profiles" / "default" / "python" / "plugins" / FOLDER
    for name in filter(None, names.stdout.split("\0")):
        if (root / name).is_file():
            (plugin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, plugin / name)
    link_packages(folder / "packages")
    return folder


@pytest.fixture(scope="session")
def qgis(screen, unpacked):
    """A function that opens QGIS, plays a scenario in it and gives the `Session`."""

    def play(scenario, name="", packages=True, language="C", **given):
        folder = unpacked / (name or scenario)
        folder.mkdir()
        profile = unpacked / "profiles" / "default"
        for part in ("recurve", "QGIS"):
            shutil.rmtree(profile / part, ignore_errors=True)
            (profile / part).mkdir()
        (profile / "QGIS" / "QGIS3.ini").write_text(SETTINGS.format(plugin=FOLDER))
        if packages:
            (profile / "recurve" / "packages").symlink_to(unpacked / "packages", target_is_directory=True)
        given = {"scenario": HERE / "scenarios" / f"{scenario}.py", "folder": folder, **given}
        (folder / "given.json").write_text(json.dumps(given, default=str))
        environment = {
            "DISPLAY": screen,
            "HOME": str(unpacked / "home"),
            "LANG": f"{language}.UTF-8",
            "PATH": os.defpath,  # without a virtual environment, whose packages QGIS would see
            "QT_QPA_PLATFORM": "xcb",
            "RECURVE_TESTS": str(HERE),
            "RECURVE_GIVEN": str(folder / "given.json"),
            "TMPDIR": tempfile.gettempdir(),
            "XDG_RUNTIME_DIR": str(unpacked / "home"),
        }
        command = [
            *("/usr/bin/qgis", "--nologo", "--noversioncheck", "--profiles-path", str(unpacked)),
            *("--code", str(HERE / "inside" / "start.py")),
        ]
        (unpacked / "home").mkdir(mode=0o700, exist_ok=True)
        with (folder / "output.txt").open("w") as output:
            process = subprocess.Popen(
                command,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
            try:
                status = process.wait(LIMIT_S)
            except subprocess.TimeoutExpired:
                status = f"no end within {LIMIT_S} s"
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
        told = folder / "told.json"
        return Session(
            status,
            json.loads(told.read_text()) if told.exists() else {},
            essence((folder / "output.txt").read_text(errors="replace")),
            folder,
        )

    return play


def essence(output):
    """What matters of what QGIS wrote: where it died, or else the end."""
    died = output.find("QGIS died on signal")
    if died < 0:
        return output[-2000:]
    return "\n".join(
        [line for line in output[died:].splitlines() if "QGIS died" in line or "libqgis" in line][:8]
    )


def end_with_parent():
    """Have the kernel end this process when the tests end, however they end."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def link_packages(folder):
    """Links to the packages that the tests' Python has."""
    folder.mkdir()
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None:
            continue
        place = Path(spec.origin or next(iter(spec.submodule_search_locations)) + "/__init__.py")
        place = place.parent if place.name == "__init__.py" else place
        (folder / place.name).symlink_to(place)


@pytest.fixture(scope="session")
def ground(root, tmp_path_factory):
    """Files of a piece of ground that the network for buildings knows, by name.

    Rasters: image and what is beside it; the image in degrees and with finer pixels; all of it with many more pixels;
    map (codes 1 and 2). Polygons: labels (of both classes), roofs; the upper and the lower half of the image.
    """
    gdal = pytest.importorskip("osgeo.gdal")
    ogr = pytest.importorskip("osgeo.ogr")
    folder, demo = tmp_path_factory.mktemp("ground"), root / "resources" / "demo"
    image, classes = str(demo / "buildings.tif"), str(demo / "buildings_reference.tif")
    rasters = {
        "image": (image, {"srcWin": [0, 0, 256, 448]}),
        "beside": (image, {"srcWin": [0, 448, 256, 256]}),
        "fine": (image, {"srcWin": [0, 0, 256, 448], "widthPct": 200, "heightPct": 200}),
        "large": (image, {"widthPct": 500, "heightPct": 500}),
        "map": (classes, {"srcWin": [0, 0, 256, 448]}),
    }
    files = {name: folder / f"{name}.tif" for name in (*rasters, "degrees")}
    for name, (source, part) in rasters.items():
        gdal.Translate(str(files[name]), source, creationOptions=["TILED=YES"], **part)
    gdal.Warp(str(files["degrees"]), str(files["image"]), dstSRS="EPSG:4326", resampleAlg="cubic")
    codes = gdal.Open(str(files["map"]))
    left, side, _, top, _, _ = codes.GetGeoTransform()

    def write(name, fill):
        files[name] = folder / f"{name}.gpkg"
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(files[name]))
        layer = source.CreateLayer(name, codes.GetSpatialRef(), ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("class", ogr.OFTInteger))
        layer.CreateField(ogr.FieldDefn("width", ogr.OFTReal))
        fill(layer)

    def half(first_row):
        upper, lower, right = top - first_row * side, top - (first_row + 224) * side, left + 256 * side
        corners = f"{left} {upper}, {right} {upper}, {right} {lower}, {left} {lower}, {left} {upper}"

        def fill(layer):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({corners}))"))
            layer.CreateFeature(feature)

        return fill

    write("labels", lambda layer: gdal.Polygonize(codes.GetRasterBand(1), None, layer, 0))
    write("upper", half(0))
    write("lower", half(224))
    files["roofs"] = folder / "roofs.gpkg"
    gdal.VectorTranslate(str(files["roofs"]), str(files["labels"]), where="class = 2")
    return files
