"""Cut the images of `make demo` out of the test parts: `make demo-images`. Run once; the images are kept."""

from __future__ import annotations

from osgeo import gdal

from ..core.samples.sample_set import SampleSet, read_chip
from .banepa import banepa_shrunk
from .data import ROOT, data_folder

DEMO = ROOT / "resources" / "demo"


def main() -> None:
    """Write image and reference of both demonstrations."""
    DEMO.mkdir(parents=True, exist_ok=True)
    source = data_folder("dubai-mbrsc")
    part = "t2_p5"  # the part of tile 2 with the largest share of its smallest class
    (DEMO / "urban.jpg").write_bytes((source / "images" / f"{part}.jpg").read_bytes())
    samples = SampleSet.open(ROOT / "build" / "training" / "urban" / "samples")
    # tile 2 is a chip of 3 x 3 parts; the middle one begins after the part above and the part to the left
    chip = next(chip for chip in samples.chips if chip.name == "t2")
    gdal.Translate(
        str(DEMO / "urban_reference.tif"),
        str(samples.label_path(chip)),
        srcWin=[509, 544, 510, 544],
        creationOptions=["COMPRESS=DEFLATE"],
    )

    samples = SampleSet.open(ROOT / "build" / "training" / "buildings" / "samples")
    chip = next(chip for chip in samples.chips if chip.split == "test")
    crop = [1280, 512, 256, 768]  # column 5, rows 2 to 4, at half resolution
    half = banepa_shrunk()
    options = ["COMPRESS=DEFLATE", "PREDICTOR=2"]
    gdal.Translate(str(DEMO / "buildings.tif"), half, srcWin=crop, creationOptions=options)
    labels = read_chip(samples.label_path(chip))[0][512:1280]
    reference = gdal.Translate("", str(DEMO / "buildings.tif"), format="MEM", bandList=[1])
    reference.GetRasterBand(1).SetColorInterpretation(gdal.GCI_Undefined)
    reference.GetRasterBand(1).WriteRaster(0, 0, 256, 768, labels.tobytes())
    gdal.Translate(str(DEMO / "buildings_reference.tif"), reference, creationOptions=["COMPRESS=DEFLATE"])


if __name__ == "__main__":
    main()
