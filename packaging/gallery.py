"""Draw docs/images/forms/ and write docs/forms.md: each form’s first screen, and its first page.

`python packaging/gallery.py`: from the real window and the real paper, with invented people.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QApplication

from desktop.ui.app import end_application, make_application
from desktop.ui.filling.filling_page import FillingPage
from desktop.ui.page import Place
from desktop.ui.window import Window
from desktop.ui.workplace import OpenWorkplace
from desktop.workflows.demo.people import PASSPHRASE
from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.filling.applications import WORTH_WORDS, start_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.printing.papers import Heading, paper_of_filling
from exports.paper.render import render_page
from forms.answers import read_answers
from forms.catalogue import Entry, catalogue
from forms.filling import Filling
from vault.vault import Vault, VaultKind

ROOT = Path(__file__).resolve().parents[1]
ANSWERS = ROOT / "tests" / "answers"
OFFICIAL = ROOT.parent / "shared" / "official"
IMAGES = ROOT / "docs" / "images" / "forms"
PAGE = ROOT / "docs" / "forms.md"
TODAY = date(2026, 11, 24)
_HEIGHT = 640
_GAP = 16
HEAD = """\
# The catalogue

Drawn by `make screenshots`: each form’s first screen, and the first page of its paper, filled for
invented people. Forms whose official PDF is not at hand show their preparation sheet.

"""


def main() -> None:
    """Draw every form, and write the page that shows them."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["XDG_CONFIG_HOME"] = temporary
        vault, _ = Vault.create(
            Path(temporary) / "coffre",
            kind=VaultKind.STATION,
            place="Maison d’arrêt de Valmont",
            user="C. Le Goff",
            passphrase=PASSPHRASE,
        )
        desk = desk_of(vault)
        window = Window()
        window.resize(1280, 800)
        window.show()
        window.open_desk(desk)
        lines = [HEAD]
        for entry in catalogue().entries():
            draw(window, desk, entry).save(IMAGES / f"{entry.id}.png", optimize=True)
            told = " · ".join(
                part for part in (entry.number, WORTH_WORDS[entry.worth], f"`{entry.id}`") if part
            )
            lines.append(
                f"## {entry.title}\n\n{told}\n\n{entry.summary}\n\n"
                f"![{entry.title}](images/forms/{entry.id}.png)\n\n"
            )
            print(entry.id)
        window.close()
        window.deleteLater()
        vault.lock()
    PAGE.write_text("".join(lines).rstrip() + "\n", encoding="utf-8")
    end_application(application)


def draw(window: Window, desk: Desk, entry: Entry) -> Image.Image:
    """A form's first screen and first page, side by side, in few colours."""
    screen, paper = first_screen(window, desk, entry), first_page(entry)
    both = Image.new("RGB", (screen.width + _GAP + paper.width, _HEIGHT), "white")
    both.paste(screen, (0, 0))
    both.paste(paper, (screen.width + _GAP, 0))
    return both.quantize(200)


def first_screen(window: Window, desk: Desk, entry: Entry) -> Image.Image:
    """The first section with the invented answers."""
    answers = read_answers(catalogue().form(entry.id), answers_of(entry.id))
    person = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    record = start_application(desk, person, entry.id)
    desk.vault.applications.save_answers(record, answers, position=None, answered=0, total=0)
    workplace = window.centralWidget()
    assert isinstance(workplace, OpenWorkplace)
    workplace.go(Place.FILLING, record)
    assert isinstance(workplace.page, FillingPage)
    for _turn in range(12):
        QApplication.processEvents()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return fitted(Image.open(io.BytesIO(buffer.data().data())))


def first_page(entry: Entry) -> Image.Image:
    """The first page that holds an answer: of the official form, the letter or the sheet."""
    form = catalogue().form(entry.id)
    filling = Filling(form, read_answers(form, answers_of(entry.id)), today=TODAY)
    paper = paper_of_filling(
        catalogue(),
        filling,
        official_pdf=official_of(entry.id),
        application_id="",
        heading=Heading("Zoë ÜNAL-ŒILLET", None, "48 213", "Maison d’arrêt de Valmont", TODAY),
    )
    page = render_page(paper.pdf, 0, scale=1.6)
    size = (page.width, page.height)
    return fitted(Image.frombuffer("RGB", size, page.data, "raw", "BGRX", page.stride, 1))


def answers_of(form_id: str) -> object:
    """The invented answers of a form."""
    return json.loads((ANSWERS / f"{form_id}.json").read_text("utf-8"))


def official_of(form_id: str) -> bytes | None:
    """The official PDF of a form, where it is at hand."""
    import hashlib

    mapping = catalogue().official(form_id)
    for file in sorted(OFFICIAL.glob("*.pdf")) if mapping else ():
        content = file.read_bytes()
        if mapping and hashlib.sha256(content).hexdigest() in mapping.sha256:
            return content
    return None


def fitted(picture: Image.Image) -> Image.Image:
    """A picture brought to the gallery's height."""
    width = round(picture.width * _HEIGHT / picture.height)
    return picture.convert("RGB").resize((width, _HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
