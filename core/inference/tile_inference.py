"""One tile through the networks; in parts, once the device's memory proves too small for whole tiles."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...models.contract import NetworkContract
from ..errors import DeviceMemoryError
from ..progress import Progress
from ..raster.tiling import Tile, Window, tile_grid
from ..translation import tr
from .correction import Correction
from .decision import Decision, Wanted, joined
from .halo import halo_px
from .tile_input import TileInput

if TYPE_CHECKING:
    from ...models.runtime.network import Network
    from ...models.runtime.tensors import Scores
    from .hint_tiles import HintTiles
    from .resampling import Resampling

SMALLEST_PART_PX = 64
"""A device that has no room for a part of this side has no room for the network."""


@dataclass(frozen=True)
class Networks:
    """What makes scores: a classifier from the image, or a map; and a corrector from those.

    Attributes:
        classifier: None where a map gives the start scores.
        corrector: None for the classifier's scores as they are; always there where a map is corrected.
        iterations: how often the corrector is applied.
    """

    classifier: Network | None
    corrector: Network | None
    iterations: int

    def __post_init__(self) -> None:
        """Leave out a corrector that is never applied to a classifier's scores."""
        if self.classifier is not None and self.iterations == 0:
            object.__setattr__(self, "corrector", None)

    @property
    def is_blended(self) -> bool:
        """Whether the scores of neighbouring tiles are blended, because the classifier's reach is unknown."""
        return self.classifier is not None and self.classifier.contract.reach_px is None

    @property
    def makes_bands(self) -> bool:
        """Whether the corrector sees three bands that are made of the image's."""
        return self.corrector is not None and self.corrector.contract.any_map

    @property
    def takes_hints(self) -> bool:
        """Whether hints count."""
        return self.corrector is not None and self.corrector.contract.takes_hints and self.iterations > 0

    @property
    def first(self) -> Network:
        """The network that sees the image first, whose contract and device count."""
        first = self.classifier or self.corrector
        assert first is not None
        return first

    @property
    def stride(self) -> int:
        """What the origin and the size of a tile must be multiples of, px."""
        return math.lcm(*(contract.stride for contract in self.contracts if contract is not None))

    @property
    def contracts(self) -> tuple[NetworkContract | None, NetworkContract | None]:
        """The contracts of classifier and corrector."""
        return (
            self.classifier.contract if self.classifier is not None else None,
            self.corrector.contract if self.corrector is not None else None,
        )


