"""Masks that single bands of a raster have for themselves, as in a virtual raster; GDAL's warper does not heed them."""

from __future__ import annotations

from xml.etree import ElementTree

from osgeo import gdal

_OWN = 0
"""What GDAL says of a band with a mask that it shares with no other band."""


def has_own_mask(band: gdal.Band) -> bool:
    """Whether a band has a mask of its own: neither nodata, nor alpha, nor a mask of the whole raster."""
    return bool(band.GetMaskFlags() == _OWN)


def with_shared_mask(dataset: gdal.Dataset) -> gdal.Dataset:
    """A raster whose bands share one mask in place of their own; the same raster where no band has one.

    Masked is what every band that has a mask masks, as with nodata. GDAL may report failures.
    """
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    own = [band.GetBand() for band in bands if has_own_mask(band)]
    if not own:
        return dataset
    plain = gdal.Translate("", dataset, format="VRT", maskBand=f"mask,{own[0]}")
    root = ElementTree.fromstring(plain.GetMetadata("xml:VRT")[0])
    mask = next(root.iterfind("MaskBand/VRTRasterBand"))
    first = next(mask.iterfind("SimpleSource"))
    if len(own) > 1:
        mask.set("subClass", "VRTDerivedRasterBand")
        ElementTree.SubElement(mask, "PixelFunctionType").text = "sum"  # of bytes, which ends at 255
    for number in own[1:]:
        source = ElementTree.fromstring(ElementTree.tostring(first))
        next(source.iterfind("SourceBand")).text = f"mask,{number}"
        mask.append(source)
    # opened by its text, which a warped raster refers to
    return gdal.Open(ElementTree.tostring(root, encoding="unicode"))
