"""Which networks a run takes, and which do not fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("qgis.core")

from recurve.algorithms.parameters import network_files, networks
from recurve.algorithms.parameters.network_files import choose_networks
from recurve.algorithms.parameters.run import RunSettings
from recurve.core.errors import ContractError
from recurve.core.progress import Quiet
from recurve.models.contract import ClassEntry
from recurve.models.onnx_file.reading import file_sha256

ON_CPU = RunSettings(iterations=0, device="CPU", precision="fp32", tile_side_px=0)


@pytest.fixture
def pretrained(monkeypatch, tmp_path, tiny):
    """A folder of pretrained networks with the tiny pair in it."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for source, name in (
        (tiny.classifier, "urban_classifier.onnx"),
        (tiny.corrector, "urban_corrector.onnx"),
    ):
        (folder / name).write_bytes(source.read_bytes())
    monkeypatch.setattr(network_files, "WEIGHTS", folder)
    return folder


def test_named_files(tiny):
    classifier, corrector = choose_networks(str(tiny.classifier), str(tiny.corrector))
    assert classifier.path == tiny.classifier
    assert classifier.sha256 == file_sha256(tiny.classifier)
    assert classifier.contract.role == "classifier"
    assert corrector.path == tiny.corrector


def test_no_network_is_taken_that_nobody_chose():
    with pytest.raises(ContractError, match=r"No network is chosen, and none fits every image: choose"):
        choose_networks("", "")


def test_a_copy_of_a_pretrained_classifier_gets_the_pretrained_corrector(pretrained, tiny):
    _, corrector = choose_networks(str(tiny.classifier), "")
    assert corrector.path == pretrained / "urban_corrector.onnx"


def test_another_classifier_gets_the_universal_one(pretrained, make_network, universal):
    other = make_network("classifier", name="another")
    assert choose_networks(str(other), "")[1].path == universal


def test_where_nothing_is_corrected_none_is_needed(pretrained, make_network):
    other = make_network("classifier", name="another")
    assert choose_networks(str(other), "", is_corrected=False)[1] is None


def test_a_universal_one_that_is_missing_is_told(make_network, monkeypatch, tmp_path):
    other = make_network("classifier", name="another")
    monkeypatch.setattr(network_files, "universal_path", lambda: tmp_path / "universal_corrector.onnx")
    with pytest.raises(
        ContractError, match=r"The universal corrector, .* is missing \(.*; install Recurve again"
    ):
        choose_networks(str(other), "")


def test_a_corrector_of_any_map_fits_every_classifier(tiny, universal):
    assert choose_networks(str(tiny.classifier), str(universal))[1].contract.any_map


def test_a_corrector_trained_on_maps_fits_every_classifier(tiny, make_network):
    on_maps = make_network("corrector")
    assert choose_networks(str(tiny.classifier), str(on_maps))[1].path == on_maps


def test_a_corrector_for_another_classifier_is_refused(tiny, make_network):
    other = make_network("corrector", classifier_sha256="0" * 64)
    with pytest.raises(
        ContractError, match=r"trained for another classifier \(SHA-256 000.*leave the corrector empty"
    ):
        choose_networks(str(tiny.classifier), str(other))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"bands": ("blue", "green", "red")},
            r"needs the bands blue, green, red, and .* has red, green, blue",
        ),
        (
            {"classes": tuple(ClassEntry(name, "#000000") for name in ("A", "B", "C"))},
            r"needs the classes A, B, C, and .* has Dark, Middle, Bright",
        ),
    ],
)
def test_other_bands_or_classes_are_refused(tiny, make_network, fields, sentence):
    with pytest.raises(ContractError, match=sentence):
        choose_networks(str(tiny.classifier), str(make_network("corrector", **fields)))


def test_roles_are_not_mixed_up(tiny):
    with pytest.raises(ContractError, match=r"is a corrector .* and a classifier is needed here"):
        choose_networks(str(tiny.corrector), "")
    with pytest.raises(ContractError, match=r"is a classifier .* and a corrector is needed here"):
        choose_networks(str(tiny.classifier), str(tiny.classifier))


class TestReach:
    @pytest.fixture(autouse=True)
    def cache(self, tmp_path, monkeypatch):
        monkeypatch.setattr(networks, "reach_cache_folder", lambda: tmp_path / "reach")

    def open_and_listen(self, path):
        lines = []
        progress = Quiet()
        progress.say = lines.append
        opened = networks.open_networks(*choose_networks(str(path), "", False), ON_CPU, progress)
        return opened.classifier.contract.reach_px, [
            line for line in lines if "receptive" in line or "measured" in line
        ]

    def test_that_is_stated_is_taken(self, tiny):
        assert self.open_and_listen(tiny.classifier) == (3, [])

    def test_that_is_not_is_measured_and_told(self, make_network):
        reach_px, (first, second) = self.open_and_listen(make_network("classifier", reach_px=None))
        assert reach_px == 4  # 3 px and the margin
        assert "does not say how far it looks: that is measured, once" in first
        assert second == "Its receptive field radius is 4 px."

    def test_that_has_no_bound_is_told(self, make_global_classifier):
        reach_px, lines = self.open_and_listen(make_global_classifier())
        assert reach_px is None
        assert lines[1] == "Its receptive field radius is 256 px or more, or has no bound."


def test_what_was_checked_is_what_runs_and_is_written_down(tiny, make_network, tmp_path):
    """The files may be replaced between the check and the run: by a new training, or from a backup."""
    paths = [tmp_path / "classifier.onnx", tmp_path / "corrector.onnx"]
    for path, source in zip(paths, (tiny.classifier, tiny.corrector)):
        path.write_bytes(source.read_bytes())
    chosen = choose_networks(*map(str, paths))
    paths[0].write_bytes(make_network("classifier", name="another").read_bytes())
    paths[1].unlink()
    opened = networks.open_networks(*chosen, replace(ON_CPU, iterations=1), Quiet())
    assert opened.classifier.contract.name != "another"
    assert opened.classifier.sha256 == file_sha256(tiny.classifier)
    assert opened.corrector.sha256 == file_sha256(tiny.corrector)
