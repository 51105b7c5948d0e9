"""Which features of a label layer count: selected, filtered, limited, edited, with fields that QGIS computes."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core")

from qgis.core import QgsField, QgsProcessingFeatureSourceDefinition, QgsProject, QgsVectorLayerJoinInfo
from qgis.PyQt.QtCore import QVariant


@pytest.fixture
def labels(layer, two, square):
    """Three features, in the project; the last is to be left out."""
    made = layer(*two, (square(200, 200, 220, 220), "mistake"))
    QgsProject.instance().addMapLayer(made, False)
    yield made
    QgsProject.instance().takeMapLayer(made)


def names(prepared):
    return {entry.name for entry in prepared[1].classes}


def test_the_selected_features(prepare, labels):
    labels.selectByExpression("class <> 'mistake'")
    only = QgsProcessingFeatureSourceDefinition(labels.id(), selectedFeaturesOnly=True)
    assert names(prepare(LABELS=only, CLASS_FIELD="class")) == {"road", "building"}


def test_a_selection_that_nobody_asked_for(prepare, labels):
    labels.selectByExpression("class <> 'mistake'")
    assert names(prepare(LABELS=labels, CLASS_FIELD="class")) == {"road", "building", "mistake"}


def test_a_filter(prepare, labels):
    labels.setSubsetString("class <> 'mistake'")
    assert names(prepare(LABELS=labels, CLASS_FIELD="class")) == {"road", "building"}


def test_a_limit(prepare, labels):
    first = QgsProcessingFeatureSourceDefinition(labels.id(), featureLimit=2)
    assert names(prepare(LABELS=first, CLASS_FIELD="class")) == {"road", "building"}


def test_edits_that_are_not_saved(prepare, labels):
    labels.startEditing()
    labels.deleteFeature(max(labels.allFeatureIds()))
    assert names(prepare(LABELS=labels, CLASS_FIELD="class")) == {"road", "building"}
    labels.rollBack()


def test_a_virtual_field(prepare, labels):
    labels.addExpressionField("upper(class)", QgsField("loud", QVariant.String))
    assert names(prepare(LABELS=labels, CLASS_FIELD="loud")) == {"ROAD", "BUILDING", "MISTAKE"}


def test_a_joined_field(prepare, labels, layer, square):
    nowhere = square(0, 0, 1, 1)
    other = layer((nowhere, "road", 1), (nowhere, "building", 2), (nowhere, "mistake", 3))
    QgsProject.instance().addMapLayer(other, False)
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(other)
    join.setJoinFieldName("class")
    join.setTargetFieldName("class")
    join.setUsingMemoryCache(True)
    join.setPrefix("of_")
    labels.addJoin(join)
    assert names(prepare(LABELS=labels, CLASS_FIELD="of_width")) == {"1", "2", "3"}
    QgsProject.instance().takeMapLayer(other)
