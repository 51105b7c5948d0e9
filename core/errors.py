"""Every fault that Recurve explains to a user, in one place; it imports nothing, so that every room may use it."""

from __future__ import annotations


class RecurveError(Exception):
    """A fault told in one sentence: what was got, what is needed, what to do."""


class ContractError(RecurveError):
    """A network file that is missing, broken, foreign, or does not fit its use."""


class ExportError(RecurveError):
    """A network whose ONNX file does not compute what the trained network computes."""


class DeviceError(RecurveError):
    """A device or runtime that is not there or does not work."""


class DeviceMemoryError(DeviceError):
    """A device whose memory is too small for what it was given at once."""


class RasterError(RecurveError):
    """A raster that cannot be read, used or written."""


class BusyError(RecurveError):
    """An output that another run is writing."""


class LabelError(RecurveError):
    """Labels that cannot be read or used for training or assessment."""


class ParameterError(RecurveError):
    """A value that a parameter does not take, or a parameter that is not there."""


class Cancelled(RecurveError):  # noqa: N818 (a decision of the user, not an error)
    """The user stopped the run; the sentence says what is kept."""
