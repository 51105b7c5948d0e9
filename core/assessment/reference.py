"""What is taken as the truth: polygons or a class raster, on the grid of any map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Union

import numpy as np
from numpy.typing import NDArray

from ..class_maps.class_matching import Label
from ..class_maps.class_raster import ClassRaster, ClassValueReader, Numbering
from ..raster.grid import Grid
from ..raster.polygon_mask import PolygonMask
from ..raster.rasterize import CONTRADICTORY
from ..raster.tiling import Window

ReadNumbers = Callable[[Window], NDArray[np.uint8]]


@dataclass(frozen=True)
class Polygons:
    """Polygons of a layer.

    Attributes:
        name: of the layer.
        shapes_on: gives them as WKB in the coordinates of a grid, as far as they are not beside it.
        count: how many they are.
    """

    name: str
    shapes_on: Callable[[Grid], Sequence[bytes]]
    count: int

    def mask(self, grid: Grid) -> PolygonMask:
        """The polygons as pixels of a grid.

        Raises:
            RasterError: a polygon cannot be read or reprojected.
            LabelError: nothing tells where they lie on it.
        """
        return PolygonMask(self.shapes_on(grid))


@dataclass(frozen=True)
class PolygonReference:
    """Polygons of known classes.

    Attributes:
        name: of the layer.
        polygons: those of each class.
        background: the class of what no polygon covers; None where that is not known.
        unknown: polygons whose class is not known, which are no background; None without any.
        remarks: sentences about polygons that were left out, and classes that were taken for one.
        contradicting: classes whose polygons were found to lie on those of another.
    """

    name: str
    polygons: Mapping[Label, Polygons]
    background: Label | None = None
    unknown: Polygons | None = None
    remarks: tuple[str, ...] = ()
    contradicting: set[Label] = field(default_factory=set, compare=False)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The classes that occur."""
        background = () if self.background is None else (self.background,)
        return (*background, *(label for label in self.polygons if label not in background))

    @property
    def count(self) -> int:
        """How many polygons have a class."""
        return sum(one.count for one in self.polygons.values())

    def beside(self, grid: Grid) -> tuple[int, int]:
        """How many of them lie wholly beside a grid, and how many partly.

        Raises:
            RasterError: a polygon cannot be read or reprojected.
        """
        masks = [one.mask(grid) for one in self.polygons.values()]
        wholly = self.count - sum(mask.reaching(grid) for mask in masks)
        return wholly, sum(mask.reaching_beyond(grid) for mask in masks)

    def open_on(self, grid: Grid, numbers: Mapping[Label, int], _files: ExitStack) -> ReadNumbers:
        """What gives the class number of each pixel of a window by its centre, 0 where it is not known.

        Raises:
            RasterError: a polygon cannot be read, reprojected or burned.
        """
        masks = [
            (label, number, self.polygons[label].mask(grid))
            for label, number in numbers.items()
            if label in self.polygons
        ]
        unknown = None if self.unknown is None else self.unknown.mask(grid)
        background = 0 if self.background is None else numbers.get(self.background, 0)

        def read(window: Window) -> NDArray[np.uint8]:
            burned = np.zeros((window.height, window.width), dtype=np.uint8)
            for label, number, mask in masks:
                inside = mask.burn(window, grid)
                other = inside & (burned > 0) & (burned != number)
                covered = set(np.unique(burned[other]).tolist())
                if covered:
                    self.contradicting.update([label, *(one for one, own, _ in masks if own in covered)])
                burned[inside] = number
                burned[other] = CONTRADICTORY
            if background:
                empty = burned == 0
                if unknown is not None:
                    empty &= ~unknown.burn(window, grid)
                burned[empty] = background
            return burned

        return read


@dataclass(frozen=True)
class RasterReference:
    """A raster of known classes.

    Attributes:
        raster: the reference.
        labels: the classes that occur; the value for unlabelled pixels is not among them.
    """

    raster: ClassRaster
    labels: tuple[Label, ...]

    @property
    def name(self) -> str:
        """Of the raster."""
        return self.raster.name

    def open_on(self, grid: Grid, numbers: Mapping[Label, int], files: ExitStack) -> ReadNumbers:
        """What gives the class number at the centre of each pixel of a window, 0 where it is unlabelled.

        Args:
            grid: whose windows are read.
            numbers: of the labels.
            files: closes the raster in the end.

        Raises:
            RasterError: the raster cannot be opened, or brought onto the grid.
        """
        reader = files.enter_context(ClassValueReader(self.raster, grid))
        numbering = Numbering({label.code: n for label, n in numbers.items() if label.code is not None})
        return lambda window: numbering(*reader.read(window))


Reference = Union[PolygonReference, RasterReference]
