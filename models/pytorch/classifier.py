"""What all classifiers share, and the paper's: fully convolutional, seeing context at a quarter of the resolution.

Maggiori et al., "Recurrent Neural Networks to Correct Satellite Image Classification Maps", IEEE TGRS 55(9), 2017,
after the fully convolutional form of Mnih's network that the same authors published for aerial images of 1 m.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional


class Classifier(nn.Module):
    """What all forms share: raw pixel values go in and are normalised inside.

    Args:
        means: mean of each band of the training images, in raw pixel values.
        deviations: standard deviation of each band, in raw pixel values.
    """

    form: str
    stride: int
    reach_px: int
    reach_per_iteration_px = 0  # it has none
    mean: Tensor
    deviation: Tensor

    def __init__(self, means: Sequence[float], deviations: Sequence[float]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(means, dtype=torch.float32).view(1, -1, 1, 1))
        self.register_buffer("deviation", torch.tensor(deviations, dtype=torch.float32).view(1, -1, 1, 1))

    def make_last_layer(self, classes: int) -> None:
        """Make what depends on the number of classes, untrained; it takes the place of an older one.

        Args:
            classes: number of classes, at least 2.
        """
        raise NotImplementedError

    def exported(self) -> nn.Module:
        """A module that computes the same and runs fast once it is written to ONNX."""
        return self


class PaperClassifier(Classifier):
    """64 filters 12x12 stride 4, 112 of 4x4, 80 of 3x3, K of 9x9, learned 8x8 stride-4 deconvolution.

    Batch normalisation is ours (the paper has none): it trains in minutes instead of hours and is merged into the
    convolutions at export.

    Args:
        means: mean of each band of the training images, in raw pixel values.
        deviations: standard deviation of each band, in raw pixel values.
        classes: number of classes K, at least 2.
    """

    form = "paper"
    stride = 4
    reach_px = 37
    """Seen by the third pixel of a cell: 1 + 4 + 1 + 2 cells to the right, and 5 px for the first filter."""

    def __init__(self, means: Sequence[float], deviations: Sequence[float], classes: int) -> None:
        super().__init__(means, deviations)
        bands = len(means)
        self.features = nn.Sequential(
            # 12 wide, stride 4, 4 px of padding: cell i is centred on the 4-px block i
            nn.Conv2d(bands, 64, 12, stride=4, padding=4, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.ZeroPad2d(
                (1, 2, 1, 2)
            ),  # an even filter has no centre: it looks one cell further to the right
            nn.Conv2d(64, 112, 4, bias=False),
            nn.BatchNorm2d(112),
            nn.ReLU(),
            nn.Conv2d(112, 80, 3, padding=1, bias=False),
            nn.BatchNorm2d(80),
            nn.ReLU(),
        )
        self.dropout = nn.Dropout2d(0.2)
        self.make_last_layer(classes)

    def make_last_layer(self, classes: int) -> None:
        """See `Classifier.make_last_layer`; these are two, the last convolution and the deconvolution."""
        self.scores = nn.Conv2d(80, classes, 9, padding=4)
        self.upsampling = nn.ConvTranspose2d(classes, classes, 8, stride=4, padding=2, bias=False)
        with torch.no_grad():
            self.upsampling.weight.copy_(_bilinear(classes))

    def forward(self, image: Tensor) -> Tensor:
        """Image to scores.

        Args:
            image: (batch, bands, height, width) raw pixel values, float32; height and width multiples of 4.

        Returns:
            Scores before softmax, (batch, classes, height, width).
        """
        normalised = (image - self.mean) / self.deviation
        cells: Tensor = self.scores(
            self.dropout(self.features(normalised))
        )  # (batch, classes, height/4, width/4)
        upsampled: Tensor = self.upsampling(cells)
        return upsampled

    def merged_upsampling(self) -> Tensor:
        """The deconvolution as a 3x3 convolution on cells, for a following depth-to-space of 4.

        An 8x8 deconvolution of stride 4 takes at most the next cell on each side, so each of the 16 pixels of a
        cell is a fixed 3x3 filter of the cells around it. The same numbers in an order that runs several times
        faster in ONNX Runtime.

        Returns:
            Weights (classes * 16, classes, 3, 3); output channel class * 16 + row * 4 + column.
        """
        weight = self.upsampling.weight.detach()  # (from, to, 8, 8)
        classes = weight.shape[0]
        filters = weight.new_zeros(
            classes, 4, 4, classes, 3, 3
        )  # (to, row, column, from, cell row, cell column)
        for row, column, cell_row, cell_column, tap_row, tap_column in _taps():
            filters[:, row, column, :, cell_row, cell_column] = weight[:, :, tap_row, tap_column].T
        return filters.reshape(classes * 16, classes, 3, 3)

    def set_merged_upsampling(self, filters: Tensor) -> None:
        """Set the deconvolution to what `merged_upsampling` returned."""
        classes = filters.shape[1]
        filters = filters.view(classes, 4, 4, classes, 3, 3)
        with torch.no_grad():
            for row, column, cell_row, cell_column, tap_row, tap_column in _taps():
                tap = filters[:, row, column, :, cell_row, cell_column].T
                self.upsampling.weight[:, :, tap_row, tap_column] = tap

    def exported(self) -> nn.Module:
        """See `Classifier.exported`."""
        return ExportedClassifier(self)


class ExportedClassifier(nn.Module):
    """The paper's classifier as it is written to ONNX: the deconvolution as convolution and depth-to-space.

    Args:
        classifier: the trained network.
    """

    filters: Tensor

    def __init__(self, classifier: PaperClassifier) -> None:
        super().__init__()
        self.classifier = classifier
        self.register_buffer("filters", classifier.merged_upsampling())

    def forward(self, image: Tensor) -> Tensor:
        """Image to scores, as `PaperClassifier.forward`."""
        network = self.classifier
        cells = network.scores(network.features((image - network.mean) / network.deviation))
        return functional.pixel_shuffle(functional.conv2d(cells, self.filters, padding=1), 4)


def _taps() -> Iterator[tuple[int, int, int, int, int, int]]:
    """Which tap of the deconvolution each pixel of a cell gets from each cell around; every tap comes once.

    Row and column of the pixel in its cell, of the other cell (1 is the pixel's own), of the tap.
    """
    for row in range(4):
        for column in range(4):
            for cell_row in range(3):
                for cell_column in range(3):
                    # pixel p of a cell gets tap p + 2 - 4 * (offset of the cell): p = 4 i - 2 + tap
                    tap_row = row + 2 - 4 * (cell_row - 1)
                    tap_column = column + 2 - 4 * (cell_column - 1)
                    if 0 <= tap_row < 8 and 0 <= tap_column < 8:
                        yield row, column, cell_row, cell_column, tap_row, tap_column


def _bilinear(classes: int) -> Tensor:
    ramp = 1 - (torch.arange(8) - 3.5).abs() / 4
    weight = torch.zeros(classes, classes, 8, 8)
    for k in range(classes):
        weight[k, k] = torch.outer(ramp, ramp)
    return weight
