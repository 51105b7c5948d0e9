"""QGIS loads, starts and unloads the folder."""

from __future__ import annotations

import configparser
import re

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsApplication


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


def test_unload_twice_and_unload_without_start(registry):
    import recurve

    plugin = recurve.classFactory(None)
    plugin.unload()
    plugin.initProcessing()
    plugin.unload()
    plugin.unload()
    assert registry.providerById("recurve") is None


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
