"""What training needs is not there, and comes while QGIS is open."""

from pathlib import Path

from inside import dialogs


def scenario(desktop, given):
    """Tells which dialogs opened without the packages, and which once they are where the message says."""
    for when in ("without", "with"):
        opened = []
        for algorithm in given["algorithms"]:
            dialog = yield from dialogs.opened(desktop, algorithm)
            if dialog is not None:
                opened.append(algorithm)
                yield from dialogs.closed(desktop, dialog)
        desktop.tell(**{when: opened})
        folder = Path(given["packages_folder"])
        if when == "without":
            folder.symlink_to(given["source"], target_is_directory=True)
