"""Algorithms run from their dialogs: what a user then sees."""

from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

from recurve.models.onnx_file.reading import read_contract

URBAN, BUILDINGS = "urban_classifier.onnx", "buildings_classifier.onnx"


@pytest.fixture
def network(root):
    """A function: the path of a pretrained network."""
    return lambda name: str(root / "models" / "weights" / name)


@pytest.fixture
def legend(network):
    """A function: the legend of the maps of a pretrained network."""
    return lambda name: [
        {"text": entry.name, "colour": entry.colour.lower()} for entry in read_contract(network(name)).classes
    ]


def entries(layer):
    """The classes in a layer's legend: QGIS puts the band's name, which has no colour, before them."""
    return [entry for entry in layer["legend"] if entry["colour"] is not None]


def test_outputs_are_styled(qgis, ground, network, legend):
    """The map on top with the classes' colours and names only, what explains it below, iterations hidden."""
    run = {
        "name": "all",
        "algorithm": "recurve:classify",
        "values": {"INPUT": str(ground["image"]), "CLASSIFIER": network(BUILDINGS)},
        "all_outputs": True,
    }
    told = qgis("runs", "styled", layers={"image": ground["image"]}, runs=[run]).check()["runs"]["all"]
    assert told["succeeded"], told
    titles = ["Map", "Confidence", "Scores", "Intermediate maps", "image"]
    assert [layer["name"] for layer in told["layers"]] == titles
    found = {layer["name"]: layer for layer in told["layers"]}
    assert entries(found["Map"]) == legend(BUILDINGS)
    assert found["Confidence"]["renderer"] == "singlebandpseudocolor"
    assert told["shown"][0] == "Map"
    assert not found["Intermediate maps"]["is_checked"]
    assert {entry["colour"] for entry in legend(BUILDINGS)} <= set(told["colours"])


def test_a_second_run_onto_a_loaded_file(qgis, ground, network, legend):
    """The file holds the codes of another network now: each layer of it shows those."""
    runs = [
        {
            "name": name.partition("_")[0],
            "algorithm": "recurve:classify",
            "values": {
                "INPUT": str(ground["image"]),
                "CLASSIFIER": network(name),
                "OUTPUT": "{folder}/map.tif",
            },
        }
        for name in (BUILDINGS, URBAN)
    ]
    told = qgis("runs", "second_run", layers={"image": ground["image"]}, runs=runs).check()["runs"]
    for name in (BUILDINGS, URBAN):
        outcome = told[name.partition("_")[0]]
        assert outcome["succeeded"], outcome
        maps = [layer for layer in outcome["layers"] if layer["file"].endswith("map.tif")]
        assert maps
        for layer in maps:
            assert entries(layer) == legend(name)
    assert {entry["colour"] for entry in legend(URBAN)} & set(told["urban"]["colours"])


@pytest.mark.parametrize("all_outputs", [False, True])
def test_with_nothing_but_what_is_needed(qgis, ground, network, all_outputs):
    """From the image to trained networks and back, once with the usual outputs and once with all of them."""
    image, folder = str(ground["image"]), "{folder}"
    needed = {
        "classify": {"INPUT": image, "CLASSIFIER": network(BUILDINGS), "ITERATES": f"{folder}/iterates.tif"},
        "correct": {
            "INPUT": image,
            "MAP": str(ground["map"]),
            "CORRECTOR": network("buildings_corrector.onnx"),
        },
        "preparesamples": {
            "INPUT": image,
            "LABELS": str(ground["labels"]),
            "CLASS_FIELD": "class",
            "OUTPUT": f"{folder}/samples",
        },
        "trainclassifier": {"EPOCHS": 2, "OUTPUT": f"{folder}/classifier.onnx"},
        "traincorrector": {
            "EPOCHS": 2,
            "CLASSIFIER": f"{folder}/classifier.onnx",
            "OUTPUT": f"{folder}/corrector.onnx",
        },
        "assess": {"MAPS": [str(ground["map"])], "REFERENCE": str(ground["labels"]), "CLASS_FIELD": "class"},
        "animate": {"INPUT": image, "ITERATES": f"{folder}/iterates.tif"},
        "describenetwork": {"NETWORK": network(BUILDINGS)},
    }
    runs = [
        {"name": name, "algorithm": f"recurve:{name}", "values": values, "all_outputs": all_outputs}
        for name, values in needed.items()
    ]
    for run in runs:
        if run["name"].startswith("train"):
            run["samples"] = f"{folder}/samples/samples.json"
    layers = {name: ground[name] for name in ("map", "labels", "image")}
    told = qgis("runs", f"needed_{all_outputs}", layers=layers, runs=runs).check()["runs"]
    failed = {
        name: (outcome["boxes"], outcome["bar"], outcome["log"])
        for name, outcome in told.items()
        if not outcome["succeeded"]
    }
    assert not failed
    assert list(told) == list(needed)


def test_without_a_network(qgis, ground):
    """Nothing is classified by a network that nobody has chosen."""
    run = {"name": "none", "algorithm": "recurve:classify", "values": {"INPUT": str(ground["image"])}}
    told = qgis("runs", "no_network", layers={"image": ground["image"]}, runs=[run]).check()["runs"]["none"]
    assert not told["succeeded"]
    assert "network" in "".join([*told["boxes"], told["bar"]])
    assert [layer["name"] for layer in told["layers"]] == ["image"]


def test_cancelled_in_the_middle(qgis, ground, network, make_samples):
    """There is no output, neither as a file nor as a layer, and the dialog is ready for the next run."""
    runs = [
        {
            "name": "classify",
            "algorithm": "recurve:classify",
            "values": {"INPUT": str(ground["large"]), "CLASSIFIER": network(BUILDINGS), "TILE_SIDE": 512},
            "output": "map.tif",
        },
        {
            "name": "training",
            "algorithm": "recurve:trainclassifier",
            "values": {"EPOCHS": 1000, "BATCH": 1},
            "samples": str(make_samples() / "samples.json"),
            "output": "classifier.onnx",
        },
    ]
    told = qgis("cancelled", layers={"image": ground["image"]}, runs=runs).check()["runs"]
    for outcome in told.values():
        assert 0 < outcome["progress"] < 100, outcome
        assert outcome["can_run_again"]
        assert outcome["layers"] == ["image"]
        assert outcome["files"] == []
        assert outcome["boxes"] == []


def test_a_batch_of_which_one_image_is_broken(qgis, ground, network, tmp_path):
    """The others become maps, and the log names the broken one."""
    broken = tmp_path / "broken.tif"
    broken.write_bytes(ground["image"].read_bytes()[:300])
    images = [ground["image"], broken, ground["beside"]]
    session = qgis(
        "batch", algorithm="recurve:classify", images=images, values={"CLASSIFIER": network(BUILDINGS)}
    )
    told = session.check()
    assert told["files"] == ["map_0.tif", "map_2.tif"]
    assert "1 executions failed" in told["batch_log"]
    assert "broken.tif" in told["batch_log"]
    assert "not correctly generated" not in told["batch_log"]
    assert "Traceback" not in told["batch_log"]
    # by their files: QGIS names layers after them only where they are not below the temporary folder
    assert sorted(Path(layer["file"]).name for layer in told["layers"]) == ["map_0.tif", "map_2.tif"]
