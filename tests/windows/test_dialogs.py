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


def test_the_dialogs_speak_german(qgis):
    """As far as QGIS tells: the title of each dialog."""
    titles = {}
    for language in ("C", "de_AT"):
        session = qgis(
            "open_dialogs", f"language_{language}", language=language, algorithms=ALGORITHMS, layers={}
        )
        titles[language] = session.check()["titles"]
    assert titles["de_AT"]["recurve:classify"] == "Klassifizieren und korrigieren"
    assert not set(titles["C"].values()) & set(titles["de_AT"].values())


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_widget_can_be_used(qgis, ground, algorithm):
    """A raster chosen for labels, too: each entry of a drop-down list is chosen once."""
    layers = {name: ground[name] for name in ("map", "image", "labels")}
    name = f"widgets_{algorithm.partition(':')[2]}"
    told = qgis("every_widget", name, algorithms=[algorithm], layers=layers).check()
    kept = {
        name: seen
        for name, seen in told[algorithm].items()
        if seen["before"] == seen["after"] and not seen["kind"].endswith("ComboBox")
    }
    assert not kept
