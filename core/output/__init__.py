"""What a run writes: finished tiles to go on from, cloud-optimised GeoTIFFs, class maps, scores, styles."""
