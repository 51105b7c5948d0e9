"""What a network file says about itself, as a checked value and as JSON. Only the standard library."""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..core.errors import ContractError
from .contract_json import read_record, show

FORMAT_VERSION = 1
METADATA_KEY = "recurve"
ROLES = ("classifier", "corrector")
TRAINED_ON_MAPS = "map"
MAP_KINDS = ("codes", "probabilities", "scores")
"""What the values of a map are: class codes in one band; or, in a band for each class, probabilities on any scale (0 to
1, 0 to 100, 0 to 255) or scores before softmax."""

_OPTIONAL = {"map_kind": ""}  # files written before these fields were known do without them
_MAX_BANDS = 4096
_MAX_NAME = 200
_NAMES = f"1 to {_MAX_NAME} characters without control characters"
_MAX_NUMBER = 3.4e38  # of float32, in which networks compute


@dataclass(frozen=True)
class Band:
    """One band of the image a network was trained on.

    The numbers document the training data in raw pixel values; `mean` also fills invalid pixels.
    The normalisation itself is inside the graph.
    """

    name: str
    minimum: float
    maximum: float
    mean: float
    deviation: float


@dataclass(frozen=True)
class ClassEntry:
    """One class of the map: its name and its colour as '#rrggbb'."""

    name: str
    colour: str


