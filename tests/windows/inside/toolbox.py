"""Processing's toolbox: what it lists, what a search leaves, and a double click."""

from qgis.PyQt.QtCore import QModelIndex
from qgis.utils import plugins


def found(text=""):
    """The ids of the algorithms that the toolbox lists when a text is typed into its search box."""
    toolbox = plugins["processing"].toolbox
    toolbox.searchBox.setText(text)
    return list(_algorithms(toolbox.algorithmTree))


def start(desktop, algorithm_id, as_batch=False):
    """Choose an algorithm and do what a double click on it does, or have it executed as a batch process."""
    toolbox = plugins["processing"].toolbox
    toolbox.searchBox.clear()
    toolbox.algorithmTree.setCurrentIndex(_algorithms(toolbox.algorithmTree)[algorithm_id])
    desktop.do(toolbox.executeAlgorithmAsBatchProcess if as_batch else toolbox.executeAlgorithm)


def _algorithms(tree):
    """The place of each algorithm in the tree, by id."""
    places, parents = {}, [QModelIndex()]
    while parents:
        parent = parents.pop()
        for row in range(tree.model().rowCount(parent)):
            index = tree.model().index(row, 0, parent)
            algorithm = tree.algorithmForIndex(index)
            if algorithm is None:
                parents.append(index)
            else:
                places[algorithm.id()] = index
    return places
