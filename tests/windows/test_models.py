"""The example models, opened in the model designer and run from there with what they have by default."""

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxruntime")


@pytest.fixture
def run_model(qgis, root, ground):
    """A function: what is told of runs of a model, by name; inputs are filled in by their names."""

    def run(model, *layers, **runs):
        path = root / "resources" / "models" / f"{model}.model3"
        layers = {layer: ground[layer] for layer in layers}
        told = qgis("model", model, model=path, layers=layers, runs=runs).check()
        assert told["is_valid"], told["faults"]
        for outcome in told["runs"].values():
            assert outcome["succeeded"], outcome
        return {
            name: {layer["name"]: layer for layer in outcome["layers"]}
            for name, outcome in told["runs"].items()
        }

    return run


def test_buildings_to_polygons(run_model, ground):
    """The same buildings from an image in metres and from one in degrees, each with its area in square metres."""
    told = run_model(
        "buildings_to_polygons",
        "image",
        "degrees",
        metres={"image": str(ground["image"])},
        degrees={"image": str(ground["degrees"])},
    )
    areas = {}
    for name, layers in told.items():
        found = layers["Polygons"]["features"]
        assert found
        assert all(feature["class"] == 2 for feature in found)
        assert all(50 <= feature["confidence"] <= 100 for feature in found)
        areas[name] = sum(feature["area_m2"] for feature in found)
    assert areas["degrees"] == pytest.approx(areas["metres"], rel=0.05)


def test_train_and_classify(run_model, ground):
    """Roofs of both halves become networks, and those a map of two classes."""
    values = {
        "image": "fine",
        "coarse_labels": "roofs",
        "coarse_area": "upper",
        "accurate_labels": "roofs",
        "accurate_area": "lower",
    }
    told = run_model(
        "train_and_classify",
        *("roofs", "upper", "lower", "fine"),
        run={parameter: str(ground[name]) for parameter, name in values.items()},
    )
    legend = [entry["text"] for entry in told["run"]["Map"]["legend"] if entry["colour"] is not None]
    assert legend == ["background", "building"]
