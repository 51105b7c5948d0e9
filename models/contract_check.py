"""What the fields of a contract may hold. Only the standard library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from ..core.errors import ContractError
from ..core.translation import tr
from .contract_json import show

ROLES = ("classifier", "corrector")
TRAINED_ON_MAPS = "map"
MAP_KINDS = ("classes", "probabilities", "scores")
"""What the values of a map are: class values in one band; or, in a band for each class, probabilities on any scale (0
to 1, 0 to 100, 0 to 255) or scores before softmax."""

_MAX_BANDS = 4096
_MADE_BANDS = 3  # of any image, see `core/raster/three_bands.py`
_MAX_NAME = 200
_MAX_NUMBER = 3.4e38  # of float32, in which networks compute


def check_contract(fields: Mapping[str, Any]) -> None:
    """Check all fields of a contract, whatever they hold.

    Raises:
        ContractError: naming the first field that does not fit.
    """
    need = _Need(fields)
    version = fields["format_version"]
    need(_is_int(version) and version >= 1, "format_version", tr("a whole number from 1"))
    check_facts(fields)
    corrects = fields["role"] == "corrector"
    need(_is_name(fields["form"]), "form", tr("a text of {name}", name=_name()))
    reach = fields["reach_px"]
    need(
        0 <= reach <= 4096 if _is_int(reach) else reach is None and not corrects,
        "reach_px",
        tr("0 to 4096 px, or null for a classifier whose receptive field radius is unknown"),
    )
    reach = fields["reach_per_iteration_px"]
    need(
        _is_int(reach) and (1 <= reach <= 256 if corrects else reach == 0),
        "reach_per_iteration_px",
        tr("1 to 256 px for a corrector and 0 for a classifier"),
    )
    reach = fields["reach_in_scores_px"]
    need(
        _is_int(reach) and (0 <= reach <= 4096 if corrects else reach == 0),
        "reach_in_scores_px",
        tr("0 to 4096 px for a corrector and 0 for a classifier"),
    )
    reach = fields["hint_reach_per_iteration_px"]
    need(
        _is_int(reach) and (0 <= reach <= 256 if corrects else reach == 0),
        "hint_reach_per_iteration_px",
        tr("0 to 256 px for a corrector and 0 for a classifier"),
    )
    need(_is_int(fields["stride"]) and 1 <= fields["stride"] <= 256, "stride", tr("1 to 256 px"))
    need(isinstance(fields["self_test"], dict), "self_test", tr("an object"))


def check_facts(fields: Mapping[str, Any]) -> None:
    """Check those fields of a contract that are known before the network is exported, whatever they hold.

    Raises:
        ContractError: naming the first field that does not fit.
    """
    need = _Need(fields)
    need(fields["role"] in ROLES, "role", tr("'classifier' or 'corrector'"))
    need(_is_name(fields["name"]), "name", tr("a text of {name}", name=_name()))
    corrects, any_map = fields["role"] == "corrector", fields["any_map"]
    need(
        isinstance(any_map, bool) and (corrects or not any_map),
        "any_map",
        tr("true or false for a corrector and false for a classifier"),
    )
    _check_bands(fields["bands"], need)
    if any_map:
        _check_any_map(fields["bands"], fields["classes"], need)
    else:
        _check_classes(fields["classes"], need)
    size, size_range = fields["pixel_size_m"], fields["pixel_size_range_m"]
    need(_is_number(size) and size > 0, "pixel_size_m", tr("a length above 0 m"))
    need(
        isinstance(size_range, tuple)
        and len(size_range) == 2
        and all(_is_number(s) for s in size_range)
        and 0 < size_range[0] <= size <= size_range[1],
        "pixel_size_range_m",
        tr("two lengths in m around pixel_size_m"),
    )
    need(isinstance(fields["training"], dict), "training", tr("an object"))
    iterations = fields["iterations"]
    need(
        _is_int(iterations) and (1 <= iterations <= 1000 if corrects else iterations == 0),
        "iterations",
        tr("1 to 1000 for a corrector and 0 for a classifier"),
    )
    digest = fields["classifier_sha256"]
    need(
        isinstance(digest, str)
        and (
            digest == TRAINED_ON_MAPS or re.fullmatch("[0-9a-f]{64}", digest) is not None
            if corrects
            else digest == ""
        ),
        "classifier_sha256",
        tr("64 hexadecimal digits or 'map' for a corrector and empty for a classifier"),
    )
    need(
        not any_map or digest == TRAINED_ON_MAPS,
        "classifier_sha256",
        tr("'map' for a corrector of any map"),
    )
    kinds = ("", *MAP_KINDS) if digest == TRAINED_ON_MAPS and not any_map else ("",)
    need(
        fields["map_kind"] in kinds,
        "map_kind",
        tr("one of {kinds}, for a corrector that was trained on maps, or empty", kinds=", ".join(MAP_KINDS)),
    )


class _Need:
    """Refuses a field that does not fit."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields

    def __call__(self, fits: bool, name: str, needed: str) -> None:
        if not fits:
            raise ContractError(
                tr(
                    "Contract field '{name}' must be {needed}, not {value}; export the network again.",
                    name=name,
                    needed=needed,
                    value=show(self._fields[name]),
                )
            )


