"""From an image and labels to a corrected map, each algorithm fed with what the one before has made."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("torch")
pytest.importorskip("onnx")

import numpy as np
import torch
from recurve.core.training import recipe as schedule


def test_labels_become_networks_become_a_map(
    provider, make_raster, roofs, tmp_path, monkeypatch, read_raster
):
    import processing

    torch.set_num_threads(1)
    monkeypatch.setattr(schedule, "_MIN_STEPS", 10)
    monkeypatch.setattr(schedule, "_MAX_STEPS", 10)
    grey, labels = roofs(400, 560, 2)
    image = make_raster(grey, "image.tif")
    reference = make_raster(labels, "labels.tif")
    samples = processing.run(
        "recurve:preparesamples",
        {
            "INPUT": str(image),
            "LABEL_RASTER": str(reference),
            "CLASSES": "1=ground, 2=roof",
            "VALIDATION_FRACTION": 0.4,
            "BLOCK_SIZE": 200,
            "OUTPUT": str(tmp_path / "samples"),
        },
    )["OUTPUT"]
    common = {"SAMPLES": [samples], "EPOCHS": 1, "BATCH": 4, "DEVICE": "CPU"}
    classifier = processing.run(
        "recurve:trainclassifier", {**common, "OUTPUT": str(tmp_path / "classifier.onnx")}
    )["OUTPUT"]
    corrector = processing.run(
        "recurve:traincorrector",
        {
            **common,
            "CLASSIFIER": classifier,
            "ITERATIONS": 2,
            "ARCHITECTURE": "paper",
            "OUTPUT": str(tmp_path / "corrector.onnx"),
        },
    )["OUTPUT"]
    processing.run(
        "recurve:classify",
        {
            "INPUT": str(image),
            "CLASSIFIER": classifier,
            "CORRECTOR": corrector,
            "OUTPUT": str(tmp_path / "map.tif"),
        },
    )
    codes = read_raster(tmp_path / "map.tif")[0]
    assert codes.shape == labels.shape
    assert set(np.unique(codes)) <= {1, 2}
    assert (codes == labels).mean() > 0.75
