"""The map to correct: what it is, whether its corrector was made for such maps, and how the corrected one was made."""

from __future__ import annotations

from ...core.class_maps.input_map import CLASSES, SCORES, ClassMap
from ...core.progress import Progress
from ...models.contract import TRAINED_ON_MAPS, NetworkContract


def say_map(class_map: ClassMap, progress: Progress) -> None:
    """Tell what a map is taken for."""
    what = "Class values" if class_map.kind == CLASSES else f"Bands ({class_map.kind})"
    pairs = ", ".join(f"{n} = {entry.name}" for n, entry in zip(class_map.table.numbers, class_map.classes))
    nothing = ", ".join(map(str, class_map.table.nothing))
    progress.say(f"{what} of the map: {pairs}{f'; no class: {nothing}' if nothing else ''}.")


def map_warnings(class_map: ClassMap, corrector: NetworkContract) -> list[str]:
    """What makes a map unlike those a corrector was trained on; it is corrected all the same."""
    made_for = corrector.classifier_sha256
    if made_for == TRAINED_ON_MAPS:
        if corrector.map_kind in ("", class_map.kind):
            return []
        return [
            f"The corrector {corrector.name} was trained on maps of {corrector.map_kind}, and this map holds "
            f"{class_map.kind}: expect a poor correction, or train a corrector on such maps."
        ]
    if (class_map.kind, class_map.classifier_sha256) == (SCORES, made_for):
        return []
    return [
        f"The corrector {corrector.name} was trained on the scores of one classifier (SHA-256 {made_for[:12]}...), and "
        f"this map ({class_map.kind}) is not known to be made by it: expect a poor correction, or train a corrector on "
        "such maps."
    ]
