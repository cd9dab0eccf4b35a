"""What to tell the user when printed codes do not pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_N = "\u00a0"

PAPER_CODE_SENTENCES: dict[str, str | Callable[[Any], str]] = {
    "PaperCodeError": "Ces pages ne peuvent pas être utilisées. Rien n’a été importé.",
    "TooLongForPaper": (
        "Cette liasse est trop longue pour le papier (43 pages au plus). Elle n’a pas été "
        "imprimée. Retirez des pièces, ou préparez plusieurs liasses."
    ),
    "TooLongForForm": (
        "Les réponses sont trop longues pour les codes d’un formulaire. Rien n’a été transmis. "
        "Imprimez la liasse entière."
    ),
    "NoCodeFound": (
        "Aucun code de Trait d’union sur ces pages. Rien n’a été importé. Numérisez-les à nouveau, "
        "à 300 points par pouce."
    ),
    "CodesMissing": lambda error: (
        f"Il manque encore {error.missing} code{'s' if error.missing > 1 else ''} au moins. Ceux "
        "qui sont lus sont gardés. Numérisez à nouveau les pages indiquées."
    ),
    "CodesDisagree": (
        "Ces codes sont lus, mais ne redonnent pas le fichier imprimé. Rien n’a été importé. "
        "Demandez une nouvelle impression."
    ),
    "ScanUnreadable": (
        "Ce fichier n’est pas une page lisible (PDF, PNG, JPEG, TIFF). Les codes déjà lus sont "
        "gardés. Numérisez la page à nouveau."
    ),
    "SlipFromStranger": (
        "L’expéditeur de ces codes n’est pas un correspondant. Rien n’a été importé. Importez "
        "d’abord sa carte."
    ),
    "SlipMistyped": lambda error: (
        f"Cet accusé est mal recopié{_N}: {error.part}. Rien n’a été modifié. Vérifiez-le "
        "caractère par caractère."
    ),
    "NotOwnFile": (
        "Ce fichier n’a pas été écrit par ce poste. Il n’a pas été imprimé. Choisissez une liasse "
        "ou un accusé d’ici."
    ),
    "NoSuchSentApplication": (
        "Aucune démarche envoyée d’ici ne porte cet identifiant. Rien n’a été modifié. Vérifiez "
        "les huit premiers caractères."
    ),
}
