"""Faults of rasters and labels, and the end of a cancelled run."""

from __future__ import annotations

from ..models.errors import RecurveError


class RasterError(RecurveError):
    """A raster that cannot be read, used or written."""


class LabelError(RecurveError):
    """Labels that cannot be read or used for training or assessment."""


class Cancelled(RecurveError):  # noqa: N818 (a decision of the user, not an error)
    """The user stopped the run; nothing was written."""


TRAINING_CANCELLED = (
    "Training was cancelled. What was learned is kept: the same command, or Run with the same settings, goes on from "
    "the last whole epoch."
)
