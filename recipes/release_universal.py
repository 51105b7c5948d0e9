"""`make release-universal`: the universal corrector's file, from the network that has learned all places.

How cautious it is was chosen with the networks that left places out: the smallest caution at which no place and no kind
of map loses more than `MOST_HARM` points of mean IoU (`make universal-caution`).
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path

import torch

from ..models.contract import MADE_BANDS, NetworkFacts
from ..models.onnx_file.reading import file_sha256
from ..models.pytorch.diffusion_corrector import DiffusionCorrector
from ..models.pytorch.export_diffusion import export_diffusion
from .data import ROOT
from .release import WEIGHTS
from .steps import say

NETWORK = ROOT / "build" / "universal" / "networks" / "all.pt"
ITERATIONS = 8
CAUTION = 0.5
MOST_HARM = 0.2
TRAINING = {
    "data": "Banepa buildings (columns 0-4), NAIP fields, breeding plots, Inria cities, SpaceNet samples, Monterey "
    "dunes; maps of them by random forests, logistic regressions and CNNs that had not seen them, and labels with made "
    "faults",
    "licence": "imagery and labels: OpenAerialMap contributors CC BY 4.0 and (c) OpenStreetMap contributors ODbL 1.0; "
    "Radix, MIT, and USDA NAIP, public domain; breeding plots (c) 2025 Prabahar Ravichandran, MIT; Inria Aerial Image "
    "Labeling, Maggiori et al. 2017, imagery USGS, City of Vienna, Province of Tyrol (TIRIS); SpaceNet (Maxar / "
    "DigitalGlobe, Planet, CosmiQ Works), CC BY-SA 4.0; D. Buscombe / USGS, MIT",
    "split": "everything named was learned from; Banepa's column 5 and Dubai were not",
    "limits": "colour images of 0.03 to 5 m; two to eleven classes; see benchmarks/universal.md for places left out",
}


def main(arguments: Sequence[str]) -> None:
    """Export."""
    parser = argparse.ArgumentParser()
    parser.add_argument("network", type=Path, nargs="?", default=NETWORK)
    parser.add_argument("--output", type=Path, default=WEIGHTS / "universal_corrector.onnx")
    given = parser.parse_args(arguments)
    state = torch.load(given.network, weights_only=True)
    network = DiffusionCorrector()
    network.load_state_dict(state["network"])
    network.caution.fill_(CAUTION)
    facts = NetworkFacts(
        role="corrector",
        name="Any map",
        bands=MADE_BANDS,
        classes=(),
        pixel_size_m=1.0,
        pixel_size_range_m=(0.03, 5.0),
        training={**TRAINING, "steps": state["done"], "date": str(datetime.date.today())},
        iterations=ITERATIONS,
        classifier_sha256="map",
        any_map=True,
    )
    export_diffusion(network, facts, given.output)
    say(
        f"{given.output.name}: {given.output.stat().st_size / 1e6:.2f} MB, SHA-256 {file_sha256(given.output)}"
    )


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
