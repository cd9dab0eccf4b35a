"""The journal told in sentences: what was done for a person or an application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.workflows.dates import short_moment, stored_moment
from desktop.workflows.desk import Desk
from vault.records.former_history import FormerLine
from vault.records.journal import Action, Entry

Detail = Mapping[str, str]


@dataclass(frozen=True)
class HistoryLine:
    """One thing done: when and by whom (« 23 nov. 14 h 32 — C. Le Goff »), and what."""

    when_and_who: str
    what: str


def history_of_person(
    desk: Desk, person_id: str, *, limit: int = 12, looks: bool = False
) -> tuple[HistoryLine, ...]:
    """What was done for a person, the latest first; who only looked too, when asked."""
    former = desk.vault.former_history.of_person(person_id)
    own = desk.vault.journal.of_person(person_id)
    return _together(lines_of(own if looks else _done(own), limit), former, limit)


def history_of_application(
    desk: Desk, application_id: str, *, limit: int = 50
) -> tuple[HistoryLine, ...]:
    """What was done on an application, the latest first."""
    former = desk.vault.former_history.of_application(application_id)
    own = lines_of(_done(desk.vault.journal.of_application(application_id)), limit)
    return _together(own, former, limit)


def _done(entries: list[Entry]) -> list[Entry]:
    looks = (Action.PERSON_OPENED, Action.APPLICATION_OPENED)
    return [entry for entry in entries if entry.action not in looks]


def lines_of(entries: list[Entry], limit: int) -> tuple[HistoryLine, ...]:
    """Lines of the journal told, the latest first."""
    newest_first = sorted(entries, key=lambda entry: entry.seq, reverse=True)
    return tuple(
        HistoryLine(
            f"{short_moment(stored_moment(entry.at))} — {entry.user}",
            what_was_done(entry),
        )
        for entry in newest_first[:limit]
    )


def _together(
    own: tuple[HistoryLine, ...], former: list[FormerLine], limit: int
) -> tuple[HistoryLine, ...]:
    """What was done here, then what was done elsewhere before the person came."""
    elsewhere = (
        HistoryLine(f"{short_moment(stored_moment(line.at))} — {line.who}, {line.place}", line.what)
        for line in reversed(former)
    )
    return (*own, *elsewhere)[:limit]


def what_was_done(entry: Entry) -> str:
    """What one line says was done."""
    return _SENTENCES[entry.action](entry.detail)


def _pages(detail: Detail) -> str:
    count = detail.get("pages", "")
    return f", {count} page{'s' if count != '1' else ''}" if count else ""


def _refused(detail: Detail) -> str:
    count = detail.get("count", "")
    if not count:
        return "Ouverture refusée"
    plural = "s" if count != "1" else ""
    return f"{count} essai{plural} infructueux avant cette ouverture"


def _printer(detail: Detail) -> str:
    name = detail.get("printer", "")
    return f", sur «\u00a0{name}\u00a0»" if name else ""


def _user(detail: Detail) -> str:
    # The line of whoever did it was lost to a power cut.
    found = " (vu à l’ouverture, dans le fichier des accès)" if detail.get("found") else ""
    return f"{detail.get('name', 'un utilisateur')}{found}"


def _title(detail: Detail) -> str:
    return detail.get("title", "Démarche")


def _revision(detail: Detail) -> str:
    return f" (version {detail['revision']})" if detail.get("revision") else ""


def _reference(detail: Detail) -> str:
    return f", référence {detail['reference']}" if detail.get("reference") else ""


def _from(detail: Detail) -> str:
    return f" de {detail['from']}" if detail.get("from") else ""


def _merged(detail: Detail) -> str:
    return ", réuni avec la fiche d’ici" if detail.get("merged") else ""


_SENTENCES: dict[Action, Callable[[Detail], str]] = {
    Action.VAULT_CREATED: lambda _: "Coffre créé",
    Action.UNLOCKED: lambda _: "Coffre ouvert",
    Action.LOCKED: lambda _: "Coffre verrouillé",
    Action.UNLOCK_REFUSED: _refused,
    Action.PASSPHRASE_CHANGED: lambda _: "Phrase de passe changée",
    Action.PASSPHRASE_RESET: lambda d: f"Nouvelle phrase de passe pour {_user(d)}",
    Action.USER_ADDED: lambda d: f"Accès donné à {_user(d)}",
    Action.USER_REMOVED: lambda d: f"Accès retiré à {_user(d)}",
    Action.USER_ROLE_CHANGED: lambda d: f"Rôle de {_user(d)} changé",
    Action.RECOVERY_RENEWED: lambda _: "Feuille de secours refaite",
    Action.RECOVERY_CONFIRMED: lambda _: "Feuille de secours relue",
    Action.REKEYED: lambda _: "Clé du coffre changée",
    Action.BACKUP_MADE: lambda d: f"Sauvegarde {d.get('name', '')}",
    Action.RESTORED: lambda _: "Coffre repris d’une sauvegarde",
    Action.REPAIRED: lambda _: "Coffre réparé",
    Action.RETENTION_CHANGED: lambda _: "Durée de conservation changée",
    Action.RETENTION_POSTPONED: lambda _: "Effacement reporté",
    Action.ACCESS_GIVEN: lambda _: "Données remises à la personne",
    Action.PERSON_OPENED: lambda _: "Fiche ouverte",
    Action.APPLICATION_OPENED: lambda d: f"{_title(d)} : ouverte",
    Action.PERSON_ADDED: lambda _: "Personne ajoutée",
    Action.PERSON_CHANGED: lambda _: "Fiche modifiée",
    Action.PERSON_DELETED: lambda _: "Personne effacée",
    Action.APPLICATION_STARTED: lambda d: f"{_title(d)} : commencée",
    Action.APPLICATION_CHANGED: lambda d: (
        f"{_title(d)} : passée à la version {d.get('version', '')}"
    ),
    Action.APPLICATION_EDITED: lambda d: f"{_title(d)} : réponses modifiées",
    Action.APPLICATION_DELETED: lambda d: f"{_title(d)} : supprimée",
    Action.STATE_CHANGED: lambda d: f"{_title(d)} : {d.get('state', '').lower()}",
    Action.DOCUMENT_ADDED: lambda d: f"Pièce ajoutée : {d.get('name', '')}",
    Action.DOCUMENT_REMOVED: lambda d: f"Pièce retirée : {d.get('name', '')}",
    Action.PRINTED: lambda d: f"{_title(d)} : impression{_pages(d)}{_printer(d)}",
    Action.BLANK_PRINTED: lambda d: (
        f"{_title(d)} : impression à remplir au stylo{_pages(d)}{_printer(d)}"
    ),
    Action.EXPORTED_CLEAR: lambda d: f"{_title(d)} : {d.get('file', 'PDF')} enregistré en clair",
    Action.OFFICIAL_ADDED: lambda d: f"Formulaire officiel ajouté : {_title(d)}",
    Action.BUNDLE_SENT: lambda d: (
        f"Liasse {d.get('number', '')} préparée pour {d.get('to', '')}{_revision(d)}"
    ),
    Action.BUNDLE_SET_ASIDE: lambda d: f"Liasse {d.get('number', '')}\u00a0: {d.get('said', '')}",
    Action.APPLICATION_REPLACED: lambda d: (
        f"{_title(d)}\u00a0: version {d.get('revision', '')} reçue dans la liasse "
        f"{d.get('number', '')}, à la place de la version {d.get('before', '')} "
        f"({d.get('state', '')}{_reference(d)})"
    ),
    Action.PERSON_TRANSFERRED: lambda d: (
        f"Dossier {d.get('number', '')} préparé pour {d.get('to', '')}"
    ),
    Action.PERSON_RECEIVED: lambda d: (
        f"Dossier {d.get('number', '')} reçu de {d.get('from', '')}{_merged(d)}"
    ),
    Action.TRANSFER_CONFIRMED: lambda d: (
        f"Dossier {d.get('number', '')} arrivé à {d.get('to', '')}"
    ),
    Action.BUNDLE_RECEIVED: lambda d: f"Liasse {d.get('number', '')} reçue de {d.get('from', '')}",
    Action.OUTCOME_RECORDED: lambda d: f"{_title(d)} : {d.get('outcome', '')}",
    Action.RECEIPT_WRITTEN: lambda d: f"Accusé de la liasse {d.get('number', '')} préparé",
    Action.RECEIPT_IMPORTED: lambda d: (
        f"Accusé reçu{_from(d)} : {_title(d)} — {d.get('outcome', '')}"
    ),
    Action.RECEIPT_SET_ASIDE: lambda d: (
        f"Accusé de la liasse {d.get('number', '')}\u00a0: {_title(d)} — {d.get('outcome', '')} "
        f"({d.get('said', '')})"
    ),
    Action.CONTACT_ADDED: lambda d: f"Correspondant ajouté : {d.get('name', '')}",
    Action.CONTACT_KEYS_CHANGED: lambda d: f"Autres clés de {d.get('name', '')}, à comparer",
    Action.CONTACT_VERIFIED: lambda d: f"Correspondant vérifié : {d.get('name', '')}",
    Action.CONTACT_RENEWED: lambda d: f"Nouvelle carte de {d.get('name', '')}, signée par lui",
    Action.CONTACT_REVOKED: lambda d: f"Correspondant révoqué : {d.get('name', '')}",
    Action.CARD_EXPORTED: lambda _: "Carte exportée",
    Action.KEYS_RENEWED: lambda _: "Clés renouvelées",
    Action.FORM_ADDED: lambda d: f"Formulaire ajouté : {_title(d)}",
    Action.FORM_REMOVED: lambda d: f"Formulaire retiré : {_title(d)}",
    Action.FORMS_INSTALLED: lambda d: f"Formulaires mis à jour : {d.get('titles', '')}",
    Action.PROCEDURE_MAPPED: lambda d: f"{_title(d)} : reliée à une démarche en ligne",
    Action.DRAFT_SENDING: lambda d: f"{_title(d)} : vers le portail, {d.get('said', '')}",
    Action.DRAFT_ENDED: lambda d: f"{_title(d)} : portail, {d.get('said', '')}",
    Action.DRAFT_FOLLOWED: lambda d: f"{_title(d)} : dossier {d.get('said', '')}",
    Action.APPLICATION_ASSIGNED: lambda d: (
        f"{_title(d)} : confiée à {d['name']}"
        if "name" in d
        else f"{_title(d)} : confiée à personne"
    ),
    Action.DEADLINE_SET: lambda d: (
        f"{_title(d)} : à déposer avant le {d['day']}"
        if "day" in d
        else f"{_title(d)} : sans échéance"
    ),
    Action.PORTALS_CHANGED: lambda d: f"Portails permis : {d.get('portals', '')}",
}
