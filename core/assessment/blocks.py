"""The blocks of an assessment: labels and maps are read, counted and compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from ..class_maps.class_matching import ClassMatch
from ..class_maps.class_raster import ClassValueReader, Numbering
from ..class_maps.class_value_counts import sizes_in
from ..metrics.boundary import Codes
from ..output.writers import MapWriter
from ..raster.grid import Grid
from ..raster.ground_area import PixelAreas, pixel_areas_m2
from ..raster.polygon_mask import PolygonMask
from ..raster.rasterize import CONTRADICTORY
from ..raster.tiling import Window
from .difference import DIFFERENCE_CLASSES, Overview, difference
from .reference import ReadNumbers, Reference
from .tally import Tally
from .task import AssessmentTask


@dataclass(frozen=True)
class _Group:
    """What is read on one grid: labels, where to look, maps by index with the numbers of their classes, strata."""

    grid: Grid
    pixel_areas: PixelAreas | None
    area: PolygonMask | None
    labels: ReadNumbers
    maps: Mapping[int, tuple[ClassValueReader, Numbering]]
    strata: ClassValueReader | None


class BlockCounts:
    """The counts of all maps, raised while they are read.

    Attributes:
        tallies: of each map, on its own grid.
        changes: (maps, 5) pixels of each value of the difference between the first map and each.
        unmapped: (maps,) labelled pixels that have no class in the first map or in this one.
        overview: a picture of the difference to the last map.
    """

    def __init__(
        self, task: AssessmentTask, reference: Reference, match: ClassMatch, strata: Sequence[int]
    ) -> None:
        """Begin with nothing.

        Args:
            task: the maps and their blocks.
            reference: labels.
            match: the number of each class.
            strata: values of the raster of strata, none where there is no such raster.
        """
        self._task, self._reference, self._match = task, reference, match
        self._strata = Numbering({code: number for number, code in enumerate(strata, start=1)})
        self.tallies = [Tally(len(match.names), task.tolerances_px, len(strata)) for _ in task.maps]
        self.changes = np.zeros((len(task.maps), len(DIFFERENCE_CLASSES) + 1), np.int64)
        self.unmapped = np.zeros(len(task.maps), np.int64)
        self.overview = Overview(task.maps[0].grid)

    def add_group(self, members: Sequence[int], writer: MapWriter | None, step: Callable[[], None]) -> None:
        """Read the maps of one grid; on the first map's, compare all maps with the first.

        Args:
            members: indices of the maps.
            writer: for the difference, begun; it is used with the first map's grid only.
            step: called after each block.

        Raises:
            RasterError: a raster or polygon cannot be read, or the difference cannot be written.
        """
        is_first = 0 in members
        with ExitStack() as files:
            group = self._open(members, files)
            for block in self._task.blocks(group.grid):
                changed = self._add_block(block, group, members)
                if is_first:
                    self.overview.add(changed, block)
                    if writer is not None and changed.any():
                        writer.write(changed, block)
                    elif writer is not None:
                        writer.write_nothing(block)
                step()

    def _open(self, members: Sequence[int], files: ExitStack) -> _Group:
        task, match = self._task, self._match
        grid = task.maps[members[0]].grid
        maps = {}
        for index in range(len(task.maps)) if 0 in members else members:
            reader = files.enter_context(ClassValueReader(task.maps[index], grid))
            maps[index] = reader, Numbering(match.maps[index])
        strata = None if task.strata is None else files.enter_context(ClassValueReader(task.strata, grid))
        labels = self._reference.open_on(grid, match.reference, files)
        area = task.area.mask(grid) if task.area else None
        return _Group(grid, pixel_areas_m2(grid), area, labels, maps, strata)

    def _add_block(self, block: Window, group: _Group, members: Sequence[int]) -> Codes:
        """Count a block; gives the difference between the first map and the last on the first one's grid."""
        outer = block.grown(self._task.margin_px)
        seen = outer.clipped_to(group.grid.extent)
        inner = block.relative_to(seen).slices()
        reference = group.labels(seen)
        if group.area is not None:
            reference = np.where(group.area.burn(seen, group.grid), reference, np.uint8(0))
        contradicts = reference == CONTRADICTORY
        reference = np.where(contradicts, np.uint8(0), reference)
        for index in members:
            self.tallies[index].contradictory_px += int(np.count_nonzero(contradicts[inner]))
        nothing = np.zeros((block.height, block.width), np.uint8)
        if not reference[inner].any():
            return nothing
        codes = {index: numbering(*reader.read(seen)) for index, (reader, numbering) in group.maps.items()}
        strata = None if group.strata is None else self._strata(*group.strata.read(block))
        padded = _padded(reference, seen, outer)
        sizes = sizes_in(block, group.pixel_areas)
        for index in members:
            self.tallies[index].add(padded, _padded(codes[index], seen, outer), strata, sizes)
        if 0 not in members:
            return nothing
        return self._compare(reference[inner], [plane[inner] for plane in codes.values()])

    def _compare(self, reference: Codes, maps: Sequence[Codes]) -> Codes:
        """Count what became of each pixel from the first map to each; gives it for the last."""
        for index, later in enumerate(maps):
            changed = difference(reference, maps[0], later)
            self.changes[index] += np.bincount(changed.ravel(), minlength=self.changes.shape[1])
            is_unmapped = (reference > 0) & ((maps[0] == 0) | (later == 0))
            self.unmapped[index] += np.count_nonzero(is_unmapped)
        return changed


def _padded(values: Codes, window: Window, outer: Window) -> Codes:
    """The values of a window as those of a larger one, 0 around."""
    at = window.relative_to(outer)
    return np.pad(values, ((at.row, outer.height - at.row_stop), (at.col, outer.width - at.col_stop)))
