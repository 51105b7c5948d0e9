"""The JSON of a contract, which may come from anybody, as values that make no trouble. Only the standard library."""

from __future__ import annotations

import json
import re
from typing import Any

from ..core.errors import ContractError
from ..core.translation import tr

_MAX_DEPTH = 32
_MAX_DIGITS = 30


def read_record(text: str) -> dict[str, Any]:
    """The fields of a contract, unchecked but for what is trouble wherever it is shown or written.

    Raises:
        ContractError: the text is no JSON object, or holds such values.
    """
    try:
        record = json.loads(text, parse_int=_whole_number)
    except (ValueError, RecursionError) as error:
        raise ContractError(
            tr("The contract is not JSON ({error}); export the network again.", error=error)
        ) from error
    if not isinstance(record, dict):
        raise ContractError(tr("The contract is not a JSON object; export the network again."))
    _check_values(record)
    return record


def show(value: object) -> str:
    """A value as a sentence may hold it: not too long."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _whole_number(digits: str) -> int:
    """Python reads millions of digits, in minutes, and then has no float for them."""
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _check_values(record: dict[str, Any]) -> None:
    """Refuse JSON that Python reads all the same: too deep, or with halves of characters."""
    values: list[tuple[Any, int]] = [(record, 1)]
    while values:
        value, depth = values.pop()
        if depth > _MAX_DEPTH:
            raise ContractError(
                tr(
                    "The contract is nested more than {most} deep; export the network again with less in 'training'.",
                    most=_MAX_DEPTH,
                )
            )
        if isinstance(value, str) and re.search("[\ud800-\udfff]", value):
            raise ContractError(
                tr(
                    "The contract holds {value}, which is half a character; export the network again.",
                    value=show(value),
                )
            )
        if isinstance(value, dict):
            values += [(inner, depth + 1) for inner in (*value, *value.values())]
        elif isinstance(value, list):
            values += [(inner, depth + 1) for inner in value]
