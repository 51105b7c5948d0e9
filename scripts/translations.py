"""`make translations`: brings i18n up to date with the texts in the code and in the help.

Each `recurve_<language>.ts` gets the new texts and loses those that are gone; what is translated in it goes into the
`.qm` that QGIS reads. A new language: `make translations NEW=fr`. Qt Linguist, or any editor, fills in the `.ts`.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("algorithms", "core", "models")


def main(new_languages: list[str]) -> None:
    """Update, compile."""
    folder = ROOT / "i18n"
    paths = {*folder.glob("recurve_*.ts"), *(folder / f"recurve_{language}.ts" for language in new_languages)}
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "texts.cpp"  # lupdate reads C++, where a string is written as in JSON
        literals = [json.dumps(text, ensure_ascii=False) for text in texts()]
        lines = [f'QCoreApplication::translate("Recurve", {literal});' for literal in literals]
        source.write_text("\n".join(lines), encoding="utf-8")
        for path in sorted(paths):
            run("lupdate", "-silent", "-no-obsolete", "-locations", "none", source, "-ts", path)
            run("lrelease", "-nounfinished", path)


def texts() -> list[str]:
    """All that is given to `tr`, in English: literals, modules' constants, and the help."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    trees = [ast.parse(path.read_bytes()) for path in paths]
    everywhere = {name: text for tree in trees for name, text in constants(tree).items()}
    found: list[str] = []
    for tree in trees:
        known = {**everywhere, **constants(tree)}
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        arguments = [call.args[0] for call in calls if ast.unparse(call.func) == "tr"]
        for argument in sorted(arguments, key=lambda node: node.lineno):
            if not isinstance(argument, ast.Name):
                found.append(ast.literal_eval(argument))
            elif argument.id in known:  # the others are the help, which follows
                found.append(known[argument.id])
    for path in sorted((ROOT / "resources" / "help").glob("*.json")):
        found += json.loads(path.read_text(encoding="utf-8")).values()
    return found


def constants(tree: ast.Module) -> dict[str, str]:
    """The texts that a module gives a name, such as a remedy that several sentences end with."""
    named = [
        node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    ]
    return {
        target.id: node.value.value
        for node in named
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def run(*command: str | Path) -> None:
    """Run one of Qt's tools."""
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"translations: {command[0]} did not work ({error}). If it is missing: it is one of Qt's tools for "
            "translators, on Debian and Ubuntu in the package qttools5-dev-tools (apt-get install "
            "qttools5-dev-tools)."
        )


if __name__ == "__main__":
    main(sys.argv[1:])
