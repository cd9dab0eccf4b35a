"""What goes with applications by post: seen, printed, saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button
from desktop.ui.parts.card import Card
from desktop.ui.parts.check_row import CheckRow
from desktop.ui.parts.choice_list import ChoiceList
from desktop.ui.parts.column import column, scrolling
from desktop.ui.parts.field import TextField
from desktop.ui.parts.flow import flowing
from desktop.ui.parts.growing_list import GrowingList
from desktop.ui.parts.text import text
from desktop.ui.parts.tick import Tick
from desktop.ui.printing.paper_view import PaperView
from desktop.ui.printing.told import IN_CLEAR, sent_to
from desktop.ui.printing.wishes_row import WishesRow
from desktop.workflows.filling.applications import (
    ApplicationRow,
    applications_of,
    count_applications,
    list_applications,
)
from desktop.workflows.filling.states import WAITING_HERE, Tone
from desktop.workflows.printing.mailing import (
    MailPaper,
    prepare_checklist,
    prepare_covering_slip,
    prepare_envelope,
    prepare_labels,
    recipient_of,
    record_mail_print,
    save_mail_paper,
)

_WIDTH = 760
_LEAST_VIEW = 420
_OTHERS_AT_ONCE = 10
_ADDRESS = "address"


class MailingPage(Page):
    """State: what is ticked to leave, the address typed, the paper shown, in memory only."""

    def __init__(self, workplace: Workplace, record: str) -> None:
        """Show the page.

        Args:
            workplace: the window around it.
            record: the applications that leave, by identifier, separated by spaces.
        """
        super().__init__(workplace)
        self._given = tuple(record.split())
        self.paper: MailPaper | None = None
        self.applications: dict[str, QCheckBox] = {}
        holder, layout = column()
        layout.addWidget(text("Envoi par la poste", "page"))
        for card in (self._contents(), self._destination(), self._papers()):
            card.setMaximumWidth(_WIDTH)
            layout.addWidget(card)
        self.wishes = WishesRow()
        self._print = button("Imprimer", self.print_paper, Weight.PRIMARY)
        self._save = button("Enregistrer le PDF…", self._choose_file)
        self.view = PaperView(workplace)
        self.view.setMinimumHeight(_LEAST_VIEW)
        self._shown = QWidget()
        shown = QVBoxLayout(self._shown)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(12)
        for part in (flowing(self._print, self._save), self.wishes, self.view):
            shown.addWidget(part)
        self._shown.hide()
        layout.addWidget(self._shown, 1)
        layout.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def first_focus(self) -> QWidget | None:
        """The address, which only a person knows."""
        return self.address.target

    def unsaved(self) -> dict[str, str]:
        """What is ticked, and the address."""
        ticked = {key: str(box.isChecked()) for key, box in self.applications.items()}
        return {**ticked, _ADDRESS: self.address.words()}

    def take_back(self, unsaved: Mapping[str, str]) -> None:
        """Tick again what was ticked; write the address again."""
        for key, box in self.applications.items():
            if key in unsaved:
                box.setChecked(unsaved[key] == str(True))
        if _ADDRESS in unsaved:
            self.address.input.setPlainText(unsaved[_ADDRESS])

    def print_paper(self) -> None:
        """Print the paper shown; the journal keeps that it was done."""
        if self.paper is None:
            return
        from desktop.ui.printing import printer as printing

        paper, wishes = self.paper, self.wishes.wishes(self.view.shown)
        printer = self.workplace.attempt(
            lambda: printing.print_pdf(
                self,
                paper.pdf,
                title=paper.title,
                single_sided=False,
                wishes=wishes,
            )
        )
        if printer is not None:
            pages = paper.pages if wishes.page is None else 1
            self.workplace.attempt(
                lambda: record_mail_print(self.desk, paper, printer=printer, pages=pages)
            )
            self.workplace.say(*sent_to(printer))

    def save_to(self, file: Path) -> None:
        """Save the paper shown in clear where the user chose; the journal keeps it."""
        paper = self.paper
        if paper is None:
            return

        def save() -> bool:
            save_mail_paper(self.desk, paper, file)
            return True

        if self.workplace.attempt(save):
            self.workplace.say(*IN_CLEAR)

    def escape(self) -> None:
        """Back to the application, or to the exchanges."""
        if len(self._given) == 1 and not self.desk.is_relay:
            self.workplace.go(Place.FILLING, self._given[0])
        else:
            self.workplace.go(Place.INBOX if self.desk.is_relay else Place.EXCHANGES)

    def _contents(self) -> Card:
        card = Card("Ce que contient l’enveloppe")
        given = applications_of(self.desk, self._given)
        for row in given:
            card.add(self._line(row))
        waiting = sum(row.state in WAITING_HERE for row in given)
        self._read = 0
        others = count_applications(self.desk, WAITING_HERE) - waiting
        card.add(GrowingList(others, self._others, at_once=_OTHERS_AT_ONCE, ruled=False))
        return card

    def _others(self, _: int, limit: int) -> list[CheckRow]:
        """The next ones that could leave too, without those given."""
        found: list[CheckRow] = []
        while len(found) < limit:
            rows = list_applications(self.desk, states=WAITING_HERE, limit=limit, offset=self._read)
            self._read += len(rows)
            found += [self._line(row) for row in rows if row.id not in self._given]
            if len(rows) < limit:
                break
        return found

    def _line(self, row: ApplicationRow) -> CheckRow:
        made = CheckRow(f"{row.person} — {row.title}")
        made.box.setChecked(row.id in self._given)
        self.applications[row.id] = made.box
        return made

    def _destination(self) -> Card:
        card = Card("À qui")
        self.address = TextField(
            "Adresse du destinataire", hint="Une ligne sous l’autre, six au plus."
        )
        self.address.show_text("\n".join(self.workplace.attempt(self._first_recipient) or ()))
        card.add(self.address)
        return card

    def _first_recipient(self) -> tuple[str, ...]:
        """The address of the first letter among what leaves."""
        addresses = (recipient_of(self.desk, one) for one in self._given)
        return next(filter(None, addresses), ())

    def _papers(self) -> Card:
        from exports.paper.mail.envelopes import FORMATS
        from exports.paper.mail.labels import SHEETS

        card = Card("Papiers")
        card.body.setSpacing(14)
        self.envelopes = _choices("Format de l’enveloppe", [one.name for one in FORMATS])
        self.with_sender = Tick("Écrire l’expéditeur")
        self.sheets = _choices("Planche d’étiquettes", [one.name for one in SHEETS])
        self.first = _choices("Première étiquette libre", [])
        self.sheets.currentIndexChanged.connect(lambda _: self._count_labels())
        self._count_labels()
        card.add(
            flowing(
                button("Voir le bordereau", self._show_slip),
                button("Voir la liste des pièces", self._show_checklist),
            )
        )
        card.add(
            flowing(
                button("Voir l’enveloppe", self._show_envelope), self.envelopes, self.with_sender
            )
        )
        card.add(flowing(button("Voir les étiquettes", self._show_labels), self.sheets, self.first))
        card.add(
            text(
                "Sur l’enveloppe, l’expéditeur dirait d’où vient le courrier\u00a0: il n’y est que "
                "si vous le demandez.",
                "soft",
            )
        )
        return card

    def _count_labels(self) -> None:
        from exports.paper.mail.labels import SHEETS

        self.first.clear()
        count = SHEETS[self.sheets.currentIndex()].count
        self.first.addItems([f"Dès la {_rank(number)}" for number in range(1, count + 1)])

    def _ticked(self) -> list[str]:
        return [key for key, box in self.applications.items() if box.isChecked()]

    def _lines(self) -> list[str]:
        return self.address.words().splitlines()

    def _show_slip(self) -> None:
        desk, ticked, lines = self.desk, self._ticked(), self._lines()
        self._prepare(lambda: prepare_covering_slip(desk, ticked, lines))

    def _show_checklist(self) -> None:
        desk, ticked = self.desk, self._ticked()
        self._prepare(lambda: prepare_checklist(desk, ticked))

    def _show_envelope(self) -> None:
        desk, ticked, lines = self.desk, self._ticked(), self._lines()
        envelope, sender = self.envelopes.currentText(), self.with_sender.isChecked()
        self._prepare(
            lambda: prepare_envelope(desk, ticked, lines, envelope=envelope, with_sender=sender)
        )

    def _show_labels(self) -> None:
        desk, ticked, lines = self.desk, self._ticked(), self._lines()
        sheet, first = self.sheets.currentText(), self.first.currentIndex() + 1
        self._prepare(lambda: prepare_labels(desk, ticked, lines, sheet=sheet, first=first))

    def _prepare(self, prepare: Callable[[], MailPaper]) -> None:
        self.workplace.in_background(prepare, self._show_paper)

    def _show_paper(self, paper: MailPaper) -> None:
        self.paper = paper
        self._shown.show()
        self.wishes.count_pages(paper.pages)
        self.view.show_paper(paper.pdf, paper.pages)
        self._print.setFocus()
        if paper.problem:
            self.workplace.say(paper.problem, Tone.CARE)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer le PDF", "envoi.pdf", "PDF (*.pdf)"
        )
        if chosen:
            self.save_to(Path(chosen))


def _rank(number: int) -> str:
    return "1re" if number == 1 else f"{number}e"


def _choices(name: str, words: list[str]) -> ChoiceList:
    made = ChoiceList()
    made.setAccessibleName(name)
    made.addItems(words)
    return made
