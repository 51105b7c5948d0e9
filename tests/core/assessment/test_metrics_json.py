"""The metrics as JSON, and the schema that tells what is in them."""

from __future__ import annotations

import json

from recurve.core.assessment.metrics_json import assessment_json


def test_the_record_is_json_without_nan(rasters, run):
    made = run(rasters[1:], rasters[0])
    record = json.loads(assessment_json(made, "Recurve 0"))
    assert (record["format"], record["version"], record["made_by"]) == ("recurve.assessment", 2, "Recurve 0")
    assert record["maps"][0]["overall_accuracy"] == made.maps[0].confusion.overall
    assert record["maps"][0]["boundary"][1]["tolerance_px"] == 3
    assert record["changes"][0]["to"] == "after"


def test_the_schema_names_every_field(rasters, root, run):
    record = json.loads(assessment_json(run(rasters[1:], rasters[0]), "Recurve 0"))
    told = (root / "docs" / "assessment_schema.md").read_text(encoding="utf-8")

    def fields(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from fields(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from fields(inner)

    for name in set(fields(record)):
        assert f"`{name}`" in told or f'"{name}"' in told, name
