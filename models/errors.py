"""Faults of network files and devices; the root of every fault Recurve explains to a user."""


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
