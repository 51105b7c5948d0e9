"""Whether an image is like those a network was trained on, as far as that can be told; the map is made all the same."""

from __future__ import annotations

from ...core.inference.mean_confidence import MeanConfidence
from ...core.inference.resampling import LARGEST_RATIO, Resampling
from ...core.progress import Progress
from ...core.raster.band_names import bands_by_name, misplaced_bands
from ...core.raster.image_reader import ImageReader
from ...models.contract import NetworkContract


def band_names(contract: NetworkContract) -> list[str]:
    """What a network calls its bands, in its order."""
    return [band.name for band in contract.bands]


def pixel_sizes(contract: NetworkContract) -> str:
    """The pixel sizes a network was trained for, as people write them."""
    smallest, largest = contract.pixel_size_range_m
    return f"{smallest:g} to {largest:g} m"


def say_ground(contract: NetworkContract, progress: Progress) -> None:
    """Tell what ground a network has learned from: on other ground its map may be nonsense."""
    told = [str(contract.training[key]) for key in ("data", "limits") if contract.training.get(key)]
    if told:
        progress.say(f"The {contract.role} has learned from: {'; '.join(told)}.")


def say_bands(contract: NetworkContract, reader: ImageReader, progress: Progress) -> None:
    """Tell which of the image's bands a network takes for which of its own."""
    by_name = bands_by_name(reader.labels, band_names(contract)) == reader.bands
    pairs = ", ".join(f"{name} = {number}" for name, number in zip(band_names(contract), reader.bands))
    progress.say(f"Bands of the image: {pairs}{' (so named in the image)' if by_name else ''}.")


def say_resampling(resampling: Resampling | None, reader: ImageReader, progress: Progress) -> None:
    """Tell at which pixel size the networks see the image, where it is not the image's own."""
    sides_m = reader.grid.pixel_sides_m
    if resampling is not None and sides_m is not None:
        down, across = (f"{side_m * ratio:.3g}" for side_m, ratio in zip(sides_m, resampling.ratios))
        progress.say(
            f"Resampled: pixels of {sides_m[1]:.3g} x {sides_m[0]:.3g} m become {across} x {down} m for the networks; "
            "the map has the image's pixels."
        )


def image_warnings(
    contract: NetworkContract, reader: ImageReader, resampling: Resampling | None = None, resample: str = ""
) -> list[str]:
    """What can be told before the run: bands, pixel size, values.

    Args:
        contract: the network's.
        reader: the image.
        resampling: what the networks see in its place.
        resample: what the parameter is called that resamples; empty where there is none.
    """
    network = f"the {contract.role} {contract.name}"
    warnings = [
        f"Band {described} of the image is called {name}, and {network} takes band {taken} for it; if that is wrong, "
        f"choose the bands in the {contract.role}'s order."
        for name, described, taken in misplaced_bands(reader.labels, band_names(contract), reader.bands)
    ]
    size_m, (smallest_m, largest_m) = reader.grid.pixel_size_m, contract.pixel_size_range_m
    too_coarse = size_m is not None and size_m > 2 * largest_m
    if size_m is not None and (
        too_coarse if resampling is not None else not smallest_m <= size_m <= largest_m
    ):
        warnings.append(
            f"The image's pixels are {size_m:.3g} m wide, {size_m / contract.pixel_size_m:.3g} times those "
            f"{network} was trained on ({contract.pixel_size_m:.3g} m; it is made for {smallest_m:.3g} to "
            f"{largest_m:.3g} m): expect a poor map, or {_remedy(contract, size_m, too_coarse, resample)}."
        )
    if size_m is None and contract.role == "classifier":
        is_placed = reader.grid.control is not None
        why = (
            "is placed by control points or by the model of its sensor"
            if is_placed
            else "has no georeference"
        )
        warnings.append(
            f"The image {why}, so its pixel size is not known; {network} is made for {smallest_m:.3g} to "
            f"{largest_m:.3g} m."
        )
    highest = max(band.maximum for band in contract.bands)
    if (reader.dtype, highest <= 255) in (("uint8", False), ("uint16", True), ("int16", True)):
        warnings.append(
            f"The image's values are {reader.dtype}, and {network} was trained on values up to {highest:g}: unless "
            "they mean the same, expect a poor map, or rescale the image first."
        )
    return warnings


def confidence_warning(
    contract: NetworkContract, confidence: MeanConfidence, progress: Progress
) -> str | None:
    """Tell how sure the networks were of the map, and what to make of it where that is little.

    A network may be sure and wrong: a high confidence proves nothing, and nothing is said of it.
    """
    if not confidence.pixels:
        return None
    classes = len(contract.classes)
    progress.say(
        f"Mean confidence: {confidence.percent:.0f} % of {confidence.pixels} pixels classified in this run."
    )
    if not confidence.is_low(classes):
        return None
    return (
        f"The mean confidence of the map is {confidence.percent:.0f} %, which is low for {classes} classes (guessing: "
        f"{100 / classes:.0f} %): the {contract.role} {contract.name} may not know images like this one, and the map "
        "may be wrong. Look at it before you use it; train a classifier on images of this kind (Prepare samples, Train "
        "classifier), or choose another network."
    )


def _remedy(contract: NetworkContract, size_m: float, too_coarse: bool, resample: str) -> str:
    """What can be done about pixels of another size: resampling makes no detail, and has an end."""
    if too_coarse:
        return "use an image with smaller pixels (resampling would add no detail)"
    if not resample or size_m * LARGEST_RATIO < contract.pixel_size_m:
        return f"resample it to {contract.pixel_size_m:.3g} m first"
    return f"let {resample} bring the image to the network's pixel size"
