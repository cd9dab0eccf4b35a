"""The supporting documents of an application: asked for, joined, seen, removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from desktop.ui.page import Workplace
from desktop.ui.parts.button import Weight, button, writing_button
from desktop.ui.parts.card import Card
from desktop.ui.parts.chip import chip
from desktop.ui.parts.column import in_line
from desktop.ui.parts.text import text
from desktop.workflows.filling.documents import document_content, join_document, remove_document
from desktop.workflows.filling.open_application import OpenApplication
from desktop.workflows.filling.scanner import scanner_folder
from desktop.workflows.filling.states import Tone
from vault.records.documents import Document

_KINDS = "Pièces (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
_PICTURE_WIDTH = 560


class DocumentsView(QWidget):
    """State: the documents of one application, and the one being looked at."""

    def __init__(
        self,
        workplace: Workplace,
        application: OpenApplication,
        *,
        on_changed: Callable[[], object],
    ) -> None:
        super().__init__()
        self._workplace = workplace
        self._application = application
        self._on_changed = on_changed
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        for asked in application.documents():
            card = Card()
            card.setMaximumWidth(680)
            needed = application.filling.is_required(asked.request)
            state, tone = ("Jointe", Tone.GOOD) if asked.joined else ("À joindre", Tone.CARE)
            if not asked.joined and not needed:
                state, tone = "Si possible", Tone.NEUTRAL
            card.body.addLayout(in_line(text(asked.request.label, "strong"), chip(state, tone)))
            if asked.request.note:
                card.add(text(asked.request.note, "soft"))
            self._listed(card, asked.joined, asked.request.name)
            layout.addWidget(card)
        others = Card("Autres pièces")
        others.setMaximumWidth(680)
        self._listed(others, application.other_documents(), None)
        layout.addWidget(others)
        self._picture = QLabel()
        self._picture.setAccessibleName("Aperçu de la pièce")
        self._picture.hide()
        layout.addWidget(self._picture)

    def join(self, file: Path, request_name: str | None) -> None:
        """Join a file; reading and reducing it happen off the window's thread."""
        desk, record = self._workplace.desk, self._application.id
        self._workplace.in_background(
            lambda: join_document(desk, record, file, request_name=request_name),
            lambda _: self._changed("La pièce est jointe."),
        )

    def _listed(
        self, card: Card, documents: tuple[Document, ...], request_name: str | None
    ) -> None:
        for document in documents:
            size = max(1, round(document.size / 1024))
            card.body.addLayout(
                in_line(
                    text(f"{document.name} · {size}\u00a0Ko"),
                    button("Voir", partial(self._look, document), Weight.LINK),
                    writing_button("Retirer", partial(self._remove, document), Weight.LINK),
                )
            )
        if self._application.editable:
            add = writing_button("Ajouter un fichier…", lambda: self._choose(request_name))
            card.body.addLayout(in_line(add))

    def _choose(self, request_name: str | None) -> None:
        start = scanner_folder(self._workplace.desk)
        chosen, _ = QFileDialog.getOpenFileName(self, "Choisir la pièce", str(start or ""), _KINDS)
        if chosen:
            self.join(Path(chosen), request_name)

    def _remove(self, document: Document) -> None:
        def remove() -> bool:
            remove_document(self._workplace.desk, document.id)
            return True

        if self._workplace.attempt(remove):
            self._changed("La pièce est retirée. Le fichier d’origine est intact.")

    def _look(self, document: Document) -> None:
        desk = self._workplace.desk
        self._workplace.in_background(
            lambda: _first_page(document, document_content(desk, document.id)), self._show
        )

    def _show(self, picture: QPixmap | bytes) -> None:
        shown = QPixmap()
        if isinstance(picture, bytes):
            shown.loadFromData(picture)
        else:
            shown = picture
        width = min(_PICTURE_WIDTH, shown.width())
        self._picture.setPixmap(
            shown.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        )
        self._picture.show()

    def _changed(self, sentence: str) -> None:
        self._workplace.say(sentence, Tone.GOOD)
        self._on_changed()


def _first_page(document: Document, content: bytes) -> object:
    """The first page of a document: the bytes of an image, or a picture of a PDF's page."""
    if document.media_type != "application/pdf":
        return content
    from desktop.ui.printing.printer import image
    from exports.paper.foreign import render_page

    return QPixmap.fromImage(image(render_page(content, 0, scale=1.2)))
