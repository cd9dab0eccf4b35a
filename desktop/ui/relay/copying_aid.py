"""The copying aid: a narrow window over the others, that hands one value after another."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.clipboard import LASTS
from desktop.ui.page import Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import text
from desktop.ui.theme import scale_of
from desktop.workflows.copying import CopyPlan, CopyStep, copy_plan, mark_copied
from desktop.workflows.states import Tone

N = "\u00a0"
_WIDTH, _HEIGHT = 400, 680


class CopyingAid(QWidget):
    """State: what is to be copied, what is done, which value was copied last.

    A window of its own, that stays over the browser; it goes away when the vault locks, being a
    child of what the vault shows.
    """

    def __init__(self, workplace: Workplace, application_id: str, parent: QWidget) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("ground")
        self._workplace = workplace
        self.plan: CopyPlan = copy_plan(workplace.desk, application_id)
        self.done = set(self.plan.done)
        self.at = self._last_done()
        self._rows: dict[int, Row] = {}
        self.setWindowTitle(f"Recopie — {self.plan.title}")
        self._copied = Card()
        self._label = text("", "strong")
        self._value = text("", "heading")
        self._next = text("", "soft")
        self._progress = text("", "soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Avancement de la recopie")
        self._steps = self._list()
        self._lay_out()
        for keys, action in (("Ctrl+Right", self.copy_next), ("Ctrl+Left", self.go_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        scale = scale_of(self)
        self.resize(round(_WIDTH * scale), round(_HEIGHT * min(scale, 1.3)))
        self._show("Rien n’est encore copié." if not self.done else "Repris où vous en étiez.", "")

    def copy_next(self) -> None:
        """Copy the next value that has an answer."""
        following = self._following(self.at)
        if following is None:
            self._show("Tout est copié. Fermez l’assistant, puis indiquez l’issue.", "")
            return
        self.copy(following)

    def go_back(self) -> None:
        """Copy again the value before; it and what follows it are no longer done."""
        self._undo(self.at)
        before = [n for n, step in enumerate(self.plan.steps) if step.text and n < self.at]
        if not before:
            self.at = -1
            self._keep()
            self._show("Vous êtes au début.", "")
            return
        self.copy(before[-1])

    def copy(self, number: int) -> None:
        """Copy one value: shown, marked, and kept as done."""
        step = self.plan.steps[number]
        if not step.text:
            return
        self._workplace.copy(step.text)
        self.at = number
        self.done.add(step.key)
        self._keep()
        self._show(f"Copié{N}: {_name(step)}", step.text)

    def begin_again(self) -> None:
        """Mark everything as still to copy."""
        self.done.clear()
        self.at = -1
        self._keep()
        self._show("Rien n’est copié.", "")

    def _undo(self, number: int) -> None:
        if number >= 0:
            self.done.discard(self.plan.steps[number].key)

    def _keep(self) -> None:
        desk, plan = self._workplace.desk, self.plan
        self._workplace.attempt(
            lambda: mark_copied(desk, plan.application_id, frozenset(self.done))
        )

    def _last_done(self) -> int:
        numbers = [n for n, step in enumerate(self.plan.steps) if step.key in self.done]
        return max(numbers, default=-1)

    def _following(self, number: int) -> int | None:
        steps = enumerate(self.plan.steps)
        return next((n for n, step in steps if n > number and step.text), None)

    def _show(self, said: str, value: str) -> None:
        self._label.setText(said)
        self._value.setText(value)
        self._value.setVisible(bool(value))
        announced = f"{said}. {value}" if value else said
        self._copied.setAccessibleName(announced)
        following = self._following(self.at)
        self._next.setText(
            f"Ensuite{N}: {_name(self.plan.steps[following])}"
            if following is not None
            else "C’était la dernière valeur."
        )
        wanted = [step for step in self.plan.steps if step.text]
        done = sum(step.key in self.done for step in wanted)
        self._bar.setRange(0, max(1, len(wanted)))
        self._bar.setValue(done)
        self._progress.setText(f"{done} sur {len(wanted)}")
        for number, row in self._rows.items():
            self._mark(number, row)
        if self.at in self._rows:
            self._steps.ensureWidgetVisible(self._rows[self.at], 0, 60)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, announced))

    def _mark(self, number: int, row: Row) -> None:
        step = self.plan.steps[number]
        state = "copié" if step.key in self.done else "à copier" if step.text else "sans réponse"
        row.setAccessibleName(f"{_name(step)}, {step.text or '—'}, {state}")
        row.setChecked(number == self.at)
        row.show_subtitle(
            f"✓ copié — {step.text}" if step.key in self.done else step.text or "— laissez vide"
        )

    def _list(self) -> QScrollArea:
        holder, layout = column(margins=(0, 0, 0, 0))
        layout.setSpacing(0)
        section = ""
        for number, step in enumerate(self.plan.steps):
            if step.section != section:
                section = step.section
                heading = text(section, "strong")
                heading.setContentsMargins(12, 10, 12, 4)
                layout.addWidget(heading)
            row = Row(step.label, "…", on_open=partial(self.copy, number))
            row.setCheckable(True)
            row.setEnabled(bool(step.text))
            self._rows[number] = row
            layout.addWidget(row)
        layout.addStretch(1)
        return scrolling(holder)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 12, 14, 12)
        outer.setSpacing(8)
        outer.addWidget(text(self.plan.title, "heading"))
        site = f"{self.plan.site}\n" if self.plan.site else ""
        outer.addWidget(text(f"{self.plan.person}\n{site}{self.plan.order}", "soft"))
        self._copied.body.setContentsMargins(12, 10, 12, 10)
        for label in (self._label, self._value, self._next):
            self._copied.add(label)
        outer.addWidget(self._copied)
        self._forward = button("Copier le suivant (Ctrl →)", self.copy_next, Weight.PRIMARY)
        back = button("Revenir (Ctrl ←)", self.go_back)
        outer.addWidget(self._forward)
        outer.addLayout(
            in_line(back, button("Recommencer la recopie", self.begin_again, Weight.LINK))
        )
        outer.addWidget(self._bar)
        outer.addWidget(self._progress)
        outer.addWidget(self._steps, 1)
        outer.addWidget(
            text(f"Le presse-papiers se vide {LASTS // 1000}{N}secondes après la copie.", "small")
        )
        self._forward.setFocus()


def open_copying_aid(
    workplace: Workplace, application_id: str, parent: QWidget
) -> CopyingAid | None:
    """Open the copying aid of an application over a widget, in place of one that is open."""
    for older in parent.findChildren(CopyingAid):
        older.close()
    aid: CopyingAid | None = workplace.attempt(
        lambda: CopyingAid(workplace, application_id, parent)
    )
    if aid is None:
        return None
    if not any(step.text for step in aid.plan.steps):
        workplace.say("Cette démarche ne contient aucune réponse à recopier.", Tone.CARE)
    aid.show()
    aid.activateWindow()
    return aid


def _name(step: CopyStep) -> str:
    return f"{step.section}, {step.label}" if step.section else step.label
