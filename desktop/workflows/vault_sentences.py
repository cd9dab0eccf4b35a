"""What to tell the user when the vault refuses: users, roles, backups, repair, the disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

VAULT_SENTENCES: dict[str, str | Callable[[Any], str]] = {
    "NotEnoughMemory": (
        "Ce poste n’a pas assez de mémoire pour ouvrir cet accès. Rien n’a été modifié. Fermez "
        "d’autres programmes, ou ouvrez le coffre sur le poste habituel."
    ),
    "AccessWithdrawn": (
        "Cet accès a été retiré ou remplacé. Un ancien fichier des accès (vault.keys) a été remis "
        "en place. Prévenez un responsable."
    ),
    "NotResponsible": "Seul un responsable peut faire cela. Rien n’a été modifié.",
    "ReadOnlySession": (
        "Votre accès est en lecture seule. Rien n’a été modifié. Demandez à un responsable de "
        "changer votre rôle."
    ),
    "LastResponsible": (
        "Il faut qu’un responsable au moins puisse ouvrir le coffre. Rien n’a été modifié. Nommez "
        "d’abord un autre responsable."
    ),
    "NameTaken": "Un autre utilisateur porte déjà ce nom. Rien n’a été modifié. Précisez le nom.",
    "PassphraseTaken": (
        "Cette phrase de passe ne convient pas. Rien n’a été modifié. Choisissez-en une autre."
    ),
}
