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
    "DiskFull": (
        "Il n’y a plus de place sur le disque ou la clé. Ce qui était enregistré est gardé. "
        "Libérez de la place, puis réessayez."
    ),
    "FolderReadOnly": (
        "Ce disque ou cette clé est en lecture seule. Rien n’a été modifié. Déverrouillez la clé, "
        "ou choisissez un autre dossier."
    ),
    "AccessForbidden": (
        "Le système refuse l’accès à ce dossier. Rien n’a été modifié. Demandez les droits sur ce "
        "dossier, ou choisissez-en un autre."
    ),
    "DeviceFails": (
        "Le disque ou la clé ne répond plus. Ce qui était enregistré est gardé. Rebranchez la clé, "
        "puis réessayez\u00a0; si cela recommence, changez-en."
    ),
    "FolderGone": (
        "Ce dossier n’est plus là. Ce qui était enregistré y reste. Rebranchez la clé ou le "
        "disque, puis réessayez."
    ),
    "NotABackup": (
        "Ce dossier ne contient pas de sauvegarde complète. Rien n’a été modifié. Choisissez un "
        "dossier dont le nom commence par «\u00a0trait-dunion\u00a0»."
    ),
    "BackupUnsound": (
        "La sauvegarde, relue, n’est pas bonne. Elle a été supprimée. Le coffre est intact. "
        "Réessayez sur une autre clé."
    ),
    "AccessTooOld": lambda error: (
        f"Ces utilisateurs doivent d’abord ouvrir le coffre une fois, ou être retirés\u00a0: "
        f"{', '.join(error.names)}. Rien n’a été modifié."
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
