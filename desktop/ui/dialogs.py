"""The dialogs and menus that stand over a window: closed at once when it locks."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QWidget


def close_dialogs(window: QWidget) -> None:
    """Close all that stands over a window; what a dialog asked is taken as not answered."""
    for widget in QApplication.topLevelWidgets():
        if widget is window or not _stands_over(widget, window):
            continue
        if isinstance(widget, QDialog):
            widget.reject()
        widget.hide()


def _stands_over(widget: QWidget, window: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and above is not window:
        above = above.parentWidget()
    return above is window
