"""Whether an image is like those a network was trained on, as far as that can be told; the map is made all the same."""

from __future__ import annotations

from ...core.inference.mean_confidence import MeanConfidence
from ...core.inference.resampling import LARGEST_RATIO, Resampling
from ...core.progress import Progress
from ...core.raster.band_names import bands_by_name, called_alpha_sentence, misplaced_bands
from ...core.raster.image_reader import ImageReader
from ...core.raster.tiling import Window
from ...models.contract import NetworkContract
from .translation import tr, word


def band_names(contract: NetworkContract) -> list[str]:
    """What a network calls its bands, in its order."""
    return [band.name for band in contract.bands]


def pixel_sizes(contract: NetworkContract) -> str:
    """The pixel sizes a network was trained for, as people write them."""
    smallest, largest = contract.pixel_size_range_m
    return f"{smallest:g} to {largest:g} m"


def say_training_data(contract: NetworkContract, progress: Progress) -> None:
    """Tell what a network has learned from: elsewhere its map may be nonsense."""
    told = [str(contract.training[key]) for key in ("data", "limits") if contract.training.get(key)]
    if told:
        progress.say(
            tr("The {role} has learned from: {data}.", role=word(contract.role), data="; ".join(told))
        )


def say_bands(contract: NetworkContract, reader: ImageReader, progress: Progress) -> None:
    """Tell which of the image's bands a network takes for which of its own, or that it takes any."""
    if contract.any_map:
        progress.say(
            tr(
                "Bands of the image: {bands}, each standardised over the whole image{mixed}.",
                bands=", ".join(map(str, reader.bands)),
                mixed=_mixed(len(reader.bands)),
            )
        )
        return
    by_name = bands_by_name(reader.labels, band_names(contract)) == reader.bands
    pairs = ", ".join(f"{name} = {number}" for name, number in zip(band_names(contract), reader.bands))
    if by_name:
        pairs = tr("{pairs} (so named in the image)", pairs=pairs)
    progress.say(tr("Bands of the image: {pairs}.", pairs=pairs))


def _mixed(bands: int) -> str:
    """How three bands are made of so many, as the end of a sentence."""
    if bands > 3:
        return tr("; their first three principal components are taken")
    return "" if bands == 3 else tr("; the corrector sees three, made of them")


def say_extent(window: Window, reader: ImageReader, progress: Progress) -> None:
    """Tell how much of the image is mapped, where that is not all."""
    grid = reader.grid
    if window != grid.extent:
        progress.say(
            tr(
                "Extent: {width} x {height} of the image's {all_width} x {all_height} pixels.",
                width=window.width,
                height=window.height,
                all_width=grid.width,
                all_height=grid.height,
            )
        )


def say_resampling(resampling: Resampling | None, reader: ImageReader, progress: Progress) -> None:
    """Tell at which pixel size the networks see the image, where it is not the image's own."""
    sides_m = reader.grid.pixel_sides_m
    if resampling is not None and sides_m is not None:
        down, across = (f"{side_m * ratio:.3g}" for side_m, ratio in zip(sides_m, resampling.ratios))
        progress.say(
            tr(
                "Resampled: pixels of {width:.3g} x {height:.3g} m become {across} x {down} m for the networks; the "
                "map has the image's pixels.",
                width=sides_m[1],
                height=sides_m[0],
                across=across,
                down=down,
            )
        )


def image_warnings(
    contract: NetworkContract, reader: ImageReader, resampling: Resampling | None = None, resample: str = ""
) -> list[str]:
    """Warnings about bands and pixel size, before the run begins.

    Args:
        contract: the network's.
        reader: the image.
        resampling: what the networks see in its place.
        resample: what the parameter is called that resamples; empty where there is none.
    """
    network = {"role": word(contract.role), "name": contract.name}
    warnings = [
        tr(
            "Band {described} of the image is called {band}, and the {role} {name} takes band {taken} for it; if that "
            "is wrong, choose the bands in the order of the {role}.",
            described=described,
            band=band,
            taken=taken,
            **network,
        )
        for band, described, taken in misplaced_bands(
            reader.labels, [] if contract.any_map else band_names(contract), reader.bands
        )
    ]
    if reader.called_alpha:
        warnings.append(called_alpha_sentence(reader.called_alpha))
    size_m, (smallest_m, largest_m) = reader.grid.pixel_size_m, contract.pixel_size_range_m
    too_coarse = size_m is not None and size_m > 2 * largest_m
    if size_m is not None and (
        too_coarse if resampling is not None else not smallest_m <= size_m <= largest_m
    ):
        warnings.append(
            tr(
                "The image's pixels are {size:.3g} m wide, {ratio:.3g} times those the {role} {name} was trained on "
                "({needed:.3g} m; it is made for {smallest:.3g} to {largest:.3g} m): expect a poor map, or {remedy}.",
                size=size_m,
                ratio=size_m / contract.pixel_size_m,
                needed=contract.pixel_size_m,
                smallest=smallest_m,
                largest=largest_m,
                remedy=_remedy(contract, size_m, too_coarse, resample),
                **network,
            )
        )
    if size_m is None and contract.role == "classifier":
        warnings.append(
            tr(
                "The image is placed by control points or by the model of its sensor, so its pixel size is not known; "
                "the {role} {name} is made for {smallest:.3g} to {largest:.3g} m.",
                smallest=smallest_m,
                largest=largest_m,
                **network,
            )
            if reader.grid.control is not None
            else tr(
                "The image has no georeference, so its pixel size is not known; the {role} {name} is made for "
                "{smallest:.3g} to {largest:.3g} m.",
                smallest=smallest_m,
                largest=largest_m,
                **network,
            )
        )
    return warnings


def confidence_warning(
    contract: NetworkContract, confidence: MeanConfidence, progress: Progress
) -> str | None:
    """Tell how sure the networks were of the map, and what to make of it where that is little.

    A network may be sure and wrong: a high confidence proves nothing and is not remarked on.
    """
    if not confidence.pixels:
        return None
    classes = len(contract.classes)
    progress.say(
        tr(
            "Mean confidence: {percent:.0f} % of {pixels} pixels classified in this run.",
            percent=confidence.percent,
            pixels=confidence.pixels,
        )
    )
    if not confidence.is_low(classes):
        return None
    return tr(
        "The mean confidence of the map is {percent:.0f} %, which is low for {classes} classes (guessing: "
        "{guessing:.0f} %): the {role} {name} may not know images like this one, or has learned too little, and the "
        "map may be wrong. Look at it before you use it; train a classifier on images of this kind (Prepare samples, "
        "Train classifier) or, if it is one, with more labels or epochs; or choose another network.",
        percent=confidence.percent,
        classes=classes,
        guessing=100 / classes,
        role=word(contract.role),
        name=contract.name,
    )


def _remedy(contract: NetworkContract, size_m: float, too_coarse: bool, resample: str) -> str:
    """What can be done about pixels of another size: resampling makes no detail, and has an end."""
    if too_coarse:
        return tr("use an image with smaller pixels (resampling would add no detail)")
    if not resample or size_m * LARGEST_RATIO < contract.pixel_size_m:
        return tr("resample it to {needed:.3g} m first", needed=contract.pixel_size_m)
    return tr("let {resample} bring the image to the network's pixel size", resample=resample)
