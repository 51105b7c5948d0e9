"""Each algorithm's dialog, opened from the toolbox."""

import importlib.util

import pytest

if importlib.util.find_spec("torch") is None or importlib.util.find_spec("onnxruntime") is None:
    pytest.skip("without what the algorithms need, no dialog opens", allow_module_level=True)

ALGORITHMS = (
    *("recurve:classify", "recurve:correct", "recurve:preparesamples", "recurve:trainclassifier"),
    *("recurve:traincorrector", "recurve:assess", "recurve:animate", "recurve:describenetwork"),
)
# the last layer is the active one
PROJECTS = {
    "empty": (),
    "raster": ("image",),
    "vector": ("labels",),
    "map": ("image", "labels", "map"),
}


@pytest.mark.parametrize("project", PROJECTS)
def test_every_dialog_opens(qgis, ground, project):
    """Where QGIS dies, it is opened again for the algorithms after the one that it died of."""
    remaining, died_of = list(ALGORITHMS), []
    while remaining:
        name = f"open_{project}_{remaining[0].partition(':')[2]}"
        layers = {layer: ground[layer] for layer in PROJECTS[project]}
        session = qgis("open_dialogs", name, algorithms=remaining, layers=layers)
        remaining = remaining[len(session.told.get("opened", [])) :]
        if not remaining:
            session.check()
        else:
            died_of.append(f"{remaining.pop(0)}: {session.status} {session.told.get('fault', '')}")
    assert not died_of


def test_classes_are_filled_in_from_the_layer(qgis, ground):
    told = qgis("fill_classes", layers={name: ground[name] for name in ("image", "labels")}).check()
    assert "Choose " in told["refused"]
    assert "(CLASS_FIELD) first" in told["refused"]
    assert told["values"] == ["1", "1", "", "2", "2", ""]
    assert told["shown"] == ["1", "Ground", "#112233", "2", "House", "#445566"]
    assert told["said"]["succeeded"], told["said"]
    assert "Soil: " in told["said"]["log"]
