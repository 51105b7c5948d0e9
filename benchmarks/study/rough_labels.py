"""What a corrector can learn from rough labels before it learns from the few precise ones: what there is to see.

Rough labels do not tell where boundaries lie, so nothing that corrects is learned from them. But they are many, and
the layers that look at the image can learn from them what things look like, as those of a classifier do.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.progress import Progress
from ...core.samples.sample_set import Chip, SampleSet
from ...core.training.classifier import COLOURS, fit_classifier
from ...core.training.loop import Recipe

if TYPE_CHECKING:
    from ...models.pytorch.corrector import DeepCorrector


def learn_to_see(
    corrector: DeepCorrector,
    samples: SampleSet,
    chips: Sequence[Chip],
    judged_on: Sequence[Chip],
    recipe: Recipe,
    checkpoint: Path,
    progress: Progress | None = None,
    device: str = "cpu",
) -> None:
    """Train the cells of a deep corrector in place, under a classifier's last layer that is thrown away.

    Args:
        corrector: of which nothing but the cells changes.
        samples: the sample set, with the corrector's classes.
        chips: the chips with rough labels.
        judged_on: the chips whose mean IoU chooses the best epoch.
        recipe: how to train.
        checkpoint: where the training is kept, and gone on from.
        progress: see `fit`.
        device: PyTorch's.
    """
    import torch

    from ...models.pytorch.unet import UNetClassifier

    torch.manual_seed(recipe.seed)
    means, deviations = corrector.mean.flatten().tolist(), corrector.deviation.flatten().tolist()
    classifier = UNetClassifier(means, deviations, corrector.classes)
    classifier.features = corrector.cells
    classifier.make_last_layer(corrector.classes)
    classifier = classifier.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    fit_classifier(classifier, samples, chips, judged_on, recipe, COLOURS, checkpoint, progress, device)
