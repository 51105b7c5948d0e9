"""Measurements behind the figures that the project quotes; each module is one command."""
