"""The pictures of an assessment: what is drawn, and what axes and legends say."""

from dataclasses import replace

import numpy as np
import pytest
from recurve.core.assessment.charts import difference_picture, iou_bars, iteration_curves

pytest.importorskip("matplotlib")


def legend_of(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def test_bars_are_the_iou_of_each_class_and_map(assessment):
    maps = assessment.maps[::3]
    (axes,) = iou_bars(assessment, maps).axes
    assert axes.get_xlabel() == "IoU"
    assert axes.get_xlim() == (0, 1)
    assert [label.get_text() for label in axes.get_yticklabels()] == list(assessment.classes)
    assert axes.yaxis_inverted()
    assert legend_of(axes) == ["Iteration 0", "Iteration 3"]
    for bars, one in zip(axes.containers, maps):
        assert [bar.get_width() for bar in bars] == pytest.approx(one.confusion.iou.tolist())
    places = [[bar.get_y() for bar in bars] for bars in axes.containers]
    assert places[0] < places[1]  # in the legend's order


def test_a_single_map_needs_no_legend(assessment):
    (axes,) = iou_bars(assessment, assessment.maps[:1]).axes
    assert axes.get_legend() is None


def test_curves_are_the_figures_after_each_iteration(assessment):
    left, right = iteration_curves(assessment).axes
    assert (left.get_xlabel(), right.get_xlabel()) == ("iteration", "iteration")
    assert legend_of(left) == ["overall accuracy", "mean IoU", "boundary IoU, 2 px"]
    assert legend_of(right) == ["repair (of the wrong)", "damage (of the right)"]
    overall, mean_iou, boundary = (line.get_xydata().T for line in left.lines)
    for drawn, expected in (
        (overall, [one.confusion.overall for one in assessment.maps]),
        (mean_iou, [one.confusion.mean_iou for one in assessment.maps]),
        (boundary, [one.mean_boundary_iou(1) for one in assessment.maps]),
    ):
        np.testing.assert_allclose(drawn, [range(4), expected])
    repair, damage = (line.get_xydata().T for line in right.lines)
    np.testing.assert_allclose(repair, [range(1, 4), [change.repair for change in assessment.changes]])
    np.testing.assert_allclose(damage, [range(1, 4), [0, 0, 0]])
    assert right.get_ylim()[0] == 0


@pytest.mark.parametrize("are_compared", [True, False])
def test_the_difference_has_a_legend_and_no_axes(assessment, are_compared):
    one = assessment if are_compared else replace(assessment, changes=())
    (axes,) = difference_picture(one).axes
    assert len(axes.get_xticks()) == len(axes.get_yticks()) == 0
    np.testing.assert_array_equal(axes.images[0].get_array(), assessment.overview)
    names = ["Both right", "Repaired", "Damaged", "Both wrong"] if are_compared else ["Right", "Wrong"]
    assert legend_of(axes) == names
