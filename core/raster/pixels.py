"""What is read of a window."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Pixels(NamedTuple):
    """Values, and where there are any.

    Attributes:
        values: (bands, height, width), or (height, width) where there is one band of class values.
        valid: which pixels hold something (height, width).
    """

    values: NDArray[Any]
    valid: NDArray[np.bool_]
