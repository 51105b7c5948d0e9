"""What the plugin says about itself: where it is, its icon, its version, where more is written."""

from __future__ import annotations

import configparser
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ICON = str(ROOT / "resources" / "icon.svg")
HOMEPAGE = "https://github.com/recurve/recurve"


def help_page(algorithm: str) -> str:
    """Where an algorithm is written about: its page of `docs/algorithms`."""
    return f"{HOMEPAGE}/blob/main/docs/algorithms/{algorithm}.md"


@cache
def plugin_version() -> str:
    """The version in metadata.txt, the only place where it is written."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]
