"""What a screen reader says of a change that the keyboard is not on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def say_aloud(about: QWidget, words: str, *, at_once: bool = False) -> None:
    """Let a screen reader say some words, where there is one.

    Args:
        about: what changed.
        words: a sentence.
        at_once: cut short what is being said: something went wrong.
    """
    if not words:
        return
    # Loaded when something is first said: the unlock window says nothing.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    said = QAccessibleAnnouncementEvent(about, words)
    if at_once:
        said.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(said)
