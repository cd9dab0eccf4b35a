"""What to tell the user of a relay when filing online does not go through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

N = "\u00a0"


def _address(error: Any) -> str:
    named = f" «{N}{error.host}{N}»" if error.host else ""
    return (
        f"Cette adresse{named} n’est pas sur la liste des portails permis. Rien n’a été envoyé. "
        "Vérifiez l’adresse de la démarche."
    )


ONLINE_SENTENCES: dict[str, str | Callable[[Any], str]] = {
    "OnlineError": "Le portail n’a pas pu être utilisé. Rien n’est perdu. Réessayez plus tard.",
    "AddressNotAllowed": _address,
    "NotAProcedureAddress": (
        "Cette adresse n’est pas celle d’une démarche. Copiez l’adresse qui contient «"
        f"{N}/commencer/{N}»."
    ),
    "ProxyUnusable": (
        "Le serveur mandataire (proxy) de ce poste ne fonctionne pas. Rien n’a été envoyé. "
        "Demandez au service informatique."
    ),
    "PortalUnreachable": (
        "Le portail ne répond pas. Rien n’a été envoyé. Vérifiez la connexion, puis réessayez."
    ),
    "PortalSilent": "Le portail n’a pas répondu à temps. Rien n’a changé. Réessayez plus tard.",
    "OutcomeUnknown": (
        "Le brouillon a été envoyé, mais aucune réponse claire n’est venue. Il existe peut-être. "
        "Il n’est pas renvoyé sans votre accord. Un brouillon que personne ne reprend s’efface "
        f"après 5{N}jours."
    ),
    "PortalBusy": lambda error: (
        f"Le portail demande d’attendre {error.seconds}{N}secondes. Rien n’a été créé. Réessayez "
        "ensuite."
    ),
    "ProcedureNotFound": (
        "Le portail ne trouve pas cette démarche. Rien n’a été créé ni changé. Elle est peut-être "
        "fermée, ou non publiée en données ouvertes. Vérifiez-la dans le navigateur."
    ),
    "PortalRefused": lambda error: (
        f"Le portail a refusé le brouillon (réponse {error.status}). Rien n’a été créé. Relisez la "
        "démarche, puis réessayez."
    ),
    "UnexpectedAnswer": (
        "Le portail a répondu autrement que prévu. Rien n’a changé ici. Le portail a peut-être "
        "changé de version."
    ),
    "AnswerTooLarge": "La réponse du portail est trop grande. Rien n’a changé ici.",
    "SchemaUnreadable": (
        "Ce n’est pas la description d’une démarche. Rien n’a été gardé. Enregistrez la page qui "
        f"finit par «{N}/schema{N}»."
    ),
    "FilingTooLarge": "Ces réponses sont trop longues pour le portail. Rien n’a été envoyé.",
    "NothingToPrefill": (
        "Aucune réponse ne va dans un champ de la démarche. Rien n’a été envoyé. Reliez d’abord "
        "les champs."
    ),
    "Interrupted": "La connexion s’est coupée. Réessayez plus tard.",
    "NoOnlineFiling": (
        "Rien ne dit où déposer ce formulaire en ligne. Rien n’a été envoyé. Suivez le guide du "
        "formulaire."
    ),
    "ExampleProcedure": (
        "Cette démarche est un exemple inventé. Rien n’a été envoyé. Reliez le formulaire à la "
        "vraie démarche."
    ),
    "OtherProcedure": (
        "Cette description est celle d’une autre démarche. Rien n’a été gardé. Vérifiez le numéro."
    ),
    "NotAPortalAddress": (
        "Ce n’est pas l’adresse d’un portail. Rien n’a changé. Écrivez-la entière, avec "
        f"«{N}https://{N}» au début."
    ),
    "ProcedureClosed": (
        "Cette démarche n’accepte plus de dossier. Rien n’a été envoyé. Vérifiez l’adresse auprès "
        "de l’organisme."
    ),
    "FilingUndecided": (
        "Un envoi précédent est resté sans réponse. Rien n’a été renvoyé. Dites s’il faut créer un "
        "autre brouillon."
    ),
    "DraftAlreadySent": (
        "Un brouillon existe déjà pour cette démarche. Rien n’a été renvoyé. Ouvrez-le, ou dites "
        "s’il faut en créer un autre."
    ),
    "NothingToFollow": "Aucun brouillon n’a été envoyé pour cette démarche.",
    "NotFiledYet": (
        "Le dossier n’a pas encore été déposé. Rien n’a été noté. Ouvrez le brouillon et "
        "déposez-le dans le navigateur."
    ),
}
