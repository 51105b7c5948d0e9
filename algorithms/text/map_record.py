"""What the file of a map says about how it was made."""

from __future__ import annotations

from ...core.class_maps.input_map import ClassMap
from ...core.inference.resampling import Resampling
from ...core.inference.tile_inference import Networks


def classification_record(
    networks: Networks, version: str, scale: float, resampling: Resampling | None
) -> dict[str, str]:
    """How an image was classified, as metadata items of the map's file."""
    assert networks.classifier is not None
    items = {
        "RECURVE_VERSION": version,
        "RECURVE_CLASSIFIER": networks.classifier.contract.name,
        "RECURVE_CLASSIFIER_SHA256": networks.classifier.sha256,
        "RECURVE_ITERATIONS": str(networks.iterations),
        "RECURVE_DEVICE": networks.classifier.device,
        "RECURVE_PRECISION": networks.classifier.precision,
        "RECURVE_VALUE_SCALE": f"{scale:g}",
    }
    if resampling is not None:
        down, across = resampling.ratios
        items["RECURVE_RESAMPLE"] = f"{across} x {down} pixels"
    if networks.corrector is not None:
        items["RECURVE_CORRECTOR"] = networks.corrector.contract.name
        items["RECURVE_CORRECTOR_SHA256"] = networks.corrector.sha256
    return items


def correction_record(networks: Networks, version: str, scale: float, class_map: ClassMap) -> dict[str, str]:
    """How a map was corrected, as metadata items of the new map's file."""
    assert networks.corrector is not None
    items = {
        "RECURVE_VERSION": version,
        "RECURVE_MAP": class_map.path,
        "RECURVE_MAP_KIND": class_map.kind,
        "RECURVE_CORRECTOR": networks.corrector.contract.name,
        "RECURVE_CORRECTOR_SHA256": networks.corrector.sha256,
        "RECURVE_ITERATIONS": str(networks.iterations),
        "RECURVE_DEVICE": networks.corrector.device,
        "RECURVE_PRECISION": networks.corrector.precision,
        "RECURVE_VALUE_SCALE": f"{scale:g}",
    }
    if class_map.classifier_sha256:
        items["RECURVE_CLASSIFIER_SHA256"] = class_map.classifier_sha256
    return items
