"""What the code gives to `tr`, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Call:
    """A call of `tr`: where, the sentence (None where it is neither a literal nor a constant), the values' names."""

    path: Path
    line: int
    sentence: str | None
    values: frozenset[str]
    is_in_function: bool


def given_to_tr(root: Path) -> Iterator[Call]:
    """All calls in the plugin. A value given as `**values` has names that are not known: then there are none."""
    paths = [
        path for folder in ("algorithms", "core", "models") for path in sorted((root / folder).rglob("*.py"))
    ]
    trees = {path: ast.parse(path.read_bytes()) for path in paths}
    constants: dict[str, set[str]] = {}
    for tree in trees.values():
        for name, text in _constants(tree):
            constants.setdefault(name, set()).add(text)
    for path, tree in trees.items():
        own = dict(_constants(tree))
        inside = {
            id(node) for function in ast.walk(tree) if _is_function(function) for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "tr":
                continue
            (argument,) = node.args
            sentence = argument.value if isinstance(argument, ast.Constant) else None
            if isinstance(argument, ast.Name):
                known = {own[argument.id]} if argument.id in own else constants.get(argument.id, set())
                sentence = next(iter(known)) if len(known) == 1 else None
            names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            is_known = all(keyword.arg for keyword in node.keywords)
            yield Call(path, node.lineno, sentence, names if is_known else frozenset(), id(node) in inside)


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    yield target.id, node.value.value


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, (ast.FunctionDef, ast.Lambda))
