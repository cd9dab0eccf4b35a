"""The copying aid: a narrow window over the others, that hands one value after another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.clipboard import LASTS
from desktop.ui.everywhere.keys import EverywhereKeys, Key
from desktop.ui.everywhere.system import system_keys
from desktop.ui.page import Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.row import Row
from desktop.ui.parts.text import line, text
from desktop.ui.theme import scale_of
from desktop.workflows.filling.states import Tone
from desktop.workflows.relay.copying import CopyPlan, CopyStep, copy_plan, mark_copied

N = "\u00a0"
_WIDTH, _HEIGHT = 400, 680
_TITLE_BAR = 40
"""What the system draws around a window, in pixels at most."""


class CopyingAid(QWidget):
    """State: what is to be copied, what is done, which value was copied last.

    A window of its own, that stays over the browser; it goes away when the vault locks, being a
    child of what the vault shows. Its keys work from the browser too where the system lends them.
    """

    def __init__(
        self,
        workplace: Workplace,
        application_id: str,
        parent: QWidget,
        ask_keys: Callable[[QWidget], EverywhereKeys] = system_keys,
    ) -> None:
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
        self._progress = line("", "soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Avancement de la recopie")
        self.keys = ask_keys(self)
        self.keys.pressed.connect(self._take)
        self._steps = self._list()
        self._lay_out()
        for keys, action in (("Ctrl+Right", self.copy_next), ("Ctrl+Left", self.go_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        self._put_aside()
        self._show("Rien n’est encore copié." if not self.done else "Repris où vous en étiez.", "")

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keys back to the other programs: closed, or put away as the vault locks."""
        # Spontaneous: only made small, by the window's own button.
        if not event.spontaneous():
            self.keys.give_back()
        super().hideEvent(event)

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

    def _take(self, key: Key) -> None:
        {Key.CTRL_RIGHT: self.copy_next, Key.CTRL_LEFT: self.go_back}[key]()

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
        # An address has nowhere to break: it may after each part.
        address = self.plan.site.replace("/", "/\u200b")
        site = f"{address}\n" if address else ""
        layout.addWidget(text(f"{site}{self.plan.order}\n{self._rules()}", "small"))
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
        again = button("Recommencer la recopie", self.begin_again, Weight.LINK)
        layout.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return scrolling(holder)

    def _rules(self) -> str:
        everywhere = (
            "Tant que cette fenêtre est ouverte, Ctrl → copie aussi depuis le navigateur."
            if Key.CTRL_RIGHT in self.keys.lent
            else f"Ce poste ne prête pas Ctrl →{N}: revenez à cette fenêtre (Alt Tab) pour copier."
        )
        clears = f"Le presse-papiers se vide {LASTS // 1000}{N}secondes après la copie."
        return f"{everywhere}\n{clears}"

    def _put_aside(self) -> None:
        """At the right edge of the screen, and no larger than it is: the website has the rest."""
        # Before it is shown, it has not taken the zoom of its parent by itself.
        self.ensurePolished()
        scale = scale_of(self.parentWidget() or self)
        room = self.screen().availableGeometry()
        least = self.minimumSizeHint().width()
        width = min(max(round(_WIDTH * min(scale, 1.5)), least), room.width())
        height = min(round(_HEIGHT * min(scale, 1.3)), room.height() - _TITLE_BAR)
        self.resize(width, height)
        self.move(room.right() - self.width() + 1, room.top())

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 12, 14, 12)
        outer.setSpacing(8)
        outer.addWidget(text(self.plan.title, "heading"))
        outer.addWidget(text(self.plan.person, "soft"))
        self._copied.body.setContentsMargins(12, 10, 12, 10)
        for label in (self._label, self._value, self._next):
            self._copied.add(label)
        outer.addWidget(self._copied)
        self._forward = button("Copier le suivant (Ctrl →)", self.copy_next, Weight.PRIMARY)
        back = button("Revenir (Ctrl ←)", self.go_back)
        outer.addWidget(self._forward)
        outer.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        progress = QHBoxLayout()
        progress.addWidget(self._bar, 1)
        progress.addWidget(self._progress)
        outer.addLayout(progress)
        outer.addWidget(self._steps, 1)
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
