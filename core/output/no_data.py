"""What stands for no data in the outputs of a run, each value in the type of its output's tiles."""

from __future__ import annotations

import numpy as np

NO_CLASS = np.uint8(0)
"""Of a map and its iterates: classes have the places from 1. In the file it may be another value; see `ClassValues`."""
NO_CONFIDENCE = np.uint8(255)
NO_SCORE = np.float32(np.nan)
