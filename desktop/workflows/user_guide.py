"""The user's guide: how the work goes, a part for each place of the window."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from forms.guide import Guide, read_guide

TITLES = (
    "Ouvrir et verrouiller le coffre",
    "Personnes",
    "Remplir une démarche",
    "Imprimer et faire signer",
    "Envoyer une liasse",
    "Sans clé USB",
    "Correspondants",
    "Transférer un dossier",
    "Formulaires",
    "Au poste relais\u00a0: déposer",
    "Au poste relais\u00a0: répondre",
    "Qui peut ouvrir le coffre",
    "Sauvegarder",
    "Effacer, rendre des données",
    "En cas de panne",
    "Touches",
)
"""The parts, in the order they are read."""


@cache
def user_guide() -> Guide:
    """The guide, as it comes with the program (`user_guide.md`, also readable on its own)."""
    file = Path(__file__).with_name("user_guide.md")
    return read_guide(file.read_text(encoding="utf-8"), file=file.name, headings=TITLES)
