"""`benchmarks/pictures/hints.png`: a map corrected without training, with five hints, and a hint spreading.

    python -m recurve.benchmarks.hint_pictures NETWORK [--place PLACE]

The window is the one around the largest wrong piece of the map without hints, of all images of the place. Only places
whose licence allows it: `inria-austin` and `naip-fields-1` are in the public domain.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..core.metrics.accuracy import assess
from ..recipes.data import ROOT
from ..recipes.release_universal import CAUTION
from ..recipes.steps import say
from ..recipes.universal_maps import FOLDER, load
from .hint_places import Click, Piece, drawn, largest_pieces
from .left_out import Codes, JudgedImage, places
from .universal_networks import UniversalNetwork, open_network

PICTURE = ROOT / "benchmarks" / "pictures" / "hints.png"
KIND = "forest, classes"
SIDE_PX = 256
HINTS = 5
SHOWN_ITERATIONS = (1, 2, 4, 8, 12)
CLASS_COLOURS = np.array([(0, 0, 0), (0, 0, 0), (235, 70, 60)], np.float32)
"""Of no class, of the first one, which is shown as the image is, and of the second, which is what is mapped."""
CHANGED_COLOUR = np.array((255, 200, 0), np.float32)
Plane = NDArray[np.uint8]
Window = tuple[slice, slice]


def main(arguments: Sequence[str]) -> None:
    """Draw the picture."""
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path)
    parser.add_argument("--place", default="inria-austin", choices=["inria-austin", "naip-fields-1"])
    parser.add_argument("--maps", type=Path, default=FOLDER)
    parser.add_argument("--picture", type=Path, default=PICTURE)
    parser.add_argument("--iterations", type=int, default=8)
    given = parser.parse_args(arguments)
    network = open_network(given.network, given.iterations, CAUTION)
    group = load(given.maps / f"{given.place}.npz").place.group
    place = next(place for place in places([group], [KIND], given.maps) if place.name == given.place)
    image, piece = most_wrong(network, list(place.images))
    draw(network, image, piece, given.picture)


def most_wrong(network: UniversalNetwork, images: Sequence[JudgedImage]) -> tuple[JudgedImage, Piece]:
    """The image with the largest wrong piece of the map without hints, and this piece."""
    found = []
    for image in images:
        codes = network.codes(image.starts[KIND], image.image)
        found += [(image, piece) for piece in largest_pieces(codes, image.truth, 1)]
    return max(found, key=lambda pair: pair[1].size)


def window_around(click: Click, shape: tuple[int, ...], side: int = SIDE_PX) -> Window:
    """A square window with a pixel in its middle, moved into the image (height, width) where it would leave it."""
    first = [
        int(np.clip(place - side // 2, 0, max(length - side, 0)))
        for place, length in zip((click.row, click.col), shape)
    ]
    rows, cols = (slice(start, min(start + side, length)) for start, length in zip(first, shape))
    return rows, cols


def draw(network: UniversalNetwork, image: JudgedImage, piece: Piece, path: Path) -> None:
    """Both rows: the maps, and the hint in the largest piece after some iterations."""
    from matplotlib.figure import Figure

    start = image.starts[KIND]
    window = window_around(piece.centre, image.truth.shape)
    without = network.codes(start, image.image)
    hidden = np.zeros_like(image.truth)
    hidden[window] = image.truth[window]
    clicks = [found.centre for found in largest_pieces(without, hidden, HINTS)]
    hints = drawn(clicks, without.shape)
    maps = {
        "a forest's map": (start.argmax(axis=0) + 1).astype(np.uint8),
        "corrected without training": without,
        f"with {HINTS} hints": network.codes(start, image.image, hints),
        "truth": image.truth,
    }
    panels: list[tuple[str, Plane, Sequence[Click]]] = [
        ("image", np.ascontiguousarray(image.colours[(..., *window)].transpose(1, 2, 0)), [])
    ]
    for name, codes in maps.items():
        told = name if name == "truth" else f"{name}: {_mean_iou(image, codes, window):.0f}"
        panels.append((told, overlaid(image, codes, window), clicks if "hints" in name else []))
    one = drawn([piece.centre], without.shape)
    for iterations in SHOWN_ITERATIONS:
        before = network.codes(start, image.image, None, iterations)
        after = network.codes(start, image.image, one, iterations)
        plane = overlaid(image, after, window, before != after)
        panels.append((f"one hint, t = {iterations}", plane, [piece.centre]))
    figure = Figure(figsize=(10, 4.3), layout="constrained")
    for axes, panel in zip(figure.subplots(2, 5).ravel(), panels):
        _show(axes, panel, window)
    _write(figure, path)


def overlaid(
    image: JudgedImage, codes: Codes, window: Window, changed: NDArray[np.bool_] | None = None
) -> Plane:
    """What is mapped over the grey image, (height, width, 3); and where a hint has changed the map.

    Args:
        image: below.
        codes: class values.
        window: what is shown.
        changed: pixels of the whole image; none if None.
    """
    grey = image.colours[(..., *window)].mean(axis=0)[..., None].repeat(3, axis=-1)
    shown = codes[window][..., None]
    mixed = np.where(shown == 2, 0.45 * grey + 0.55 * CLASS_COLOURS[2], grey)
    if changed is not None:
        mixed = np.where(changed[window][..., None], 0.3 * grey + 0.7 * CHANGED_COLOUR, mixed)
    return mixed.astype(np.uint8)


def _mean_iou(image: JudgedImage, codes: Codes, window: Window) -> float:
    return 100 * assess(image.truth[window], codes[window], image.classes).mean_iou


def _show(axes: Any, panel: tuple[str, Plane, Sequence[Click]], window: Window) -> None:
    title, plane, clicks = panel
    axes.imshow(plane)
    axes.set_title(title, fontsize=8)
    axes.axis("off")
    for click in clicks:
        axes.plot(
            click.col - window[1].start,
            click.row - window[0].start,
            "o",
            markersize=4,
            markerfacecolor="cyan" if click.class_value == 2 else "white",
            markeredgecolor="black",
        )


def _write(figure: Any, path: Path) -> None:
    """As a PNG of 256 colours: photographs are large otherwise."""
    from PIL import Image

    drawn_figure = BytesIO()
    figure.savefig(drawn_figure, format="png", dpi=110)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(drawn_figure).convert("RGB").quantize(256).save(path, optimize=True)
    say(f"{path}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
