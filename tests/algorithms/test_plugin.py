"""QGIS loads, starts and unloads the folder."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from unittest import mock

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsApplication, QgsProcessingModelAlgorithm, QgsProcessingProvider


@pytest.fixture
def registry(qgis_processing):
    return QgsApplication.processingRegistry()


@pytest.fixture
def metadata(root):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(root / "metadata.txt", encoding="utf-8")
    return parser["general"]


def test_qgis_process_calls_init_processing_without_an_interface(registry):
    import recurve

    plugin = recurve.classFactory(None)
    assert registry.providerById("recurve") is None
    plugin.initProcessing()
    try:
        assert registry.algorithmById("recurve:classify") is not None
    finally:
        plugin.unload()
    assert registry.providerById("recurve") is None


def test_qgis_calls_init_gui(registry, qgis_iface):
    import recurve

    plugin = recurve.classFactory(qgis_iface)
    plugin.initGui()
    try:
        assert registry.providerById("recurve").name() == "Recurve"
    finally:
        plugin.unload()
    assert registry.providerById("recurve") is None


def test_unload_after_processing_has_gone(registry, qgis_iface):
    """At its end QGIS unloads Processing first where Recurve was installed after it was started."""
    import recurve

    plugin = recurve.classFactory(qgis_iface)
    plugin.initGui()
    plugin.menu.actions.clear()
    plugin.unload()
    assert registry.providerById("recurve") is None


def test_unload_twice_and_unload_without_start(registry):
    import recurve

    plugin = recurve.classFactory(None)
    plugin.unload()
    plugin.initProcessing()
    plugin.unload()
    plugin.unload()
    assert registry.providerById("recurve") is None


class TestExampleModels:
    @pytest.fixture
    def plugin(self, registry, qgis_iface):
        import recurve

        plugin = recurve.classFactory(qgis_iface)
        plugin.initGui()
        yield plugin
        plugin.unload()

    @pytest.fixture
    def entries(self):
        """A function: what the toolbox's menu offers for an algorithm, as QGIS asks for it."""
        from processing.gui.ProviderActions import ProviderContextMenuActions

        def offered(algorithm):
            for action in ProviderContextMenuActions.actions:
                action.setData(algorithm, None)
            return [action for action in ProviderContextMenuActions.actions if action.isEnabled()]

        return offered

    def test_they_can_be_run_although_they_need_algorithms_that_come_later(self, plugin, registry):
        """Their own provider's, for one, which are not to be had before it is added."""
        for name in ("buildingstopolygons", "trainandclassify"):
            model = registry.algorithmById(f"recurve:{name}")
            assert "classify:Map" in [output.name() for output in model.outputDefinitions()]
            assert QgsProcessingModelAlgorithm.canExecute(model)[0]

    def test_they_are_listed_again_when_there_are_more_algorithms(self, plugin, registry):
        class Late(QgsProcessingProvider):
            def id(self):
                return "late"

            def name(self):
                return "Late"

            def loadAlgorithms(self):
                pass

        before, late = plugin.provider.algorithm("buildingstopolygons"), Late()
        registry.addProvider(late)
        try:
            assert plugin.provider.algorithm("buildingstopolygons") is not before
        finally:
            registry.removeProvider(late)

    def test_without_onnxruntime_they_say_so_at_once(self, plugin, registry, monkeypatch):
        from recurve.algorithms import classify

        monkeypatch.setattr(classify, "missing_runtime", lambda: "how to get it")
        assert registry.algorithmById("recurve:buildingstopolygons").canExecute() == (
            False,
            "<p>how to get it</p>",
        )

    def test_the_toolbox_opens_them_in_the_designer(self, plugin, registry, entries, monkeypatch):
        from processing.modeler.ModelerDialog import ModelerDialog

        opened = []
        monkeypatch.setattr(ModelerDialog, "create", lambda model: opened.append(model) or mock.MagicMock())
        title = "Open in model designer…"
        assert title not in [entry.name for entry in entries(registry.algorithmById("recurve:classify"))]
        (entry,) = [
            entry
            for entry in entries(registry.algorithmById("recurve:buildingstopolygons"))
            if entry.name == title
        ]
        entry.execute()
        assert opened[0].name() == "Buildings to polygons"
        assert opened[0].validate() == (True, [])
        assert opened[0].sourceFilePath() == ""  # so that the plugin's own file is not written over

    def test_nothing_is_left_behind(self, plugin, registry, entries):
        from processing.gui.ProviderActions import ProviderContextMenuActions
        from processing.modeler.ModelerUtils import ModelerUtils

        def left():
            folders = [Path(folder) for folder in ModelerUtils.modelsFolders()]
            files = [path for folder in folders for path in folder.rglob("*")]
            return files, [type(action).__name__ for action in ProviderContextMenuActions.actions]

        started = left()
        plugin.unload()
        assert "OpenInDesigner" in started[1]
        assert left() == (started[0], [name for name in started[1] if name != "OpenInDesigner"])
        assert not started[0]
        plugin.initGui()
        assert registry.algorithmById("recurve:buildingstopolygons") is not None
        assert left() == started


def test_metadata_has_what_the_plugin_site_asks_for(metadata):
    for key in ("name", "description", "version", "author", "email", "about", "tracker", "repository"):
        assert metadata[key], key
    assert metadata["name"] == "Recurve"
    assert metadata["qgisMinimumVersion"] == "3.22"
    assert metadata["qgisMaximumVersion"] == "4.99"
    assert metadata["hasProcessingProvider"] == "yes"
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"])


def test_metadata_names_files_that_are_there(metadata, root):
    assert (root / metadata["icon"]).is_file()
    assert "Version 2, June 1991" in (root / "LICENSE").read_text(encoding="utf-8")


def test_metadata_says_how_to_get_what_is_needed(metadata):
    for words in ("the Python package onnxruntime", "shows the command", "torch and onnx"):
        assert words in metadata["about"]


def test_metadata_is_whole_in_the_plugin_manager_which_takes_it_for_html(metadata):
    for name in ("about", "description"):
        assert not {"<", ">", "&"} & set(metadata[name]), name
