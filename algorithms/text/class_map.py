"""The map to correct: what it is, whether its corrector was made for such maps, and how the corrected one was made."""

from __future__ import annotations

from ...core.class_maps.input_map import ClassMap
from ...core.class_maps.map_file import CLASSES, SCORES
from ...core.progress import Progress
from ...models.contract import TRAINED_ON_MAPS, NetworkContract
from .translation import tr


def say_map(class_map: ClassMap, progress: Progress) -> None:
    """Tell what a map is taken for."""
    pairs = ", ".join(f"{n} = {entry.name}" for n, entry in zip(class_map.table.numbers, class_map.classes))
    nothing = ", ".join(map(str, class_map.table.nothing))
    if nothing:
        pairs = tr("{pairs}; no class: {values}", pairs=pairs, values=nothing)
    if class_map.kind == CLASSES:
        progress.say(tr("Class values of the map: {pairs}.", pairs=pairs))
    else:
        progress.say(tr("Bands ({kind}) of the map: {pairs}.", kind=class_map.kind, pairs=pairs))


def map_warnings(class_map: ClassMap, corrector: NetworkContract) -> list[str]:
    """What makes a map unlike those a corrector was trained on; it is corrected all the same."""
    made_for = corrector.classifier_sha256
    if made_for == TRAINED_ON_MAPS:
        if corrector.map_kind in ("", class_map.kind):
            return []
        return [
            tr(
                "The corrector {name} was trained on maps of {needed}, and this map holds {found}: expect a poor "
                "correction, or train a corrector on such maps.",
                name=corrector.name,
                needed=corrector.map_kind,
                found=class_map.kind,
            )
        ]
    if (class_map.kind, class_map.classifier_sha256) == (SCORES, made_for):
        return []
    return [
        tr(
            "The corrector {name} was trained on the scores of one classifier (SHA-256 {needed}...), and this map "
            "({found}) is not known to be made by it: expect a poor correction, or train a corrector on such maps.",
            name=corrector.name,
            needed=made_for[:12],
            found=class_map.kind,
        )
    ]
