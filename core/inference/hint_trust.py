"""How far a hint is trusted; apart from the hints' shapes, which need GDAL."""

CERTAIN, LIKELY = 1.0, 0.5
"""A certain hint is held fixed, a likely one is a strong source."""
