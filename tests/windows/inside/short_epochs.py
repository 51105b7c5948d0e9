"""Trainings of seconds instead of minutes."""

import sys
from importlib import import_module


def shorten_epochs(steps=3):
    """Let an epoch have a few steps, on one thread; where PyTorch is not there, nothing is trained."""
    plugin = next(name for name in list(sys.modules) if name.endswith("_from_zip"))
    module = import_module(f"{plugin}.core.training.recipe")
    module._MIN_STEPS = module._MAX_STEPS = steps
