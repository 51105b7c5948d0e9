"""The halo of a tile: what is read around it, so that its inner part is what the whole image would give."""

from __future__ import annotations

from ...models.contract import NetworkContract


def halo_px(classifier: NetworkContract | None, corrector: NetworkContract | None, iterations: int) -> int:
    """How many pixels around a tile its inner part depends on, where no hint is near.

    Args:
        classifier: contract of the classifier; None where a map is corrected.
        corrector: contract of the corrector, if there is one.
        iterations: how often the corrector is applied.

    Returns:
        The halo in px: iterations x receptive field radius per iteration, plus the larger of two: the corrector's
        radius in the image; and its radius in the scores, apart from its iterations, with the classifier's behind it
        (a guidance that reads the image itself does not see it through the classifier).

    Raises:
        ValueError: the classifier's reach is unknown: no halo makes its tiles exact.
    """
    if classifier is not None and classifier.reach_px is None:
        raise ValueError(f"The receptive field radius of {classifier.name} is unknown.")
    reach_px = (classifier.reach_px if classifier is not None else None) or 0
    if corrector is None or iterations == 0:
        return reach_px
    assert corrector.reach_px is not None
    once_px = max(reach_px + corrector.reach_in_scores_px, corrector.reach_px)
    return iterations * corrector.reach_per_iteration_px + once_px


def hint_reach_px(corrector: NetworkContract, iterations: int) -> int:
    """How far from a hint a pixel may be that it changes, px.

    A hint goes as far as the iterations carry it. One more of these steps is for the cell of pixels in which it lies,
    and for the cells that it came to being made pixels again.

    How it is carried depends on what is around the pixels on its way, and whether it says anything new on what is
    around itself: a tile near a hint needs the halo of one without around all that lies between, too.

    Args:
        corrector: contract of one that takes hints.
        iterations: how often it is applied; 0 changes nothing.
    """
    return (iterations + 1) * corrector.hint_reach_per_iteration_px if iterations > 0 else 0
