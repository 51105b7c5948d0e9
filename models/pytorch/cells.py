"""Features of an image from cells of 2, 4, 8 ... px: convolutions, batch normalisation and ReLU only.

Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015, with the
residual blocks of He et al. (CVPR 2016). Everything is computed at half the resolution and below, where pixels are
cheap, and looks a bounded number of pixels far.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn


class CellFeatures(nn.Module):
    """From the finest cells to the coarsest and back: (batch, bands, h, w) to (batch, widths[0], h/2, w/2).

    Args:
        bands: of the image; its height and width are multiples of the coarsest cell.
        widths: channels at each level, from cells of 2 px on; each level doubles the cell.
        blocks: residual blocks at each level on the way down; on the way up there is one.
        dropout: the share of the coarsest channels that is left out in training.

    Attributes:
        width: channels of what comes out.
    """

    def __init__(
        self, bands: int, widths: Sequence[int], blocks: Sequence[int], dropout: float = 0.0
    ) -> None:
        super().__init__()
        self.width = widths[0]
        self.down = nn.ModuleList()
        channels = bands
        for level, (width, count) in enumerate(zip(widths, blocks)):
            # the first cells overlap by a pixel on each side; on features that costs more than it brings
            side, padding = (4, 1) if level == 0 else (2, 0)
            self.down.append(
                nn.Sequential(
                    *_normalised(channels, width, side, stride=2, padding=padding),
                    nn.ReLU(),
                    *(_Block(width) for _ in range(count)),
                )
            )
            channels = width
        self.dropout = nn.Dropout2d(dropout)
        # layers are registered in the order in which they run: `trained_weights` counts on it
        self.up = nn.ModuleList(_Up(coarse, fine) for fine, coarse in reversed(list(zip(widths, widths[1:]))))

    def forward(self, image: Tensor) -> Tensor:
        """Normalised image to features."""
        features = image
        skipped: list[Tensor] = []
        for down in self.down:
            features = down(features)
            skipped.append(features)
        features = self.dropout(skipped.pop())
        for up in self.up:
            features = up(features, skipped.pop())
        found: Tensor = features
        return found


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
