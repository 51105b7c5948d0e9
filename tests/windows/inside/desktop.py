"""QGIS's desktop as a user has it before them: time passes, windows come up, screenshots are taken.

A scenario is a generator. It does something and yields a condition: it goes on when the condition holds. All happens in
timers, because a dialog that QGIS executes has an event loop of its own, and only timers reach into that.
"""

import contextlib
import json
import time
import traceback

from processing.gui.MessageDialog import MessageDialog
from qgis.core import QgsApplication, QgsProject, QgsProxyProgressTask
from qgis.gui import QgsMessageViewer, QgsProcessingAlgorithmDialogBase
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QApplication, QDialog, QMainWindow, QMessageBox, QTextBrowser
from qgis.utils import iface

LIMIT_S = 90


class Desktop:
    """Plays a scenario and keeps what it tells.

    Attributes:
        told: what ends up in told.json, written at every change: a QGIS that dies has told how far it came.
        boxes: the message boxes that came up; each was closed at once, since it blocks all other windows.
    """

    def __init__(self, folder):
        self.folder = folder
        self.told = {"boxes": [], "log": [], "screenshots": {}, "ended": False}
        self.boxes = self.told["boxes"]
        self._steps = self._condition = None
        self._since = 0.0
        self._is_busy = False
        self._watch, self._clock = QTimer(), QTimer()
        QgsApplication.messageLog().messageReceived.connect(self._note)

    def play(self, steps):
        """Play a scenario; QGIS closes at its end."""
        self._steps = steps
        self._watch.timeout.connect(self._close_boxes)
        self._clock.timeout.connect(self._tick)
        self._watch.start(100)
        self._clock.start(20)

    def tell(self, **facts):
        """Keep facts for the test."""
        self.told.update(facts)
        whole = self.folder / "told.json.new"
        whole.write_text(json.dumps(self.told, indent=1), encoding="utf-8")
        whole.replace(self.folder / "told.json")

    def do(self, action):
        """Do something that may open a window which blocks: it is done after this step, as a click would be."""
        QTimer.singleShot(0, action)

    def wait(self, seconds):
        """A condition that holds after some time."""
        until = time.monotonic() + seconds
        return lambda: time.monotonic() >= until

    def dialog(self):
        """The algorithm's dialog that is open, or None."""
        return self.window(QgsProcessingAlgorithmDialogBase)

    def window(self, kind):
        """The topmost open window of a class, or None."""
        modal = QApplication.activeModalWidget()
        if isinstance(modal, kind):
            return modal
        return next(
            (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None
        )

    def screenshot(self, name, widget=None):
        """Keep a picture of a widget, or of the whole screen, and the number of its colours."""
        picture = QApplication.primaryScreen().grabWindow(0) if widget is None else widget.grab()
        picture.save(str(self.folder / f"{name}.png"))
        small = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
        colours = {small.pixel(x, y) for y in range(0, small.height(), 3) for x in range(0, small.width(), 3)}
        self.told["screenshots"][name] = len(colours)
        self.tell()

    def _tick(self):
        if self._is_busy:  # a step has opened an event loop of its own
            return
        self._is_busy = True
        try:
            self._advance()
        except StopIteration:
            self._end()
        except BaseException:  # noqa: BLE001 (whatever it is, the test shows it)
            self.tell(fault=traceback.format_exc())
            with contextlib.suppress(Exception):
                self.screenshot("fault")
            self._end()
        finally:
            self._is_busy = False

    def _advance(self):
        if self._condition is None or self._condition():
            self._condition, self._since = None, time.monotonic()
            self._condition = next(self._steps)
        elif time.monotonic() - self._since > LIMIT_S:
            self._condition = self._steps.throw(TimeoutError(f"waited for {LIMIT_S} s in vain"))

    def _end(self):
        self._clock.stop()
        QgsApplication.taskManager().cancelAll()
        self.tell(ended="fault" not in self.told)
        for window in QApplication.topLevelWidgets():
            if (
                window.isVisible()
                and window is not iface.mainWindow()
                and isinstance(window, (QDialog, QMainWindow))
            ):
                window.close()
        QTimer.singleShot(300, self._close_qgis)

    def _close_qgis(self):
        QTimer.singleShot(1000, self._close_qgis)  # once more, where a dialog's event loop has not ended yet
        for task in QgsApplication.taskManager().activeTasks():
            # QGIS keeps what a Python algorithm raised, and with it the progress of a batch, which it then waits for
            if task.inherits("QgsProxyProgressTask"):
                sip.cast(task, QgsProxyProgressTask).finalize(False)
        if QApplication.activeModalWidget() is not None:
            return
        QgsProject.instance().setDirty(False)
        iface.actionExit().trigger()

    def _note(self, message, tag, level):
        self.told["log"].append({"message": message, "tag": tag, "level": int(level)})

    def _close_boxes(self):
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            texts = [box.text(), box.informativeText(), box.detailedText()]
        elif isinstance(box, (MessageDialog, QgsMessageViewer)):
            texts = [box.findChild(QTextBrowser).toPlainText()]
        else:
            return
        if not self._clock.isActive():  # QGIS is about to close, and what is not saved may be lost
            answers = (QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Discard)
            next(button for button in map(box.button, answers) if button is not None).click()
            return
        self.boxes.append({"title": box.windowTitle(), "text": "\n".join(filter(None, texts))})
        self.screenshot(f"box_{len(self.boxes)}", box)
        box.reject()
