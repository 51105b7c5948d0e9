"""The figures of each map of an assessment, from what was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..class_maps.class_matching import ClassMatch
from ..class_maps.class_value_counts import ClassValueCounts
from ..metrics.area_estimation import estimate_areas
from ..metrics.confusion import Confusion
from ..raster.ground_area import pixel_areas_m2
from .beside import Beside
from .blocks import BlockCounts
from .result import MapFigures
from .task import AssessmentTask


def figures_of_maps(
    task: AssessmentTask,
    match: ClassMatch,
    blocks: BlockCounts,
    counts: Sequence[ClassValueCounts],
    strata: ClassValueCounts,
    beside: Sequence[Beside],
) -> tuple[tuple[MapFigures, ...], list[int]]:
    """The figures of all maps, of the classes that occur; and which of the common classes these are.

    Args:
        task: the maps.
        match: the number of each class.
        blocks: what was counted with the reference.
        counts: what occurs in each map.
        strata: all of the strata; nothing where the classes of each map are the strata.
        beside: what of the reference lies beside each map.
    """
    occurs = np.zeros(len(match.names), np.int64)
    for tally in blocks.tallies:
        occurs += tally.confusion[:, :-1].sum(axis=0) + tally.confusion.sum(axis=1)
    for index, count in enumerate(counts):
        occurs += _of_classes(match, index, count.pixels) > 0
    kept = np.flatnonzero(occurs).tolist()
    figures = []
    for index, count in enumerate(counts):
        one, tally = task.maps[index], blocks.tallies[index]
        pixel_areas, middle = pixel_areas_m2(one.grid), (one.grid.height // 2, one.grid.width // 2)
        mapped_size = _of_classes(match, index, count.sizes)
        of_strata = strata.pixels if pixel_areas is None else strata.sizes
        stratum_size = mapped_size if task.strata is None else np.array(list(of_strata.values()), np.float64)
        areas = estimate_areas(tally.stratum_sample(), stratum_size)
        if task.strata is None:
            areas = areas.unknown((mapped_size > 0) & (tally.confusion[:, :-1].sum(axis=0) == 0))
        figures.append(
            MapFigures(
                name=one.name,
                path=one.path,
                band=one.band,
                confusion=Confusion(tally.confusion[np.ix_(kept, [*kept, -1])]),
                boundary=tally.boundary.of_classes(kept),
                mapped_px=_of_classes(match, index, count.pixels)[kept].astype(np.int64),
                mapped_size=mapped_size[kept],
                pixel_area_m2=None if pixel_areas is None else pixel_areas.at(*middle),
                areas=areas.of_classes(kept),
                contradictory_px=tally.contradictory_px,
                without_stratum_px=tally.without_stratum_px,
                polygons_beside=beside[index].polygons,
                polygons_partly_beside=beside[index].polygons_partly,
                reference_beside_share=beside[index].extent_share,
            )
        )
    return tuple(figures), kept


def _of_classes(match: ClassMatch, index: int, of_codes: Mapping[int, float]) -> NDArray[np.float64]:
    """Pixels or sizes of each class (classes,) in a map, from those of its class values."""
    of_classes = np.zeros(len(match.names) + 1)
    for code, amount in of_codes.items():
        of_classes[match.maps[index].get(code, 0)] += amount
    return of_classes[1:]
