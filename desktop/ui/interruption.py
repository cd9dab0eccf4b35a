"""Work cut short by a lock, as the window sees it: set aside before, taken up again after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from desktop.ui.page import Page, Place
from desktop.workflows.start.interruption import (
    Interruption,
    forget_set_aside,
    set_aside,
    work_set_aside,
)

if TYPE_CHECKING:
    from desktop.ui.workplace import OpenWorkplace


def set_work_aside(workplace: OpenWorkplace) -> bytes | None:
    """Keep where the work is, and what is not in the vault yet, before it is locked.

    Returns:
        Sealed bytes to hold until the vault is open again, when it could not keep them.
    """
    page = workplace.page
    if page is None:
        return None
    question, caret = page.question_with_focus()
    # Left, hence kept by the vault if it can be: only what it cannot keep is set aside.
    workplace.leave_field()
    work = Interruption(
        place=workplace.place.value,
        record=workplace.record,
        spot=page.spot(),
        question=question,
        caret=caret,
        unsaved=page.unsaved(),
    )
    return set_aside(workplace.desk, work)


def return_to_work(workplace: OpenWorkplace, sealed: bytes | None) -> bool:
    """Show the page, the question and the text that were there; whether there was any such work.

    Args:
        workplace: shows the page.
        sealed: what `set_work_aside` gave when this vault was last locked, if anything.
    """
    work = work_set_aside(workplace.desk, sealed)
    if work is None:
        return False
    try:
        workplace.go(Place(work.place), work.record)
    except ValueError:
        return False
    page = workplace.page
    if page is None:
        return False
    page.return_to(work.spot, work.question)
    page.take_back(work.unsaved)
    workplace.attempt(lambda: forget_set_aside(workplace.desk))
    # After the page has given the keyboard to its own first question.
    QTimer.singleShot(0, lambda: _focus(workplace, page, work))
    return True


def _focus(workplace: OpenWorkplace, page: Page, work: Interruption) -> None:
    if page is workplace.page:
        page.focus_on_question(work.question, work.caret)
