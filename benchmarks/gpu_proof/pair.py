"""A pretrained classifier and its corrector on a device, and a tile through both: the engine's way, and plainly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...core.inference.decision import Decision, Wanted
from ...core.inference.halo import halo_px
from ...core.inference.tile_inference import Networks, TileInference
from ...core.inference.tile_input import TileInput
from ...core.progress import Progress, Quiet
from ...core.raster.tiling import Tile, Window, tile_grid
from ...models.runtime.network import Network
from ...models.runtime.session import run
from ...models.runtime.tensors import Image, Scores, on_cpu
from .scene import Scene

WEIGHTS = Path(__file__).resolve().parents[2] / "models" / "weights"
PAIRS = ("buildings", "urban")
KINDS = ("fp32", "TF32", "fp16")
"""TF32 is single precision that multiplies with 10 bits, which newer cards of NVIDIA do unless they are told not to."""


def kinds_on(device: str) -> tuple[str, ...]:
    """In what a device computes: TF32 can be switched for CUDA alone."""
    return KINDS if device == "CUDA" else ("fp32", "fp16")


def open_network(path: Path, device: str, kind: str, options: Mapping[str, str] | None = None) -> Network:
    """A network on a device in one of `KINDS`.

    Raises:
        DeviceError: the device cannot, or not in this precision.
    """
    settings = {**(options or {}), **({"use_tf32": "1"} if kind == "TF32" else {})}
    return Network.open(path, device, "fp16" if kind == "fp16" else "fp32", provider_options=settings)


@dataclass(frozen=True)
class Pair:
    """A classifier and its corrector.

    Attributes:
        classifier: makes scores of an image.
        corrector: corrects them as often as it was trained to.
        scene: the image.
    """

    classifier: Network
    corrector: Network
    scene: Scene

    @classmethod
    def open(
        cls, name: str, device: str, kind: str, scene: Scene, options: Mapping[str, str] | None = None
    ) -> Pair:
        """One of `PAIRS`; see `open_network`."""
        classifier, corrector = (
            open_network(WEIGHTS / f"{name}_{role}.onnx", device, kind, options)
            for role in ("classifier", "corrector")
        )
        return cls(classifier, corrector, scene)

    @property
    def networks(self) -> Networks:
        """As the engine takes them."""
        return Networks(self.classifier, self.corrector, self.iterations)

    @property
    def iterations(self) -> int:
        """How often the corrector was trained to be applied."""
        return self.corrector.contract.iterations

    @cached_property
    def halo_px(self) -> int:
        """How far the two look together."""
        return halo_px(self.classifier.contract, self.corrector.contract, self.iterations)

    def tiles(self, side_px: int, tile_side_px: int) -> list[Tile]:
        """The tiles of a square of the scene."""
        return tile_grid(Window(0, 0, side_px, side_px), tile_side_px, self.halo_px, self.networks.stride)

    def corrected_window(self, tile: Tile) -> Window:
        """What the corrector sees of a tile: it looks less far than the two together."""
        contract = self.corrector.contract
        assert contract.reach_px is not None
        reach_px = contract.reach_px + self.iterations * contract.reach_per_iteration_px
        return tile.inner.grown(reach_px).aligned_to(contract.stride).clipped_to(tile.outer)

    def given(self, tile: Tile) -> TileInput:
        """What the engine would have read for a tile."""
        valid = np.ones((tile.inner.height, tile.inner.width), bool)
        return TileInput(self.scene.read(tile.outer), valid)

    def inference(self, progress: Progress | None = None) -> Callable[[TileInput, Tile], Decision]:
        """The engine's own way from pixels to class values."""
        return TileInference(self.networks, self.halo_px, Wanted(False, False), progress or Quiet())

    def codes(self, side_px: int, tile_side_px: int, progress: Progress | None = None) -> NDArray[np.uint8]:
        """The map of a square of the scene, made of tiles (side, side)."""
        infer, codes = self.inference(progress), np.zeros((side_px, side_px), np.uint8)
        for tile in self.tiles(side_px, tile_side_px):
            codes[tile.inner.slices()] = infer(self.given(tile), tile).codes
        return codes

    def plain_codes(self, given: TileInput, tile: Tile) -> NDArray[np.uint8]:
        """The same by `session.run` with arrays in ordinary memory, as anybody would write it."""
        image = given.pixels[None].astype(np.float32)
        scores = self.classifier._session.run(None, {"image": image})[0]
        iterations = np.array(self.iterations, np.int64)
        inputs = {"scores": scores, "image": image, "iterations": iterations}
        corrected = self.corrector._session.run(None, inputs)[0]
        inner = tile.inner.relative_to(tile.outer).slices()
        codes: NDArray[np.uint8] = corrected[(0, slice(None), *inner)].argmax(axis=0).astype(np.uint8) + 1
        return codes

    def release_memory(self) -> None:
        """Give back what both keep for their next run."""
        for network in (self.classifier, self.corrector):
            network.release_memory()


def bound_run(network: Network, image: Image, scores: Scores | None, iterations: int) -> Callable[[Any], Any]:
    """A run of one network on values that are on its device already; it takes run options.

    Args:
        network: of a `Pair`.
        image: the pixels.
        scores: of a corrector: what it corrects.
        iterations: of a corrector: how often.
    """
    inputs = {"image": image.value}
    if scores is not None:
        inputs.update(scores=scores.value, iterations=on_cpu(np.array(iterations, np.int64)))
    output = "scores" if scores is None else "corrected_scores"
    name = network.path.name
    return lambda options: run(network._session, network.device, name, inputs, output, options=options)
