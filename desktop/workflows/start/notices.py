"""What whoever opens the vault is told first: wrong tries, older keys, what is left to do."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.workflows.desk import Desk
from desktop.workflows.filling.states import Tone
from desktop.workflows.settings.backups import backup_state
from desktop.workflows.start.recovery_sheet import needs_reading_back

N = "\u00a0"


@dataclass(frozen=True)
class Notice:
    """What to say, and how gravely."""

    sentence: str
    tone: Tone


def attempts_said(count: int) -> str:
    """« 3 essais infructueux depuis votre dernière session. »; empty for none."""
    if not count:
        return ""
    plural = "s" if count > 1 else ""
    return f"{count}{N}essai{plural} infructueux depuis votre dernière session."


def opening_notice(desk: Desk) -> Notice | None:
    """What to tell whoever just opened the vault; None when there is nothing."""
    session = desk.vault.session
    said = [attempts_said(session.failed_attempts)]
    if session.keys_were_damaged:
        said.append(
            "Le fichier des accès (vault.keys) était abîmé. Celui d’avant a été remis à sa place. "
            "Les données sont intactes. Un accès ou une phrase de passe changés depuis peuvent "
            "manquer\u00a0: vérifiez qui peut ouvrir ce coffre, puis faites une sauvegarde."
        )
    elif session.keys_are_older:
        said.append(
            "Un ancien fichier des accès (vault.keys) a été remis en place. Prévenez un "
            "responsable\u00a0: un accès donné depuis peut manquer."
        )
    if session.is_responsible and session.rekey_pending:
        said.append(
            "Le changement de la clé du coffre n’est pas allé au bout. Recommencez-le dans "
            "Réglages, «\u00a0Qui peut ouvrir ce coffre\u00a0»."
        )
    elif session.is_responsible and needs_reading_back(desk):
        said.append(
            "La feuille de secours n’a pas été relue. Relisez-la dans Réglages, "
            "«\u00a0Qui peut ouvrir ce coffre\u00a0»."
        )
    if session.may_write:
        said.append(_backup_said(desk))
    words = " ".join(one for one in said if one)
    if not words:
        return None
    is_grave = session.keys_are_older or session.keys_were_damaged
    return Notice(words, Tone.BAD if is_grave else Tone.CARE)


def _backup_said(desk: Desk) -> str:
    state = backup_state(desk)
    if not state.due:
        return ""
    return f"{state.said} Faites-en une dans Réglages, «{N}Sauvegardes{N}»."