class TileInference:
    """The networks on tiles, with everything between pixels and class values on their device.

    A tile that is too large for the device's memory is cut into parts with halos of their own, which by the rule of
    `core/raster/tiling.py` changes nothing but the time; later tiles are cut alike.

    Args:
        networks: make the scores.
        halo_px: halo of the tiles; None for tiles that must not be cut, because the classifier's reach is unknown.
        wanted: what is wanted besides the class values.
        progress: told when tiles have to be cut.
        resampling: how the networks' pixels lie to the image's; None where they are the same.
        within: told the part of a tile that is done, 0 to 1.
        hints: among the tiles; None without.
    """

    def __init__(
        self,
        networks: Networks,
        halo_px: int | None,
        wanted: Wanted,
        progress: Progress,
        resampling: Resampling | None = None,
        within: Callable[[float], None] = lambda _: None,
        hints: HintTiles | None = None,
    ) -> None:
        self._networks, self._halo_px, self._wanted = networks, halo_px, wanted
        self._progress, self._within = progress, within
        self._resampling = resampling
        self._hints = hints
        self._part_px: int | None = None
        self._done, self._share = 0.0, 1.0  # of the tile: before the part that is worked on, and with it

    @property
    def first(self) -> Network:
        """The network that sees the image first."""
        return self._networks.first

    def __call__(self, given: TileInput, tile: Tile) -> Decision:
        """Decide for a tile.

        Args:
            given: its pixels, at least one of them valid; what is decided for the others means nothing.
            tile: where it lies.

        Raises:
            DeviceMemoryError: not even the smallest part fits into the device's memory.
            DeviceError: the device failed otherwise.
        """
        needed = self._needed(tile, given.valid)
        while True:
            try:
                return joined(tile.inner, self._infer_parts(given, self._parts(needed, tile), tile))
            except DeviceMemoryError:
                side_px = self._part_px or max(needed.height, needed.width)
                if side_px <= SMALLEST_PART_PX or self._halo_px is None:
                    raise
                self._part_px = max(SMALLEST_PART_PX, -(-side_px // 2))
                self._progress.say(
                    tr(
                        "The memory of {device} is too small for {side} px at a time: going on with {smaller} px. The "
                        "map stays the same; a smaller tile side saves these attempts.",
                        device=self._networks.first.device,
                        side=side_px,
                        smaller=self._part_px,
                    )
                )

    def _needed(self, tile: Tile, valid: NDArray[np.bool_]) -> Window:
        # An accelerator prefers one shape to fewer pixels.
        if self._halo_px is None or self._networks.first.device != "CPU":
            return tile.inner
        return _box(valid, tile.inner)

    def _parts(self, needed: Window, tile: Tile) -> list[Tile]:
        """The tile itself, or tiles inside of it that cover what is needed."""
        if self._halo_px is None or (self._part_px is None and needed == tile.inner):
            return [tile]
        side_px = self._part_px or max(needed.height, needed.width)
        stride = self._networks.stride if self._resampling is None else self._resampling.period_px
        parts = tile_grid(needed, side_px, self._halo_px, stride)
        if self._hints is not None:
            parts = [self._hints.widened(part, self._halo_px, stride) for part in parts]
        # the last part of a row may ask for more than its halo, and more than was read
        return [Tile(part.inner, part.outer.clipped_to(tile.outer)) for part in parts]

    def _infer_parts(self, given: TileInput, parts: list[Tile], tile: Tile) -> list[tuple[Tile, Decision]]:
        decided = []
        for number, part in enumerate(parts):
            self._done, self._share = number / len(parts), 1 / len(parts)
            decided.append((part, self._infer(given, part, tile)))
        return decided

    def _tell(self, fraction: float) -> None:
        """Tell how much of a part is done, as what is done of its tile."""
        self._within(self._done + self._share * fraction)

    def _infer(self, given: TileInput, part: Tile, tile: Tile) -> Decision:
        given = given.part(part.outer.relative_to(tile.outer))
        if self._hints is not None and not self._hints.is_near(part.inner):
            given = replace(given, hints=None)
        iterates = []
        for scores in self._stages(given, part):
            last = scores
            iterates.append(scores.codes())
        return Decision(
            iterates[-1],
            last.confidence() if self._wanted.confidence else None,
            # a copy: scores that were uploaded on a CPU end with the array they came from
            np.array(last.numpy()) if self._wanted.scores else None,
            np.stack(iterates) if self._wanted.iterates else None,
        )

    def _stages(self, given: TileInput, part: Tile) -> Iterator[Scores]:
        """The scores of a part's inner window, corrected; before that, if wanted, those of each iteration from 0."""
        networks, seen = self._networks, part.outer
        image = networks.first.upload(self._as_seen(given.pixels))
        if networks.classifier is not None:
            scores = networks.classifier.classify(image)
            self._tell(0.5)
        else:
            assert given.start is not None
            scores = networks.first.upload_scores(given.start)
        corrector, hints = networks.corrector, given.hints
        if corrector is not None and networks.iterations > 0:
            if given.made is not None:
                image = corrector.upload(self._as_seen(given.made))
            if self._resampling is None:
                # the corrector looks less far than the two together: it need not see the whole halo
                reach_px = halo_px(None, corrector.contract, networks.iterations)
                seen = part.inner.grown(reach_px)
                if hints is not None and self._hints is not None:
                    seen = self._hints.around(part.inner, reach_px)
                seen = seen.aligned_to(corrector.contract.stride).clipped_to(part.outer)
                at = seen.relative_to(part.outer).slices()
                scores, image = scores.crop(*at), image.crop(*at)
                hints = hints[(slice(None), *at)] if hints is not None else None
            keeps_map = self._hints is not None and self._hints.only_around
            correction = Correction(corrector, scores, image, hints, keeps_map)
            for number, corrected in correction(networks.iterations, self._wanted.iterates):
                self._tell(0.5 + 0.5 * number / networks.iterations)
                yield self._inner(corrected, seen, part)
            return
        yield self._inner(scores, seen, part)

    def _as_seen(self, pixels: NDArray[Any]) -> NDArray[Any]:
        """Pixels of the size that the networks were trained for."""
        return pixels if self._resampling is None else self._resampling.to_network(pixels)

    def _inner(self, scores: Scores, seen: Window, part: Tile) -> Scores:
        """The scores of a part's inner window on the image's own pixels, from those of the window that was seen."""
        window = part.inner.relative_to(seen)
        if self._resampling is None:
            return scores.crop(*window.slices())
        return self._networks.first.upload_scores(self._resampling.to_image(scores.numpy(), window))


def _box(valid: NDArray[np.bool_], window: Window) -> Window:
    """The smallest window that holds every valid pixel of a window, at least one."""
    rows, cols = np.flatnonzero(valid.any(axis=1)), np.flatnonzero(valid.any(axis=0))
    return Window(
        window.row + int(rows[0]),
        window.col + int(cols[0]),
        int(rows[-1] - rows[0]) + 1,
        int(cols[-1] - cols[0]) + 1,
    )
