"""Linking a form to an online procedure: its description read, a question chosen for each field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.ui.online.link_row import LinkRow
from desktop.ui.page import Page, Place, Workplace
from desktop.ui.parts.button import Weight, button, weigh, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.check_row import CheckRow
from desktop.ui.parts.column import column, in_line, scrolling
from desktop.ui.parts.field import Field, LineField, on_return
from desktop.ui.parts.flow import FlowLayout
from desktop.ui.parts.progress import ProgressCard
from desktop.ui.parts.text import text
from desktop.ui.theme import scale_of
from desktop.workflows.filling.states import Tone
from desktop.workflows.online.errors import NoOnlineFiling
from desktop.workflows.online.mapping import (
    Mappable,
    MappingProposal,
    find_question,
    propose_mapping,
    rows_of,
    save_mapping,
)
from desktop.workflows.online.procedures import client_for, online_filing, schema_from_file
from exports.online.schema import Schema
from forms.online import OnlineStatus

N = "\u00a0"
_WIDTH = 680


class MappingPage(Page):
    """State: the description read, and the question chosen for each of its fields."""

    def __init__(self, workplace: Workplace, record: str = "") -> None:
        super().__init__(workplace)
        self.desk.require_relay()
        self._record = record
        self._form = self.desk.catalogue.form(self.desk.vault.applications.get(record).form_id)
        self._content = b""
        self._asked = 0
        self.rows: dict[str, LinkRow] = {}
        self.address = LineField(
            "Adresse de la démarche",
            hint=f"Celle qui contient «{N}/commencer/{N}». Seuls les portails permis sont lus.",
            width=600,
        )
        self.address.show_text(self._known_address())
        self.verified = CheckRow("J’ai comparé cette démarche avec ce que dit l’organisme")
        self.progress = ProgressCard(stop_words="Ne plus attendre")
        self.progress.stopped.connect(self._let_go)
        self._read = button("Lire cette adresse", self.read_address, Weight.PRIMARY)
        self._links = QVBoxLayout()
        self._links.setSpacing(16)
        holder, layout = column()
        layout.addWidget(
            button("← Revenir au dépôt en ligne", self.escape, Weight.LINK),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        layout.addWidget(text("Relier à une démarche en ligne", "page"))
        self._cards: list[QWidget] = [self._source(), self.progress]
        for card in self._cards:
            layout.addWidget(card)
        layout.addLayout(self._links)
        layout.addStretch(1)
        on_return(self.address, self.read_address)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def arrange(self, width: float) -> None:
        """Cards as wide as the zoom asks: what is chosen in them is never cut."""
        for card in self._cards:
            card.setMaximumWidth(round(_WIDTH * scale_of(self)))

    def bar_title(self) -> tuple[str, str] | None:
        """Which form is linked."""
        return "Démarche en ligne", self._form.title

    def first_focus(self) -> QWidget | None:
        """The address."""
        return self.address.target

    def questions(self) -> Mapping[str, Field]:
        """The address, being typed."""
        return {"address": self.address}

    def escape(self) -> None:
        """Back to the filing."""
        self.workplace.go(Place.ONLINE, self._record)

    def read_address(self) -> None:
        """Read the procedure's description on its portal."""
        desk, address = self.desk, self.address.text().strip()
        self._ask("Lecture de la démarche…", lambda: client_for(desk, address).schema(address))

    def read_file(self, file: Path) -> None:
        """Read the procedure's description in a file saved from its portal."""
        self._ask("Lecture du fichier…", lambda: schema_from_file(file))

    def show_procedure(self, content: bytes) -> None:
        """Show what a procedure asks, and the question proposed for each field."""
        proposal: MappingProposal | None = self.workplace.attempt(
            lambda: propose_mapping(self.desk, self._form.id, content)
        )
        if proposal is None:
            return
        self._content = content
        self._empty()
        self._put(self._heading(proposal.schema))
        identity = "Seulement si la démarche s’adresse à des particuliers."
        self._put(self._card("Qui dépose", identity, proposal.identity, proposal.schema))
        self._put(self._card("Les champs de la démarche", "", proposal.fields, proposal.schema))
        self._put(self._last(proposal.left))
        weigh(self._read, Weight.SECONDARY)
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.question.setFocus()

    def save(self) -> None:
        """Keep the links, and go back to see what would leave."""
        chosen = {key: row.link() for key, row in self.rows.items()}

        def keep() -> bool:
            save_mapping(
                self.desk,
                self._form.id,
                self._content,
                chosen,
                address=self.address.text().strip(),
                verified=self.verified.box.isChecked(),
            )
            return True

        if self.workplace.attempt(keep):
            self.workplace.go(Place.ONLINE, self._record)
            linked = sum(bool(link.question) for link in chosen.values())
            self.workplace.say(
                f"Les liens sont gardés{N}: {linked} champs reliés. Relisez ce qui partirait.",
                Tone.GOOD,
            )

    def _source(self) -> Card:
        card = Card("La démarche")
        card.body.setSpacing(10)
        card.add(
            text(
                "Le portail publie ce que chaque démarche demande. Lisez-le à son adresse, ou dans "
                f"le fichier de la page qui finit par «{N}/schema{N}».",
                "soft",
            )
        )
        card.add(self.address)
        holder = QWidget()
        flow = FlowLayout(holder)
        flow.addWidget(self._read)
        flow.addWidget(button("Lire un fichier…", self._choose))
        card.add(holder)
        return card

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "Choisir la description", "", "Description (*.json);;Tous les fichiers (*)"
        )
        if chosen:
            self.read_file(Path(chosen))

    def _let_go(self) -> None:
        self._end()
        self.workplace.say("La réponse n’est plus attendue. Rien n’a changé.", Tone.CARE)

    def _end(self) -> None:
        self.progress.end()
        self._read.setEnabled(True)

    def _ask(self, words: str, work: Callable[[], bytes]) -> None:
        self._asked += 1
        asked = self._asked
        self._read.setEnabled(False)
        self.progress.begin(words)

        def arrived(content: bytes) -> None:
            # Not that of a question given up meanwhile.
            if asked == self._asked and self.progress.go_on():
                self._end()
                self.show_procedure(content)

        self.workplace.in_background(work, arrived, failed=self._end)

    def _heading(self, schema: Schema) -> Card:
        card = Card(f"Démarche n°{N}{schema.number}")
        card.add(text(schema.title, "strong"))
        card.add(text(schema.address or self.address.text(), "soft"))
        if schema.legal_basis:
            card.add(text(f"Cadre juridique, selon le portail{N}: {schema.legal_basis}", "soft"))
        if not schema.open:
            card.add(text("Elle n’accepte plus de dossier.", "warning"))
        return card

    def _card(self, title: str, note: str, mappables: tuple[Mappable, ...], schema: Schema) -> Card:
        def rows(key: str, repeat: str) -> tuple[Mappable, ...]:
            asked = schema.find(key)
            return rows_of(self._form, asked, repeat) if asked is not None else ()

        card = Card(title)
        card.body.setSpacing(8)
        if note:
            card.add(text(note, "soft"))
        for one in mappables:
            row = LinkRow(one, lambda name: find_question(self._form, name), rows)
            self.rows[one.key] = row
            card.add(row)
        return card

    def _last(self, left: tuple[str, ...]) -> Card:
        card = Card("Garder les liens")
        card.body.setSpacing(10)
        if left:
            card.add(text(f"Toujours à remplir dans le navigateur{N}: {', '.join(left)}.", "soft"))
        card.add(self.verified)
        self.verified.show()
        card.body.addLayout(
            in_line(writing_button("Enregistrer les liens", self.save, Weight.PRIMARY))
        )
        return card

    def _put(self, card: Card) -> None:
        card.setMaximumWidth(round(_WIDTH * scale_of(self)))
        self._cards.append(card)
        self._links.addWidget(card)

    def _empty(self) -> None:
        self.rows = {}
        del self._cards[2:]
        self.verified.setParent(self)
        self.verified.hide()
        while (item := self._links.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _known_address(self) -> str:
        try:
            filing = online_filing(self.desk, self._form.id)
        except NoOnlineFiling:
            return ""
        if filing.procedure is None or filing.status is OnlineStatus.EXAMPLE:
            return ""
        return filing.procedure.address
