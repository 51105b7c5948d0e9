"""What a network file says about itself, as a checked value and as JSON. Only the standard library."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from ..core.errors import ContractError
from ..core.translation import tr
from .contract_check import MAP_KINDS as MAP_KINDS
from .contract_check import TRAINED_ON_MAPS as TRAINED_ON_MAPS
from .contract_check import check_contract, check_facts
from .contract_json import read_record, show

FORMAT_VERSION = 1
METADATA_KEY = "recurve"

# files written before these fields were known do without them
_OPTIONAL: dict[str, Any] = {
    "map_kind": "",
    "any_map": False,
    "reach_in_scores_px": 0,
    "hint_reach_per_iteration_px": 0,
}


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


MADE_BANDS = tuple(Band(name, -3.0, 3.0, 0.0, 1.0) for name in ("first", "second", "third"))
"""The bands of a network that takes images of any, see `core/raster/three_bands.py`."""


@dataclass(frozen=True)
class ClassEntry:
    """One class of the map: its name and its colour as '#rrggbb'."""

    name: str
    colour: str


@dataclass(frozen=True)
class NetworkFacts:
    """What is told about a network when it is exported; the rest of its contract is read off the network itself.

    Attributes:
        role: see `NetworkContract`, as for all others.
        name: what people call the network.
        bands: the bands it reads, in order.
        classes: the classes it knows.
        pixel_size_m: size of a training pixel on the ground, m.
        pixel_size_range_m: smallest and largest pixel size it was trained for, m.
        training: data, split, licence, date, figures.
        iterations: corrector: how often it is applied by default; classifier: 0.
        classifier_sha256: corrector: the classifier file it was trained on, or 'map'; classifier: ''.
        map_kind: corrector trained on maps: their kind; else ''.
        any_map: whether a corrector takes maps of any classes.
    """

    role: str
    name: str
    bands: tuple[Band, ...]
    classes: tuple[ClassEntry, ...]
    pixel_size_m: float
    pixel_size_range_m: tuple[float, float]
    training: dict[str, Any]
    iterations: int = 0
    classifier_sha256: str = ""
    map_kind: str = ""
    any_map: bool = False

    def __post_init__(self) -> None:
        """Check every field: what no contract may hold is refused before a training and not after it.

        Raises:
            ContractError: naming the first field that does not fit.
        """
        check_facts(vars(self))


@dataclass(frozen=True)
class NetworkContract:
    """What a network file says about itself.

    Attributes:
        role: 'classifier' (image to scores) or 'corrector' (scores, image, iterations to scores).
        name: what people call the network.
        form: which architecture it is, as in `models/pytorch`.
        bands: the bands it reads, in order.
        classes: the classes it knows; class value 1 is the first.
        pixel_size_m: size of a training pixel on the ground, m.
        pixel_size_range_m: smallest and largest pixel size it was trained for, m.
        reach_px: how many pixels away in the image an output pixel looks; None for a classifier whose reach is unknown
            or has no bound (global pooling, attention), see `models/runtime/reach.py`.
        reach_per_iteration_px: corrector: how far one iteration looks in the scores; classifier: 0.
        stride: width and height of the input must be multiples of it; its phase counts from pixel 0.
        iterations: corrector: how often it is applied by default; classifier: 0.
        classifier_sha256: corrector: the classifier file it was trained on, or 'map'; classifier: ''.
        training: data, split, licence, date, figures; free for people to read.
        self_test: a stored input and its output, see `models/runtime/self_test.py`.
        format_version: version of this record.
        map_kind: corrector trained on maps: their kind, one of `MAP_KINDS`, or '' where it is not known; else ''.
        any_map: corrector: whether it takes maps of any classes, with images of any bands of which three are made (see
            `core/raster/three_bands.py`). It then knows no classes of its own.
        reach_in_scores_px: corrector: how far, apart from its iterations, an output pixel looks in the scores.
        hint_reach_per_iteration_px: corrector: how far one iteration carries a hint; 0 for one that takes none.
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
    any_map: bool = False
    reach_in_scores_px: int = 0
    hint_reach_per_iteration_px: int = 0

    def __post_init__(self) -> None:
        """Check every field.

        Raises:
            ContractError: naming the first field that does not fit.
        """
        check_contract(vars(self))

    @property
    def takes_hints(self) -> bool:
        """Whether what people know of single pixels can be given to it."""
        return self.hint_reach_per_iteration_px > 0

    @property
    def keeps_start(self) -> bool:
        """Whether all iterations look at the map that was given: n iterations are then not n times one."""
        return self.any_map or self.takes_hints

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
                tr(
                    "Contract field 'format_version' must be a whole number, not {version}.",
                    version=show(version),
                )
            )
        if version > FORMAT_VERSION:
            raise ContractError(
                tr(
                    "The network was written in format {version}, and this version of Recurve reads formats up to "
                    "{newest}; update Recurve.",
                    version=show(version),
                    newest=FORMAT_VERSION,
                )
            )
        known = {field.name for field in dataclasses.fields(cls)}
        for name in sorted(known - record.keys()):
            raise ContractError(
                tr("Contract field '{name}' is missing; export the network again.", name=name)
            )
        for name in sorted(record.keys() - known):
            raise ContractError(
                tr("Contract field {name} is unknown; export the network again.", name=show(name))
            )
        record["bands"] = _entries(Band, "bands", record["bands"])
        record["classes"] = _entries(ClassEntry, "classes", record["classes"])
        if isinstance(record["pixel_size_range_m"], list):
            record["pixel_size_range_m"] = tuple(record["pixel_size_range_m"])
        return cls(**record)


class BandsAndClasses(Protocol):
    """What networks and sample sets have in common."""

    @property
    def bands(self) -> Sequence[Band]:
        """The bands, in order."""

    @property
    def classes(self) -> Sequence[ClassEntry]:
        """The classes, in order."""


class DifferingNames(NamedTuple):
    """'bands' or 'classes', and their names in one and in the other, as lists to read."""

    what: str
    names: str
    others: str


def differing_names(one: BandsAndClasses, other: BandsAndClasses) -> Iterator[DifferingNames]:
    """What keeps two from being used together."""
    for what in ("bands", "classes"):
        names, others = ([entry.name for entry in getattr(record, what)] for record in (one, other))
        if names != others:
            yield DifferingNames(what, ", ".join(names), ", ".join(others))


def _entries(kind: type, field: str, records: object) -> tuple[Any, ...]:
    names = {f.name for f in dataclasses.fields(kind)}
    if not isinstance(records, list) or not all(isinstance(r, dict) and r.keys() == names for r in records):
        raise ContractError(
            tr(
                "Contract field '{field}' must be a list of objects with {names}; export the network again.",
                field=field,
                names=", ".join(sorted(names)),
            )
        )
    return tuple(kind(**record) for record in records)
