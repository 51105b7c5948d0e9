"""An assessment for programs: the JSON that docs/assessment_schema.md describes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..metrics.area_estimation import Estimate
from .difference import Change
from .result import Assessment, MapFigures

FORMAT = "recurve.assessment"
FORMAT_VERSION = 2


def assessment_json(assessment: Assessment, made_by: str) -> str:
    """All figures of an assessment as JSON; what cannot be said is null.

    Args:
        assessment: the figures.
        made_by: the program and its version.
    """
    record = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made_by": made_by,
        "reference": assessment.reference,
        "area": assessment.area or None,
        "strata": assessment.strata or None,
        "classes": list(assessment.classes),
        "tolerances_px": list(assessment.tolerances_px),
        "are_iterations": assessment.are_iterations,
        "matching": list(assessment.matching),
        "warnings": list(assessment.warnings),
        "maps": [_map(one, assessment) for one in assessment.maps],
        "changes": [
            {"from": assessment.maps[0].name, "to": one.name, **_change(change)}
            for one, change in zip(assessment.maps[1:], assessment.changes)
        ],
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _map(one: MapFigures, assessment: Assessment) -> dict[str, Any]:
    confusion, boundary = one.confusion, one.boundary
    return {
        "name": one.name,
        "path": one.path,
        "band": one.band,
        "pixels": confusion.pixels,
        "no_data_px": int(confusion.no_data.sum()),
        "no_data_share": _number(confusion.no_data_share),
        "contradictory_px": one.contradictory_px,
        "contradictory_share": _number(one.contradictory_share),
        "polygons_beside": one.polygons_beside,
        "polygons_partly_beside": one.polygons_partly_beside,
        "reference_beside_share": one.reference_beside_share,
        "pixel_area_m2": one.pixel_area_m2,
        "overall_accuracy": _number(confusion.overall),
        "overall_accuracy_where_mapped": _number(confusion.where_mapped.overall),
        "kappa": _number(confusion.kappa),
        "mean_iou": _number(confusion.mean_iou),
        "mean_f1": _number(confusion.mean_f1),
        "iou": _numbers(confusion.iou),
        "f1": _numbers(confusion.f1),
        "precision": _numbers(confusion.precision),
        "recall": _numbers(confusion.recall),
        "confusion": confusion.counts.tolist(),
        "boundary": [
            {
                "tolerance_px": px,
                "iou": _numbers(boundary.iou[number]),
                "mean_iou": _number(one.mean_boundary_iou(number)),
                "f1": _numbers(boundary.f1[number]),
                "mean_f1": _number(one.mean_boundary_f1(number)),
            }
            for number, px in enumerate(assessment.tolerances_px)
        ],
        "mapped_px": one.mapped_px.tolist(),
        "areas": _areas(one),
    }


def _areas(one: MapFigures) -> dict[str, Any]:
    areas = one.areas
    return {
        "unit": "px" if one.pixel_area_m2 is None else "m2",
        "mapped": one.mapped_size.tolist(),
        "area": [_estimate(share.times(areas.population)) for share in areas.share],
        "population": areas.population,
        "left_out": areas.left_out,
        "sample_px": areas.sample_px,
        "without_stratum_px": one.without_stratum_px,
        "overall_accuracy": _estimate(areas.overall),
        "share": [_estimate(one) for one in areas.share],
        "precision": [_estimate(one) for one in areas.precision],
        "recall": [_estimate(one) for one in areas.recall],
    }


def _estimate(estimate: Estimate) -> dict[str, float | None]:
    return {"value": _number(estimate.value), "half_width_95": _number(estimate.half_width)}


def _change(change: Change) -> dict[str, Any]:
    return {
        "both_right_px": change.both_right,
        "repaired_px": change.repaired,
        "damaged_px": change.damaged,
        "both_wrong_px": change.both_wrong,
        "no_data_px": change.no_data,
        "damage": _number(change.damage),
        "repair": _number(change.repair),
    }


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _numbers(values: Iterable[float] | NDArray[np.float64]) -> list[float | None]:
    return [_number(value) for value in values]