@dataclass(frozen=True)
class NetworkContract:
    """What a network file says about itself.

    Attributes:
        role: 'classifier' (image to scores) or 'corrector' (scores, image, iterations to scores).
        name: what people call the network.
        form: which architecture it is, as in `models/pytorch`.
        bands: the bands it reads, in order.
        classes: the classes it knows; class code 1 is the first.
        pixel_size_m: ground size of a training pixel, m.
        pixel_size_range_m: smallest and largest pixel size it was trained for, m.
        reach_px: how many pixels away in the image an output pixel looks; None for a classifier whose reach is unknown
            or has no bound (global pooling, attention), see `models/runtime/reach.py`.
        reach_per_iteration_px: corrector: how far one iteration looks in the scores; classifier: 0.
        stride: width and height of the input must be multiples of it; its phase counts from pixel 0.
        iterations: corrector: how many it was trained for; classifier: 0.
        classifier_sha256: corrector: the classifier file it was trained on, or 'map'; classifier: ''.
        training: data, split, licence, date, figures; free for people to read.
        self_test: a stored input and its output, see `models/runtime/self_test.py`.
        format_version: version of this record.
        map_kind: corrector trained on maps: their kind, one of `MAP_KINDS`, or '' where it is not known; else ''.
    """

    role: str
    name: str
    form: str
    bands: tuple[Band, ...]
    classes: tuple[ClassEntry, ...]
    pixel_size_m: float
    pixel_size_range_m: tuple[float, float]
    reach_px: int | None
    reach_per_iteration_px: int
    stride: int
    iterations: int
    classifier_sha256: str
    training: dict[str, Any]
    self_test: dict[str, Any]
    format_version: int = FORMAT_VERSION
    map_kind: str = ""

    def __post_init__(self) -> None:
        """Check every field.

        Raises:
            ContractError: naming the first field that does not fit.
        """
        _check(self)

    def to_json(self) -> str:
        """The contract as one line of JSON, without the optional fields that say nothing."""
        record = dataclasses.asdict(self)
        for name, nothing in _OPTIONAL.items():
            if record[name] == nothing:
                del record[name]
        return json.dumps(record, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> NetworkContract:
        """Read a contract.

        Args:
            text: JSON as `to_json` writes it.

        Raises:
            ContractError: naming the field that is missing, unknown or wrong.
        """
        record = {**_OPTIONAL, **read_record(text)}
        version = record.get("format_version")
        if not isinstance(version, int) or isinstance(version, bool):
            raise ContractError(
                f"Contract field 'format_version' must be a whole number, not {show(version)}."
            )
        if version > FORMAT_VERSION:
            raise ContractError(
                f"The network was written in format {show(version)}, and this version of Recurve reads formats up to "
                f"{FORMAT_VERSION}; update Recurve."
            )
        known = {field.name for field in dataclasses.fields(cls)}
        for name in sorted(known - record.keys()):
            raise ContractError(f"Contract field '{name}' is missing; export the network again.")
        for name in sorted(record.keys() - known):
            raise ContractError(f"Contract field {show(name)} is unknown; export the network again.")
        record["bands"] = _entries(Band, "bands", record["bands"])
        record["classes"] = _entries(ClassEntry, "classes", record["classes"])
        if isinstance(record["pixel_size_range_m"], list):
            record["pixel_size_range_m"] = tuple(record["pixel_size_range_m"])
        return cls(**record)


def halo_px(classifier: NetworkContract | None, corrector: NetworkContract | None, iterations: int) -> int:
    """How many pixels around a tile its inner part depends on.

    Args:
        classifier: contract of the classifier; None where a map is corrected.
        corrector: contract of the corrector, if there is one.
        iterations: how often the corrector is applied.

    Returns:
        The halo in px: iterations x reach per iteration, beyond the farther of the two looks into the image (the
        classifier's and the guidance's are side by side, not one after the other).

    Raises:
        ValueError: the classifier's reach is unknown: no halo makes its tiles exact.
    """
    if classifier is not None and classifier.reach_px is None:
        raise ValueError(f"The reach of {classifier.name} is unknown.")
    reach_px = (classifier.reach_px if classifier is not None else None) or 0
    if corrector is None or iterations == 0:
        return reach_px
    assert corrector.reach_px is not None
    return iterations * corrector.reach_per_iteration_px + max(reach_px, corrector.reach_px)


class BandsAndClasses(Protocol):
    """What networks and sample sets have in common."""

    @property
    def bands(self) -> Sequence[Band]:
        """The bands, in order."""

    @property
    def classes(self) -> Sequence[ClassEntry]:
        """The classes, in order."""


def differing_names(one: BandsAndClasses, other: BandsAndClasses) -> Iterator[tuple[str, str, str]]:
    """What keeps two from being used together: 'bands' or 'classes', with both lists of names, where these differ."""
    for what in ("bands", "classes"):
        names, others = ([entry.name for entry in getattr(record, what)] for record in (one, other))
        if names != others:
            yield what, ", ".join(names), ", ".join(others)


def _check(contract: NetworkContract) -> None:
    def need(fits: bool, name: str, needed: str) -> None:
        if not fits:
            raise ContractError(
                f"Contract field '{name}' must be {needed}, not {show(getattr(contract, name))}; "
                "export the network again."
            )

    corrects = contract.role == "corrector"
    need(
        _is_int(contract.format_version) and contract.format_version >= 1,
        "format_version",
        "a whole number from 1",
    )
    need(contract.role in ROLES, "role", "'classifier' or 'corrector'")
    need(_is_name(contract.name), "name", f"a text of {_NAMES}")
    need(_is_name(contract.form), "form", f"a text of {_NAMES}")
    need(_all_of(Band, contract.bands), "bands", "a list of at least one band")
    need(len(contract.bands) <= _MAX_BANDS, "bands", f"a list of at most {_MAX_BANDS} bands")
    need(_all_of(ClassEntry, contract.classes), "classes", "a list of classes")
    need(2 <= len(contract.classes) <= 254, "classes", "a list of 2 to 254 classes")
    for band in contract.bands:
        numbers = (band.minimum, band.maximum, band.mean, band.deviation)
        need(
            _is_name(band.name) and all(_is_number(n) for n in numbers) and band.deviation > 0,
            "bands",
            f"a list of bands, each with a name of {_NAMES}, minimum, maximum, mean and a deviation above 0",
        )
    for entry in contract.classes:
        need(
            _is_name(entry.name)
            and isinstance(entry.colour, str)
            and re.fullmatch("#[0-9a-fA-F]{6}", entry.colour) is not None,
            "classes",
            f"a list of classes, each with a name of {_NAMES} and a colour like '#1a2b3c'",
        )
    names = [entry.name for entry in contract.classes]
    need(len(set(names)) == len(names), "classes", "a list of classes with different names")
    size, size_range = contract.pixel_size_m, contract.pixel_size_range_m
    need(_is_number(size) and size > 0, "pixel_size_m", "a length above 0 m")
    need(
        isinstance(size_range, tuple)
        and len(size_range) == 2
        and all(_is_number(s) for s in size_range)
        and 0 < size_range[0] <= size <= size_range[1],
        "pixel_size_range_m",
        "two lengths in m around pixel_size_m",
    )
    need(
        0 <= contract.reach_px <= 4096
        if isinstance(contract.reach_px, int) and _is_int(contract.reach_px)
        else contract.reach_px is None and not corrects,
        "reach_px",
        "0 to 4096 px, or null for a classifier whose reach is unknown",
    )
    reach = contract.reach_per_iteration_px
    need(
        _is_int(reach) and (1 <= reach <= 256 if corrects else reach == 0),
        "reach_per_iteration_px",
        "1 to 256 px for a corrector and 0 for a classifier",
    )
    need(
        _is_int(contract.stride) and 1 <= contract.stride <= 256,
        "stride",
        "1 to 256 px",
    )
    need(
        _is_int(contract.iterations)
        and (1 <= contract.iterations <= 1000 if corrects else contract.iterations == 0),
        "iterations",
        "1 to 1000 for a corrector and 0 for a classifier",
    )
    digest = contract.classifier_sha256
    need(
        isinstance(digest, str)
        and (
            digest == TRAINED_ON_MAPS or re.fullmatch("[0-9a-f]{64}", digest) is not None
            if corrects
            else digest == ""
        ),
        "classifier_sha256",
        "64 hexadecimal digits or 'map' for a corrector and empty for a classifier",
    )
    kinds = ("", *MAP_KINDS) if digest == TRAINED_ON_MAPS else ("",)
    need(
        contract.map_kind in kinds,
        "map_kind",
        f"one of {', '.join(MAP_KINDS)}, for a corrector that was trained on maps, or empty",
    )
    need(isinstance(contract.training, dict), "training", "an object")
    need(isinstance(contract.self_test, dict), "self_test", "an object")


def _entries(kind: type, field: str, records: object) -> tuple[Any, ...]:
    names = {f.name for f in dataclasses.fields(kind)}
    if not isinstance(records, list) or not all(isinstance(r, dict) and r.keys() == names for r in records):
        raise ContractError(
            f"Contract field '{field}' must be a list of objects with {', '.join(sorted(names))}; "
            "export the network again."
        )
    return tuple(kind(**record) for record in records)


def _all_of(kind: type, entries: object) -> bool:
    return isinstance(entries, tuple) and len(entries) > 0 and all(isinstance(e, kind) for e in entries)


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
