"""What servers answer while QGIS draws an image of them, and how not to wait for one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qgis.core import QgsNetworkAccessManager, QgsNetworkReplyContent, QgsRasterBlockFeedback
from qgis.PyQt.QtCore import QTimer

_ASK_MS = 200


@contextmanager
def replies_of_this_thread() -> Iterator[list[QgsNetworkReplyContent]]:
    """Collect what this thread gets from servers; QGIS 3.22 tells nobody else that a part of an image failed."""
    replies: list[QgsNetworkReplyContent] = []

    def note(reply: QgsNetworkReplyContent) -> None:
        replies.append(QgsNetworkReplyContent(reply))

    manager = QgsNetworkAccessManager.instance()  # of this thread
    manager.finished[QgsNetworkReplyContent].connect(note)
    try:
        yield replies
    finally:
        manager.finished[QgsNetworkReplyContent].disconnect(note)


@contextmanager
def let_go_when(is_cancelled: Callable[[], bool], feedback: QgsRasterBlockFeedback) -> Iterator[None]:
    """Let go of a server that does not answer soon after the user has stopped the run."""
    timer = QTimer()
    timer.timeout.connect(lambda: feedback.cancel() if is_cancelled() else None)
    timer.start(_ASK_MS)
    try:
        yield
    finally:
        timer.stop()
