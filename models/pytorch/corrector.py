"""The correctors: recurrent networks that move class boundaries onto the edges of the image.

Both apply the update of Maggiori et al. (IEEE TGRS 55(9), 2017), with u the scores and I the image:

    u_(t+1) = u_t + f( M * u_t , g(I) )        the same weights at every iteration t

`PaperCorrector` is the published form: M sees one class at a time and g is a bank of linear filters N. `DeepCorrector`
learns g with a small network on cells of pixels and lets M see all classes at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from .cells import CellFeatures
from .per_class_update import PerClassIterates


class Corrector(nn.Module):
    """What both forms share: normalised image in, one guidance per image, the same step at every iteration.

    Args:
        means: mean of each band of the training images, in raw pixel values.
        deviations: standard deviation of each band, in raw pixel values.
        classes: number of classes K, at least 2.
        score_deviation: standard deviation of the classifier's scores; the corrector works on scores scaled to 2.
    """

    reach_per_iteration_px = 2  # of the 5x5 filters on the scores
    stride = 1
    """Height and width of scores and image are multiples of it."""
    form: str
    reach_px: int
    mean: Tensor
    deviation: Tensor
    score_scale: Tensor

    def __init__(
        self, means: Sequence[float], deviations: Sequence[float], classes: int, score_deviation: float = 2.0
    ) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(means, dtype=torch.float32).view(1, -1, 1, 1))
        self.register_buffer("deviation", torch.tensor(deviations, dtype=torch.float32).view(1, -1, 1, 1))
        self.register_buffer("score_scale", torch.tensor(2.0 / score_deviation))
        self.bands, self.classes = len(means), classes

    def guide(self, image: Tensor) -> Tensor:
        """The image's part of the update, which is the same at every iteration.

        Args:
            image: (batch, bands, height, width) raw pixel values.

        Returns:
            (batch, hidden, height, width).
        """
        raise NotImplementedError

    def step(self, scores: Tensor, guidance: Tensor) -> Tensor:
        """One iteration.

        Args:
            scores: (batch, classes, height, width).
            guidance: what `guide` returned.

        Returns:
            The next scores, (batch, classes, height, width).
        """
        raise NotImplementedError

    def iterates(self, scores: Tensor, image: Tensor, iterations: int) -> list[Tensor]:
        """The scores after iteration 1, 2, ... `iterations`; see `guide` and `step` for the shapes."""
        guidance = self.guide(image)
        found = []
        for _ in range(iterations):
            scores = self.step(scores, guidance)
            found.append(scores)
        return found

    def forward(self, scores: Tensor, image: Tensor, iterations: int) -> Tensor:
        """The scores after `iterations` iterations; 0 returns them unchanged."""
        return self.iterates(scores, image, iterations)[-1] if iterations else scores


class DeepCorrector(Corrector):
    """Learned guidance: features of cells of 2, 4 and 8 px; the update sees the scores of all classes.

    Args:
        means: see `Corrector`.
        deviations: see `Corrector`.
        classes: see `Corrector`.
        score_deviation: see `Corrector`.
        width: channels of the finest cells; coarser ones have more.
        hidden: hidden units of the update.
    """

    form = "deep"
    stride = 8
    reach_px = 49
    """Of the guidance: the largest over the pixels of a cell, which a test measures."""
    per_pixel = 16
    """Channels of the features once they are pixels again."""

    def __init__(
        self,
        means: Sequence[float],
        deviations: Sequence[float],
        classes: int,
        score_deviation: float = 2.0,
        width: int = 24,
        hidden: int = 32,
    ) -> None:
        super().__init__(means, deviations, classes, score_deviation)
        widths = (width, 2 * width, 8 * width // 3)
        self.cells = CellFeatures(self.bands, widths, (1, 1, 1))
        self.to_pixels = nn.Sequential(
            nn.Conv2d(width, 4 * self.per_pixel, 1),
            nn.PixelShuffle(2),
            nn.ReLU(),
        )
        self.guidance = nn.Conv2d(self.per_pixel + self.bands, hidden, 3, padding=1)
        self.score_filters = nn.Conv2d(classes, hidden, 5, padding=2, bias=False)
        self.out = nn.Parameter(torch.zeros(classes, hidden, 1, 1))  # an untrained corrector changes nothing
        self.out_bias = nn.Parameter(torch.zeros(classes))

    def rescale(self, score_deviation: float) -> None:
        """Let the same function learn from scores of another standard deviation; see `Corrector`."""
        factor = 2.0 / score_deviation / self.score_scale
        with torch.no_grad():
            self.score_filters.weight.div_(factor)
            for weight in (self.out, self.out_bias, self.score_scale):
                weight.mul_(factor)

    def see(self, image: Tensor) -> Tensor:
        """The features of an image beside the image itself, (batch, per_pixel + bands, height, width)."""
        normalised = (image - self.mean) / self.deviation
        return torch.cat([self.to_pixels(self.cells(normalised)), normalised], dim=1)

    def guide(self, image: Tensor) -> Tensor:
        """See `Corrector.guide`."""
        guidance: Tensor = self.guidance(self.see(image))
        return guidance

    def step(self, scores: Tensor, guidance: Tensor) -> Tensor:
        """See `Corrector.step`."""
        # the scale is put on the weights, not on the scores: 0 iterations leave them bit for bit as they are
        filtered = functional.conv2d(scores, self.score_filters.weight * self.score_scale, padding=2)
        change = functional.conv2d(
            functional.relu(filtered + guidance),
            self.out / self.score_scale,
            self.out_bias / self.score_scale,
        )
        return scores + change


class PaperCorrector(Corrector):
    """The published form: 5x5 banks M on each class's scores and N on the image, one small MLP per class.

    Everything between the inputs and the ReLU is linear, so M, N and the first layer of the MLPs are merged into one
    5x5 convolution on the scores and one on the image; only the merged ones are ever computed.

    Args:
        means: see `Corrector`.
        deviations: see `Corrector`.
        classes: see `Corrector`.
        score_deviation: see `Corrector`.
        filters: number of filters in M, and in N.
        hidden: hidden units of the MLP.
        class_agnostic: one MLP for all classes instead of one for each.
    """

    form = "paper"
    reach_px = 2

    def __init__(
        self,
        means: Sequence[float],
        deviations: Sequence[float],
        classes: int,
        score_deviation: float = 2.0,
        filters: int = 32,
        hidden: int = 32,
        class_agnostic: bool = False,
    ) -> None:
        super().__init__(means, deviations, classes, score_deviation)
        self.form = "paper class-agnostic" if class_agnostic else "paper"
        self.class_agnostic = class_agnostic
        networks = 1 if class_agnostic else classes
        self.score_filters = nn.Parameter(torch.empty(filters, 25))  # M
        self.image_filters = nn.Parameter(torch.empty(filters, self.bands * 25))  # N
        self.from_scores = nn.Parameter(torch.empty(networks, hidden, filters))
        self.from_image = nn.Parameter(torch.empty(networks, hidden, filters))
        self.hidden_bias = nn.Parameter(torch.zeros(networks, hidden))
        self.out = nn.Parameter(torch.zeros(networks, hidden))  # an untrained corrector changes nothing
        self.out_bias = nn.Parameter(torch.zeros(networks))
        for weight in (self.score_filters, self.image_filters, self.from_scores, self.from_image):
            nn.init.normal_(weight, std=weight.shape[-1] ** -0.5)

    def guide(self, image: Tensor) -> Tensor:
        """See `Corrector.guide`."""
        normalised = (image - self.mean) / self.deviation
        merged = (self.from_image @ self.image_filters).view(
            -1, self.bands, 5, 5
        )  # (networks * hidden, bands, 5, 5)
        guidance = functional.conv2d(normalised, merged, self.hidden_bias.flatten(), padding=2)
        return guidance.repeat(1, self.classes, 1, 1) if self.class_agnostic else guidance

    def iterates(self, scores: Tensor, image: Tensor, iterations: int) -> list[Tensor]:
        """See `Corrector.iterates`; where a CPU learns, by a faster way to the same numbers."""
        if scores.device.type != "cpu" or not torch.is_grad_enabled():
            return super().iterates(scores, image, iterations)
        with torch.autocast("cpu", enabled=False):  # it counts on single precision
            merged = self._merged()
            # one image at a time, so that its guidance stays in the cache over the iterations
            each = [
                PerClassIterates.apply(one, self.guide(pixels[None])[0], *merged, iterations)  # type: ignore[no-untyped-call]
                for one, pixels in zip(scores, image)
            ]
        return [torch.stack(iterates) for iterates in zip(*each)]

    def step(self, scores: Tensor, guidance: Tensor) -> Tensor:
        """See `Corrector.step`."""
        filters, out, bias = self._merged()
        filtered = functional.conv2d(scores, filters.reshape(-1, 1, 5, 5), padding=2, groups=self.classes)
        hidden = functional.relu(filtered + guidance)
        return scores + functional.conv2d(hidden, out[:, :, None, None], bias, groups=self.classes)

    def _merged(self) -> tuple[Tensor, Tensor, Tensor]:
        """M and the MLPs' first layers as one bank for each class, and the last layers, scaled to the scores.

        Returns:
            (classes, hidden, 25), (classes, hidden) and (classes).
        """
        filters = self._per_class((self.from_scores @ self.score_filters) * self.score_scale)
        out = self._per_class(self.out / self.score_scale)
        return filters, out, self._per_class(self.out_bias / self.score_scale)

    def _per_class(self, weights: Tensor) -> Tensor:
        return weights.expand(self.classes, *weights.shape[1:])
