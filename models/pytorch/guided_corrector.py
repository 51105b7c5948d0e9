"""A corrector with three numbers to learn, for areas without accurate labels: a guided filter that also sharpens.

Labels of whole blocks teach a network with thousands of weights which classes are frequent and what colours they have.
This form treats all classes alike and is linear in the scores: it can only move what the classifier found.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from .corrector import Corrector


class GuidedCorrector(Corrector):
    """The guided filter of He, Sun and Tang (IEEE TPAMI 35(6), 2013), applied again and again to each class's scores.

    With q the scores filtered along the edges of the image's brightness and l the same scores blurred without it, both
    over windows of 2 x radius + 1 px, one iteration is u + led * (q - u) + blur * (l - u). A negative `blur` sharpens:
    it gives thin things back what the classifier's coarse cells took from them.

    Args:
        means: see `Corrector`.
        deviations: see `Corrector`.
        classes: see `Corrector`.
        score_deviation: see `Corrector`.
        radius_px: radius of the windows.
    """

    form = "guided"

    def __init__(
        self,
        means: Sequence[float],
        deviations: Sequence[float],
        classes: int,
        score_deviation: float = 2.0,
        radius_px: int = 4,
    ) -> None:
        super().__init__(means, deviations, classes, score_deviation)
        self.radius_px = radius_px
        self.reach_px = self.reach_per_iteration_px = 2 * radius_px  # a window of windows
        self.led = nn.Parameter(torch.tensor(0.0))  # an untrained corrector changes nothing
        self.blur = nn.Parameter(torch.tensor(0.0))
        self.noise = nn.Parameter(torch.tensor(0.05))  # brightness below this variance is no edge

    def guide(self, image: Tensor) -> Tensor:
        """See `Corrector.guide`; (batch, 3, height, width): brightness, its mean, one over its variance."""
        brightness = ((image - self.mean) / self.deviation).mean(dim=1, keepdim=True)
        mean = self._mean(brightness)
        variance = self._mean(brightness * brightness) - mean * mean
        return torch.cat([brightness, mean, 1 / (variance + self.noise)], dim=1)

    def step(self, scores: Tensor, guidance: Tensor) -> Tensor:
        """See `Corrector.step`."""
        brightness, mean, over_variance = guidance[:, :1], guidance[:, 1:2], guidance[:, 2:]
        local = self._mean(scores)
        slope = (self._mean(brightness * scores) - mean * local) * over_variance
        guided = self._mean(slope) * brightness + self._mean(local - slope * mean)
        return scores + self.led * (guided - scores) + self.blur * (self._mean(local) - scores)

    def _mean(self, values: Tensor) -> Tensor:
        """Means of all windows: of columns, then of rows, which costs 2 x radius instead of its square."""
        side, radius = 2 * self.radius_px + 1, self.radius_px
        columns = functional.avg_pool2d(values, (side, 1), 1, (radius, 0), count_include_pad=False)
        means: Tensor = functional.avg_pool2d(columns, (1, side), 1, (0, radius), count_include_pad=False)
        return means
