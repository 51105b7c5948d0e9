"""A compact residual U-Net: more accurate than the paper's classifier for about the same work.

Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015, with the
residual blocks of He et al. (CVPR 2016). Everything is computed at half the resolution and below, where pixels are
cheap: the first layer turns the pixels of a cell into channels and the last one turns channels into pixels again, so
that boundaries keep their place.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from .classifier import Classifier


class UNetClassifier(Classifier):
    """Cells of 2, 4 and 8 px; convolutions, batch normalisation and ReLU only, so that its reach is bounded.

    The widths and the number of blocks are what `make bench-classifiers` compares.

    Args:
        means: mean of each band of the training images, in raw pixel values.
        deviations: standard deviation of each band, in raw pixel values.
        classes: number of classes K, at least 2.
    """

    form = "u-net"
    widths = (32, 64, 96)
    """Channels at each level, from cells of 2 px to the largest."""
    blocks = (1, 1, 2)
    """Residual blocks at each level on the way down; on the way up there is one."""
    stride = 8
    reach_px = 66
    """Seen by the sixth pixel of a cell, to the left; a test looks how far each pixel of a cell sees."""

    def __init__(self, means: Sequence[float], deviations: Sequence[float], classes: int) -> None:
        super().__init__(means, deviations)
        self.down = nn.ModuleList()
        channels = len(means)
        for level, (width, blocks) in enumerate(zip(self.widths, self.blocks)):
            # the first cells overlap by a pixel on each side; on features that costs more than it brings
            side, padding = (4, 1) if level == 0 else (2, 0)
            self.down.append(
                nn.Sequential(
                    *_normalised(channels, width, side, stride=2, padding=padding),
                    nn.ReLU(),
                    *(_Block(width) for _ in range(blocks)),
                )
            )
            channels = width
        self.dropout = nn.Dropout2d(0.2)
        # layers are registered in the order in which they run: `trained_weights` counts on it
        self.up = nn.ModuleList(
            _Up(coarse, fine) for fine, coarse in reversed(list(zip(self.widths, self.widths[1:])))
        )
        self.make_last_layer(classes)

    def make_last_layer(self, classes: int) -> None:
        """See `Classifier.make_last_layer`; four channels for each class, one for each pixel of a cell of 2 px."""
        self.scores = nn.Conv2d(self.widths[0], 4 * classes, 3, padding=1)
        self.upsampling = nn.PixelShuffle(2)

    def forward(self, image: Tensor) -> Tensor:
        """Image to scores.

        Args:
            image: (batch, bands, height, width) raw pixel values, float32; height and width multiples of `stride`.

        Returns:
            Scores before softmax, (batch, classes, height, width).
        """
        features = (image - self.mean) / self.deviation
        skipped = []
        for down in self.down:
            features = down(features)
            skipped.append(features)
        features = self.dropout(skipped.pop())
        for up in self.up:
            features = up(features, skipped.pop())
        scores: Tensor = self.upsampling(self.scores(features))
        return scores


class _Block(nn.Module):
    """A residual block: two 3x3 layers that change what they are given."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.change = nn.Sequential(
            *_normalised(width, width, 3, padding=1), nn.ReLU(), *_normalised(width, width, 3, padding=1)
        )
        self.relu = nn.ReLU()

    def forward(self, features: Tensor) -> Tensor:
        changed: Tensor = self.relu(features + self.change(features))
        return changed


class _Up(nn.Module):
    """Coarse features into finer ones: narrowed, each cell repeated 2 x 2, added to what the finer level has seen."""

    def __init__(self, coarse: int, fine: int) -> None:
        super().__init__()
        self.narrow = nn.Sequential(*_normalised(coarse, fine, 1))
        self.repeat = nn.Upsample(scale_factor=2)
        self.relu = nn.ReLU()
        self.block = _Block(fine)

    def forward(self, features: Tensor, skipped: Tensor) -> Tensor:
        finer: Tensor = self.block(self.relu(self.repeat(self.narrow(features)) + skipped))
        return finer


def _normalised(channels: int, width: int, side: int, stride: int = 1, padding: int = 0) -> list[nn.Module]:
    """A convolution and its batch normalisation, which are one convolution in the exported file."""
    return [nn.Conv2d(channels, width, side, stride, padding, bias=False), nn.BatchNorm2d(width)]
