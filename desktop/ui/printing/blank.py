"""Printing a blank form for the cell, and keeping where its boxes lie."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.page import Workplace
from desktop.workflows.blank_papers import BlankPaper, record_blank_print
from desktop.workflows.states import Tone


def print_blank(parent: QWidget, workplace: Workplace, prepare: Callable[[], BlankPaper]) -> None:
    """Set a copy beside the window, ask for a printer, and note that it was printed.

    Args:
        parent: the window over which the dialog stands.
        workplace: whose vault keeps the copy.
        prepare: sets the copy, away from the window.
    """

    def show(paper: BlankPaper) -> None:
        from desktop.ui.printing.printer import print_pdf

        printer = workplace.attempt(
            lambda: print_pdf(parent, paper.pdf, title=paper.title, single_sided=False)
        )
        if printer is not None:
            workplace.attempt(lambda: record_blank_print(workplace.desk, paper, printer=printer))
            workplace.say(f"Envoyé à l’imprimante «\u00a0{printer}\u00a0».", Tone.GOOD)

    workplace.in_background(prepare, show)
