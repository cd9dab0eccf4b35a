"""Filling an application: sections on the left, questions in the middle, guide on the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.filling.documents_view import DocumentsView
from desktop.ui.filling.guide_panel import GuidePanel
from desktop.ui.filling.questions import SectionView
from desktop.ui.filling.review import ReviewView
from desktop.ui.filling.update_card import UpdateCard
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.field import Field
from desktop.ui.parts.steps import Step, StepList
from desktop.ui.parts.text import line, text
from desktop.ui.theme import scale_of
from desktop.workflows.dates import hour
from desktop.workflows.filling.open_application import Kept, open_application
from desktop.workflows.filling.states import STATE_TONES, STATE_WORDS, Tone
from desktop.workflows.settings.journal import note_opened
from forms.definition import YES, Group, Node, Question
from forms.state import Problem
from forms.tree import ROOT

_DOCUMENTS, _REVIEW = "documents", "review"
_STEPS_WIDTH, _GUIDE_WIDTH = 210, 280
_GUIDE_FROM = 870
_STEPS_FROM = 560
_BAR_FROM = 620


class FillingPage(Page):
    """State: the application, the section shown."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        super().__init__(workplace)
        self.application = open_application(self.desk, record)
        note_opened(self.desk, self.application.person_id, record)
        self.section = ""
        self.view: QWidget | None = None
        self._area: QScrollArea | None = None
        update = self.application.update
        self._update_card = UpdateCard(update, self._put_update_away) if update else None
        self.steps = StepList(self.show_section)
        self._guide = scrolling(GuidePanel(self.application.guide))
        self._middle = QVBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        left = QVBoxLayout()
        left.addWidget(self.steps)
        left.addStretch(1)
        side = QWidget()
        side.setObjectName("ground")
        side.setLayout(left)
        self._side = scrolling(side)
        left.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 20, 20, 0)
        row.setSpacing(20)
        row.addWidget(self._side)
        row.addLayout(self._middle, 1)
        row.addWidget(self._guide)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row, 1)
        outer.addWidget(self._bottom_bar())
        self._resume()

    def bar_title(self) -> tuple[str, str]:
        """Who is helped, and the form."""
        return self.application.person_line, self.application.title

    def first_focus(self) -> QWidget | None:
        """The question where the work stopped."""
        if isinstance(self.view, SectionView):
            self.view.focus_on(self.application.position)
            return self.view.focusWidget()
        return None

    def questions(self) -> Mapping[str, Field]:
        """The questions of the section shown, by their paths."""
        return self.view.fields if isinstance(self.view, SectionView) else {}

    def unsaved(self) -> dict[str, str]:
        """What the vault refused to write."""
        return dict(self.view.unsaved) if isinstance(self.view, SectionView) else {}

    def spot(self) -> str:
        """The section shown."""
        return self.section

    def return_to(self, spot: str, question: str) -> None:
        """Show a section again."""
        if spot in self._keys():
            self.show_section(spot, focus=question or None)

    def next_section(self) -> None:
        """Show the next section."""
        self._move(1)

    def previous_section(self) -> None:
        """Show the section before."""
        self._move(-1)

    def print_paper(self) -> None:
        """Show the paper."""
        self._leave_field()
        self.workplace.go(Place.PREVIEW, self.application.id)

    def show_guide(self) -> None:
        """Show the guide, or hide it where it stands in the way."""
        self._guide.setVisible(self._guide.isHidden())

    def escape(self) -> None:
        """Back to the person."""
        self._leave_field()
        self.workplace.go(Place.PERSON, self.application.person_id)

    def show_section(self, key: str, *, focus: str | None = None) -> None:
        """Show a section, and give the focus to a question or to the first one."""
        self._leave_field()
        self.section = key
        self._put(key)
        self._show_progress()
        view = self.view
        # Once laid out: a widget that is not shown takes no focus.
        QTimer.singleShot(0, lambda: self._focus(view, focus))

    def arrange(self, width: float) -> None:
        """On a narrow screen the guide, then the sections, give way to the questions."""
        scale = scale_of(self)
        self._guide.setFixedWidth(round(_GUIDE_WIDTH * scale))
        self._side.setFixedWidth(round(_STEPS_WIDTH * scale))
        self._guide.setVisible(width >= _GUIDE_FROM)
        self._side.setVisible(width >= _STEPS_FROM)
        self._bar_row.setDirection(
            QBoxLayout.Direction.LeftToRight
            if width >= _BAR_FROM
            else QBoxLayout.Direction.TopToBottom
        )

    def _focus(self, view: QWidget | None, path: str | None) -> None:
        if view is None or view is not self.view:
            return
        if isinstance(view, SectionView) and (view.focus_on(path) or view.focus_on(None)):
            if self._area is not None:
                self._area.ensureWidgetVisible(view.focusWidget(), 0, 80)
            return
        # The first thing to press, else the way on: the keyboard is never left nowhere.
        buttons = [one for one in view.findChildren(QAbstractButton) if _takes_focus(one)]
        (buttons[0] if buttons else self._next).setFocus(Qt.FocusReason.OtherFocusReason)

    def _resume(self) -> None:
        keys = self._keys()
        position = self.application.position or ""
        section = next(
            (key for key in keys if position.startswith((f"{key}/", f"{key}["))),
            position if position in keys else keys[0],
        )
        self.show_section(section, focus=position)

    def _keys(self) -> list[str]:
        sections = [one.path for one in self.application.filling.sections() if one.relevant]
        documents = [_DOCUMENTS] if self.application.asks_documents else []
        return [*sections, *documents, _REVIEW]

    def _node(self, path: str) -> Node | None:
        if path == ROOT:
            return self._loose_questions()
        return next((node for node in self.application.form.children if node.path == path), None)

    def _loose_questions(self) -> Group:
        """The questions that stand in no group, as one section under the form's title."""
        form = self.application.form
        loose = tuple(node for node in form.children if isinstance(node, Question))
        return Group(ROOT, ROOT[1:], form.title, "", YES, "", loose, 0)

    def _put(self, key: str) -> None:
        if self._area is not None:
            self._middle.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
        holder, layout = column(margins=(4, 0, 12, 24))
        node = self._node(key)
        if key == _DOCUMENTS:
            title = "Pièces à joindre"
            self.view = DocumentsView(
                self.workplace,
                self.application,
                on_changed=self._documents_changed,
            )
        elif node is None:
            title = "Relire et imprimer"
            self.view = ReviewView(
                self.workplace,
                self.application,
                on_problem=self._go_to_problem,
                on_changed=self._reopen,
            )
        else:
            title = node.label or self.application.form.title
            self.view = SectionView(
                self.application, node, on_kept=self._kept, attempt=self.workplace.attempt
            )
        if self._update_card is not None:
            self._update_card.setParent(None)
            layout.addWidget(self._update_card)
            self._update_card.show()
        layout.addWidget(text(title, "page"))
        layout.addWidget(self.view)
        layout.addStretch(1)
        self._area = scrolling(holder)
        self._middle.addWidget(self._area)

    def _documents_changed(self) -> None:
        self.application.take_documents()
        self.show_section(_DOCUMENTS)

    def _go_to_problem(self, problem: Problem) -> None:
        key = next(
            (
                one
                for one in self._keys()
                if problem.path.startswith((f"{one}/", f"{one}[")) or problem.path == one
            ),
            self._keys()[0],
        )
        self.show_section(key, focus=problem.path)
        if isinstance(self.view, SectionView):
            self.view.show_missing(problem.path, problem.message)

    def _reopen(self) -> None:
        self.application = open_application(self.desk, self.application.id)
        self.show_section(_REVIEW)
        self.workplace.refresh_counts()

    def _move(self, steps: int) -> None:
        keys = self._keys()
        place = keys.index(self.section) if self.section in keys else 0
        self.show_section(keys[max(0, min(place + steps, len(keys) - 1))])

    def _kept(self, kept: Kept) -> None:
        self._saved.setText(f"Enregistré à {hour(kept.at)}")
        self._saved.setAccessibleName(self._saved.text())
        self._show_progress()

    def _show_progress(self) -> None:
        filling = self.application.filling
        steps = [
            Step(
                one.path,
                f"{number}.\u2002{one.label}",
                one.complete and (one.answered > 0 or one.total == 0),
                one.invalid > 0,
            )
            # Numbered among all, asked or not: the same numbers stand on paper.
            for number, one in enumerate(filling.sections(), start=1)
            if one.relevant
        ]
        if self.application.asks_documents:
            missing = [
                asked
                for asked in self.application.documents()
                if not asked.joined and filling.is_required(asked.request)
            ]
            steps.append(Step(_DOCUMENTS, "Pièces à joindre", not missing, False))
        steps.append(Step(_REVIEW, "Relire et imprimer", False, False))
        self.steps.show_steps(tuple(steps), self.section)
        progress = filling.progress()
        self._progress.setText(f"{progress.answered} réponses sur {progress.total}")
        keys = [step.key for step in steps]
        self._next.setEnabled(self.section != keys[-1])
        self._previous.setEnabled(self.section != keys[0])

    def _bottom_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("bottombar")
        self._bar_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        self._bar_row.setContentsMargins(24, 11, 24, 11)
        self._bar_row.setSpacing(10)
        state = self.application.state
        if self.application.editable:
            self._saved = chip("Tout est enregistré", Tone.GOOD)
        else:
            self._saved = chip(STATE_WORDS[state], STATE_TONES[state])
        self._progress = line("", "soft")
        self._previous = button("Précédent", self.previous_section)
        self._next = button("Suivant", self.next_section, Weight.PRIMARY)
        told, buttons = QHBoxLayout(), QHBoxLayout()
        for words in (self._saved, self._progress):
            told.addWidget(words)
        told.addStretch(1)
        for made in (button("Aperçu", self.print_paper), self._previous, self._next):
            buttons.addWidget(made)
        for part in (told, buttons):
            part.setSpacing(14)
            self._bar_row.addLayout(part)
        return bar

    def _put_update_away(self) -> None:
        if self._update_card is not None:
            self._update_card.hide()
            self._update_card.deleteLater()
            self._update_card = None

    def _leave_field(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()
