"""What a corrector can learn from coarse labels before it learns from the few accurate ones: what there is to see.

Coarse labels do not tell where boundaries lie, so nothing that corrects is learned from them. But they are many, and
the layers that look at the image can learn from them what things look like, as those of a classifier do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.progress import Progress
from ...core.training.dataset import TrainingData
from ...core.training.fitting import CLASSIFIER_COLOURS, fit_classifier
from ...core.training.recipe import TrainingRun

if TYPE_CHECKING:
    from ...models.pytorch.corrector import DeepCorrector


def pretrain_cells(
    corrector: DeepCorrector, data: TrainingData, run: TrainingRun, progress: Progress | None = None
) -> None:
    """Train the cells of a deep corrector in place, under a classifier's last layer that is thrown away.

    Args:
        corrector: of which nothing but the cells changes.
        data: chips with coarse labels to learn from, with the corrector's classes.
        run: how and where to train.
        progress: see `fit`.
    """
    import torch

    from ...models.pytorch.unet import UNetClassifier

    torch.manual_seed(run.recipe.seed)
    means, deviations = corrector.mean.flatten().tolist(), corrector.deviation.flatten().tolist()
    classifier = UNetClassifier(means, deviations, corrector.classes)
    classifier.features = corrector.cells
    classifier.make_last_layer(corrector.classes)
    classifier = classifier.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    fit_classifier(classifier, data, run, CLASSIFIER_COLOURS, progress)
