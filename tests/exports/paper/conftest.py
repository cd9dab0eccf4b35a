"""What a reader sees of a paper: its words, its codes, where its ink lies, its fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from exports.paper.render import page_count, page_text, render_page
from forms.catalogue import catalogue
from forms.definition import Form
from forms.filling import Filling

TODAY = date(2026, 11, 23)
PROFILE: dict[str, Any] = {
    "identite.civilite": "mme",
    "identite.sexe": "f",
    "identite.nom_naissance": "ÜNAL-ŒILLET",
    "identite.prenoms": "Zoë İpek",
    "naissance.date": "1985-03-12",
    "naissance.commune": "İzmir",
    "naissance.pays": "Turquie",
    "ecrou.numero": "48213",
    "ecrou.etablissement": "Maison d’arrêt de Valmont",
    "ecrou.adresse": "2 chemin des Aulnes, 76540 Valmont",
    "ecrou.date_entree": "2026-10-02",
    "contact.telephone": "0612345678",
    "contact.courriel": "zoe.unal@example.org",
    "identifiants.caf": "1234567",
    "identifiants.electeur": "123456789",
    "famille.enfants": [
        {"nom": "ÜNAL", "prenom": "Çağla", "date_naissance": "2015-07-01"},
        {"nom": "ÜNAL", "prenom": "Loïc", "date_naissance": "2018-02-11"},
    ],
    "election.commune": "Valmont",
    "election.departement": "Seine-Maritime",
}


@dataclass(frozen=True)
class Paper:
    """A PDF as its reader meets it."""

    pdf: bytes

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page, separated by single spaces."""
        return [words(page_text(self.pdf, number)) for number in range(page_count(self.pdf))]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def letters(self) -> str:
        """The text without its spaces: what wrapping cannot change."""
        return re.sub(r"\s", "", self.text)

    def picture(self, number: int, *, dpi: int = 150) -> Image.Image:
        image = render_page(self.pdf, number, scale=dpi / 72)
        size = (image.width, image.height)
        return Image.frombuffer("RGB", size, image.data, "raw", "BGRX", image.stride, 1)

    def codes(self, number: int) -> list[str]:
        """The texts of the codes on a page, as a scanner at 150 dpi reads them."""
        # The boxes of a form may pass for a code of bars, or for a tiny one.
        found = zxingcpp.read_barcodes(self.picture(number))
        return [one.text for one in found if one.format == zxingcpp.BarcodeFormat.QRCode]

    def ink_box(self, number: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all that is printed on a page, in millimetres."""
        grey = self.picture(number, dpi=72).convert("L")
        box = grey.point(lambda level: 255 if level < 235 else 0).getbbox()
        assert box is not None
        left, top, right, bottom = (side / 72 * 25.4 for side in box)
        return left, top, right, bottom

    def fonts(self) -> dict[str, bool]:
        """Each font's name, and whether its letters are in the file."""
        found: dict[str, bool] = {}
        with pikepdf.open(BytesIO(self.pdf)) as document:
            for page in document.pages:
                for font in page.resources.get("/Font", {}).values():
                    for inner in font.get("/DescendantFonts", []):
                        font = inner
                    descriptor = font.get("/FontDescriptor")
                    found[str(font.BaseFont)] = descriptor is not None and (
                        "/FontFile2" in descriptor
                    )
        return found

    def metadata(self) -> dict[str, str]:
        with pikepdf.open(BytesIO(self.pdf)) as document:
            return {key: str(value) for key, value in document.docinfo.items()}


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\ufffe", "").replace("\u00ad", "")).strip()


def filled(form_id: str) -> Filling:
    """A form of the catalogue filled for Zoë ÜNAL-ŒILLET."""
    filling = Filling(catalogue().form(form_id), profile=PROFILE, today=TODAY)
    if form_id == "caf-incarceration":
        filling.set("/data/situation/prestations", ("rsa", "logement"))
        filling.set("/data/situation/foyer", "conjoint")
        filling.set("/data/situation/enfants", 2)
        filling.set("/data/envoi/caf_nom", "CAF de Seine-Maritime")
        filling.set("/data/envoi/caf_adresse", "65 avenue Jean Rondeaux\n76017 Rouen")
        filling.set("/data/envoi/fait_a", "Valmont")
    return filling


FORM_IDS = [entry.id for entry in catalogue().entries()]


@pytest.fixture(params=FORM_IDS)
def form(request: pytest.FixtureRequest) -> Form:
    """Each form of the catalogue in turn."""
    return catalogue().form(request.param)
