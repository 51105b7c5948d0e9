"""A QGIS without windows that has Recurve's algorithms, for scripts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from qgis.core import QgsApplication

from ..algorithms.provider import RecurveProvider


@contextmanager
def with_provider() -> Iterator[None]:
    """Start QGIS and Processing with the provider, and end them."""
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    sys.path += ["/usr/share/qgis/python/plugins"]
    from processing.core.Processing import Processing

    Processing.initialize()
    provider = RecurveProvider()  # which PyQt forgets where nobody holds it
    QgsApplication.processingRegistry().addProvider(provider)
    yield
    application.exitQgis()
