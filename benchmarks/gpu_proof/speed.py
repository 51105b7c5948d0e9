"""How fast the networks are at several tile sides, what is copied, and how much of the time the device computes."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ...core.errors import DeviceMemoryError, RecurveError
from ...core.raster.tiling import BYTES_PER_PX, Tile
from ...models.runtime.session import upload
from .copies import Copies, counted
from .meter import Meter
from .pair import PAIRS, Pair, bound_run, kinds_on
from .report import Report
from .scene import Scene


@dataclass(frozen=True)
class Speed:
    """A pair at a tile side; times in s for the tile, bytes for each pixel that it answers for.

    Attributes:
        classifier_s: the classifier alone.
        iteration_s: one iteration of the corrector.
        corrector_s: the corrector at its default.
        pair_s: the engine's path, from pixels in ordinary memory to class values in ordinary memory.
        plain_s: the same by `session.run`.
        device_s: what the two networks take on the device when nothing keeps them waiting.
        upload_s: sending the pixels.
        up_bytes: sent to the device.
        down_bytes: taken from it.
        peak_bytes: the most memory since before the pair was opened; None where that cannot be told.
        reckoned_bytes: what the automatic tile side reckons with.
    """

    classifier_s: float
    iteration_s: float
    corrector_s: float
    pair_s: float
    plain_s: float
    device_s: float
    upload_s: float
    up_bytes: float
    down_bytes: float
    peak_bytes: int | None
    reckoned_bytes: int


def measure(device: str, meter: Meter, sides_px: tuple[int, ...], scene: Scene, report: Report) -> None:
    """Both pretrained pairs in each precision at each tile side, ascending: memory that is taken stays taken."""
    for name in PAIRS:
        for kind in kinds_on(device):
            report.begin(f"speed of the {name} pair, {kind}, Mpx/s")
            meter.begin()
            _sides(name, device, kind, meter, sides_px, scene, report)


def speed_of(pair: Pair, meter: Meter, tile: Tile) -> Speed:
    """Measure a pair on a tile.

    Args:
        pair: opened with the meter's options after its `begin`.
        meter: of the pair's device.
        tile: as the engine would cut it.
    """
    given, infer, device = pair.given(tile), pair.inference(), pair.classifier.device
    pair.release_memory()
    infer(given, tile)
    peak = meter.peak_bytes()  # of the engine's path: what follows keeps more at once
    image = pair.classifier.upload(given.pixels)
    scores = pair.classifier.classify(image)
    corrected = pair.corrected_window(tile).relative_to(tile.outer).slices()
    near, near_scores = image.crop(*corrected), scores.crop(*corrected)
    classify = bound_run(pair.classifier, image, None, 0)
    correct = bound_run(pair.corrector, near, near_scores, pair.iterations)
    guide = bound_run(pair.corrector, near, near_scores, 0)
    walls = [meter.wall_seconds(lambda run=run: run(None)) for run in (classify, correct, guide)]
    on_device = [meter.device_seconds(run, wall_s) for run, wall_s in zip((classify, correct), walls)]
    pair_s = meter.wall_seconds(lambda: infer(given, tile))
    with counted() as copies:
        infer(given, tile)
    return Speed(
        classifier_s=walls[0],
        iteration_s=(walls[1] - walls[2]) / pair.iterations,
        corrector_s=walls[1],
        pair_s=pair_s,
        plain_s=meter.wall_seconds(lambda: pair.plain_codes(given, tile)),
        device_s=sum(on_device),
        upload_s=meter.wall_seconds(lambda: upload(given.pixels[None], device)),
        up_bytes=_per_px(copies, tile)[0],
        down_bytes=_per_px(copies, tile)[1],
        peak_bytes=peak,
        reckoned_bytes=_reckoned_bytes(tile),
    )


def _sides(
    name: str,
    device: str,
    kind: str,
    meter: Meter,
    sides_px: tuple[int, ...],
    scene: Scene,
    report: Report,
) -> None:
    """One pair in one precision, which is gone with its memory when this returns."""
    try:
        pair = Pair.open(name, device, kind, scene, meter.options)
        for side_px in sides_px:
            (tile,) = pair.tiles(side_px, side_px)
            if meter.has_room(_reckoned_bytes(tile)):
                _side(pair, meter, tile, side_px, kind, report)
            else:
                report.add(f"{side_px} px", "not measured: the memory is too small for it")
        pair.release_memory()
    except DeviceMemoryError as error:
        report.add("larger tiles", f"not measured: {error}")
    except RecurveError as error:
        report.add(kind, f"not measured: {error}")


def _side(pair: Pair, meter: Meter, tile: Tile, side_px: int, kind: str, report: Report) -> None:
    speed, mpx = speed_of(pair, meter, tile), side_px**2 / 1e6
    memory = "not known" if speed.peak_bytes is None else f"{speed.peak_bytes / 1e6:.0f} MB"
    report.add(
        f"{side_px} px",
        f"classifier {mpx / speed.classifier_s:.2f}, an iteration {_rate(mpx, speed.iteration_s)}, corrector "
        f"({pair.iterations}) {mpx / speed.corrector_s:.2f}, **pair {mpx / speed.pair_s:.2f}**, by plain session.run "
        f"{mpx / speed.plain_s:.2f}; the device computes {100 * speed.device_s / speed.pair_s:.0f} % of the pair's "
        f"time, sending is {100 * speed.upload_s / speed.pair_s:.1f} %; {speed.up_bytes:.2f} bytes/px up, "
        f"{speed.down_bytes:.2f} down; memory {memory}, reckoned {speed.reckoned_bytes / 1e6:.0f} MB",
        classifier=pair.classifier.path.stem,
        kind=kind,
        side_px=side_px,
        iterations=pair.iterations,
        mpx=mpx,
        **asdict(speed),
    )


def _reckoned_bytes(tile: Tile) -> int:
    return BYTES_PER_PX * tile.outer.height * tile.outer.width


def _rate(mpx: float, seconds: float) -> str:
    """Speed as text; a difference of two times may come out as nothing."""
    return f"{mpx / seconds:.2f}" if seconds > 0 else "not measurable"


def _per_px(copies: Copies, tile: Tile) -> tuple[float, float]:
    pixels = tile.inner.height * tile.inner.width
    return copies.up / pixels, copies.down / pixels
