"""What the file of a map says about how it was made."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from recurve.algorithms.text.map_record import classification_record
from recurve.core.inference.resampling import Resampling
from recurve.core.inference.tile_inference import Networks
from recurve.models.onnx_file.reading import file_sha256
from recurve.models.runtime.network import Network


def test_what_is_written_down_about_a_classification(tiny):
    opened = Networks(Network.open(tiny.classifier, "CPU"), Network.open(tiny.corrector, "CPU"), 3)
    items = classification_record(opened, "1.2.3", 255.0, None)
    assert items == {
        "RECURVE_VERSION": "1.2.3",
        "RECURVE_CLASSIFIER": "tiny classifier",
        "RECURVE_CLASSIFIER_SHA256": file_sha256(tiny.classifier),
        "RECURVE_ITERATIONS": "3",
        "RECURVE_DEVICE": "CPU",
        "RECURVE_PRECISION": "fp32",
        "RECURVE_VALUE_SCALE": "255",
        "RECURVE_CORRECTOR": "tiny corrector",
        "RECURVE_CORRECTOR_SHA256": file_sha256(tiny.corrector),
    }
    resampled = classification_record(opened, "1.2.3", 1.0, Resampling(15, 4, 4))
    assert resampled == {**items, "RECURVE_VALUE_SCALE": "1", "RECURVE_RESAMPLE": "15/4 x 15/4 pixels"}
