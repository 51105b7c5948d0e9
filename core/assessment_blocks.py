"""The blocks of an assessment: labels and maps are read, counted and compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

import numpy as np

from .assessment_task import AssessmentTask
from .boundary import Codes
from .class_matching import ClassMatch
from .class_raster import CodeReader, Numbering
from .map_comparison import DIFFERENCE_CLASSES, Overview, difference
from .map_figures import Tally
from .map_writer import MapWriter
from .reference import CONTRADICTORY, Reference
from .tiles import Window


class BlockCounts:
    """The counts of all maps, raised while they are read.

    Attributes:
        tallies: of each map, on its own grid.
        labelled_px: per map, how many of its pixels have a label.
        contradictory_px: pixels of the first map's grid in polygons of two classes.
        changes: (maps, 5) pixels of each code of the difference between the first map and each.
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
            strata: codes of the raster of strata, none where there is no such raster.
        """
        self._task, self._reference, self._match = task, reference, match
        self._strata = Numbering({code: number for number, code in enumerate(strata, start=1)})
        self.tallies = [Tally(len(match.names), task.tolerances_px, len(strata)) for _ in task.maps]
        self.labelled_px = [0] * len(task.maps)
        self.contradictory_px = 0
        self.changes = np.zeros((len(task.maps), len(DIFFERENCE_CLASSES) + 1), np.int64)
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
        grid = self._task.maps[members[0]].grid
        is_first = 0 in members
        with ExitStack() as files:
            area = self._task.area.mask(grid) if self._task.area else None
            opened = range(len(self._task.maps)) if is_first else members
            maps = {
                index: (
                    files.enter_context(CodeReader(self._task.maps[index], grid, area)),
                    Numbering(self._match.maps[index]),
                )
                for index in opened
            }
            strata = None
            if self._task.strata is not None:
                strata = files.enter_context(CodeReader(self._task.strata, grid))
            labels = self._reference.open_on(grid, self._match.reference, files)
            for block in self._task.blocks(grid):
                outer = block.grown(self._task.halo_px)
                seen = outer.clipped_to(grid.extent)
                inner = block.relative_to(seen).slices()
                reference = labels(seen)
                contradicts = reference == CONTRADICTORY
                reference = np.where(contradicts, np.uint8(0), reference)
                labelled_px = int(np.count_nonzero(reference[inner]))
                changed = np.zeros((block.height, block.width), np.uint8)
                if labelled_px:
                    codes = {
                        index: numbering(*reader.read(seen)) for index, (reader, numbering) in maps.items()
                    }
                    stratum = None if strata is None else self._strata(*strata.read(block))
                    padded = _padded(reference, seen, outer)
                    for index in members:
                        self.labelled_px[index] += labelled_px
                        self.tallies[index].add(padded, _padded(codes[index], seen, outer), stratum)
                    if is_first:
                        changed = self._compare(reference[inner], [codes[index][inner] for index in opened])
                if is_first:
                    self.contradictory_px += int(np.count_nonzero(contradicts[inner]))
                    self.overview.add(changed, block)
                    if writer is not None and labelled_px:
                        writer.write(changed, block)
                    elif writer is not None:
                        writer.write_nothing(block)
                step()

    def _compare(self, reference: Codes, maps: Sequence[Codes]) -> Codes:
        """Count what became of each pixel from the first map to each; the difference of the last."""
        for index, later in enumerate(maps):
            changed = difference(reference, maps[0], later)
            self.changes[index] += np.bincount(changed.ravel(), minlength=self.changes.shape[1])
        return changed


def _padded(values: Codes, window: Window, outer: Window) -> Codes:
    """The values of a window as those of a larger one, 0 around."""
    at = window.relative_to(outer)
    return np.pad(values, ((at.row, outer.height - at.row_stop), (at.col, outer.width - at.col_stop)))
