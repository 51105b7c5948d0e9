"""What an assessment is about: maps, a reference, and how they are cut into blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..class_maps.class_raster import ClassRaster, is_same_grid
from ..metrics.boundary import margin_px
from ..raster.grid import Grid
from ..raster.tiling import Window, tile_grid
from .reference import PolygonReference, Polygons

BLOCK_SIDE_PX = 2048
"""A block takes some 200 MB while it is assessed."""


@dataclass(frozen=True)
class AssessmentTask:
    """What to assess, and how.

    Attributes:
        maps: the first one's grid is that of comparisons between the maps.
        reference: a raster of known classes, or polygons of them.
        tolerances_px: of the figures along boundaries, each at least 1.
        area: where to assess; None for everywhere.
        strata: whose values are the strata of the area estimates; None for the classes of each map.
        table: name or value of the reference's class for each value of the maps; empty to match by name or class value.
        unlabelled: value of unlabelled pixels of a reference raster, beside its nodata value; None for 0 where it has
            none.
        zero_is_a_class: whether 0 is a class of a reference raster without a nodata value all the same.
        block_side_px: largest side of a block.
    """

    maps: tuple[ClassRaster, ...]
    reference: ClassRaster | PolygonReference
    tolerances_px: tuple[int, ...]
    area: Polygons | None = None
    strata: ClassRaster | None = None
    table: Mapping[int, str] = field(default_factory=dict)
    unlabelled: int | None = None
    zero_is_a_class: bool = False
    block_side_px: int = BLOCK_SIDE_PX

    @property
    def margin_px(self) -> int:
        """How far beyond a block the figures along boundaries look."""
        return margin_px(self.tolerances_px)

    def blocks(self, grid: Grid) -> list[Window]:
        """The blocks of a grid, which cover it once."""
        return [tile.inner for tile in tile_grid(grid.extent, self.block_side_px, 0, 1)]

    def groups(self) -> list[list[int]]:
        """The maps' indices by common grid, in their order."""
        groups: list[list[int]] = []
        for index, one in enumerate(self.maps):
            same = [g for g in groups if is_same_grid(self.maps[g[0]].grid, one.grid)]
            if same:
                same[0].append(index)
            else:
                groups.append([index])
        return groups