def _check_bands(bands: Any, need: _Need) -> None:
    numbers = ("minimum", "maximum", "mean", "deviation")
    need(_all_have(("name", *numbers), bands), "bands", tr("a list of at least one band"))
    need(len(bands) <= _MAX_BANDS, "bands", tr("a list of at most {most} bands", most=_MAX_BANDS))
    for band in bands:
        need(
            _is_name(band.name)
            and all(_is_number(getattr(band, number)) for number in numbers)
            and band.deviation > 0,
            "bands",
            tr(
                "a list of bands, each with a name of {name}, minimum, maximum, mean and a deviation above 0",
                name=_name(),
            ),
        )


def _check_any_map(bands: Any, classes: Any, need: _Need) -> None:
    """What takes any classes and bands names none of its own."""
    need(
        len(bands) == _MADE_BANDS and all((band.mean, band.deviation) == (0, 1) for band in bands),
        "bands",
        tr("three bands with mean 0 and deviation 1 for a corrector of any map"),
    )
    need(classes == (), "classes", tr("an empty list for a corrector of any map"))


def _check_classes(classes: Any, need: _Need) -> None:
    need(_all_have(("name", "colour"), classes), "classes", tr("a list of classes"))
    need(2 <= len(classes) <= 254, "classes", tr("a list of 2 to 254 classes"))
    for entry in classes:
        need(
            _is_name(entry.name)
            and isinstance(entry.colour, str)
            and re.fullmatch("#[0-9a-fA-F]{6}", entry.colour) is not None,
            "classes",
            tr("a list of classes, each with a name of {name} and a colour like '#1a2b3c'", name=_name()),
        )
    names = [entry.name for entry in classes]
    need(len(set(names)) == len(names), "classes", tr("a list of classes with different names"))


def _all_have(names: Sequence[str], entries: object) -> bool:
    """Whether these are records, at least one, with these fields."""
    return (
        isinstance(entries, tuple)
        and len(entries) > 0
        and all(hasattr(entry, name) for entry in entries for name in names)
    )


def _name() -> str:
    return tr("1 to {longest} characters without control characters", longest=_MAX_NAME)


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    """Whether it is a number that a float can hold; JSON knows larger ones."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _MAX_NUMBER


def _is_name(value: object) -> bool:
    """Whether it can stand in a list, a legend, a file's metadata."""
    return (
        isinstance(value, str)
        and 1 <= len(value) <= _MAX_NAME
        and not any(unicodedata.category(character) in ("Cc", "Cs") for character in value)
    )
