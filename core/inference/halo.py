"""The halo of a tile: what is read around it, so that its inner part is what the whole image would give."""

from __future__ import annotations

from ...models.contract import NetworkContract


def halo_px(classifier: NetworkContract | None, corrector: NetworkContract | None, iterations: int) -> int:
    """How many pixels around a tile its inner part depends on.

    Args:
        classifier: contract of the classifier; None where a map is corrected.
        corrector: contract of the corrector, if there is one.
        iterations: how often the corrector is applied.

    Returns:
        The halo in px: iterations x receptive field radius per iteration, plus the larger of the two radii in the
        image (the classifier and the corrector's guidance both read the image itself, not each other).

    Raises:
        ValueError: the classifier's reach is unknown: no halo makes its tiles exact.
    """
    if classifier is not None and classifier.reach_px is None:
        raise ValueError(f"The receptive field radius of {classifier.name} is unknown.")
    reach_px = (classifier.reach_px if classifier is not None else None) or 0
    if corrector is None or iterations == 0:
        return reach_px
    assert corrector.reach_px is not None
    return iterations * corrector.reach_per_iteration_px + max(reach_px, corrector.reach_px)
