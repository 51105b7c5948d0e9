"""What QGIS runs with `--code`: it plays one scenario, tells what happened in a JSON file, and closes QGIS.

QGIS gives no arguments to this file, so the environment says which scenario.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, os.environ["RECURVE_TESTS"])

from inside.desktop import Desktop
from inside.short_epochs import shorten_epochs

shorten_epochs()
_given = json.loads(Path(os.environ["RECURVE_GIVEN"]).read_text(encoding="utf-8"))
_scenario = {}
exec(compile(Path(_given["scenario"]).read_text(encoding="utf-8"), _given["scenario"], "exec"), _scenario)
desktop = Desktop(Path(_given["folder"]))
desktop.play(_scenario["scenario"](desktop, _given))
