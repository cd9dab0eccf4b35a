"""Erasing people and applications: the rows at once, then the file's pages, and what to say first.

What cannot be reached from here is said before: backups made earlier, printed pages, files saved in
clear, bundles that left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from desktop.workflows.desk import Desk
from desktop.workflows.errors import CleaningLeft
from desktop.workflows.settings.repairs import forget_report_naming
from vault.errors import VaultError, VaultLocked

N = "\u00a0"


@dataclass(frozen=True)
class ErasureSaid:
    """What an erasure takes and what it leaves, in words, before it is confirmed.

    Attributes:
        question: « Effacer 2 personnes et 1 démarche ? »
        goes: what is erased, one line each.
        stays: what is not, one line each.
    """

    question: str
    goes: tuple[str, ...]
    stays: tuple[str, ...]


def erasure_said(
    desk: Desk, people: Collection[str] = (), applications: Collection[str] = ()
) -> ErasureSaid:
    """Say what erasing people and applications would take and leave.

    Raises:
        RecordNotFound: one of them is not there.
    """
    vault = desk.vault
    theirs = [one for id in people for one in vault.applications.of_person(id)]
    documents = [one for id in people for one in vault.documents.of_person(id)]
    alone = [vault.applications.get(id) for id in applications]
    documents += [one for id in applications for one in vault.documents.of_application(id)]
    names = [vault.people.get(id) for id in people]
    parts = [counted(len(names), "personne")] if names else []
    parts += [counted(len(alone), "démarche")] if alone else []
    goes = []
    if names:
        whose = "de chaque personne" if len(names) > 1 else "de la personne"
        goes.append(f"La fiche et l’historique {whose}.")
    if theirs or alone:
        goes.append(f"{counted(len(theirs) + len(alone), 'démarche')}, avec les réponses.")
    if documents:
        goes.append(f"{counted(len(documents), 'pièce')} et les copies de formulaires vierges.")
    stays = [
        "Au journal, que quelque chose a été fait, quand et par qui, sans dire pour qui.",
        _backups_said(desk),
        "Ce qui est imprimé, enregistré en clair, ou déjà parti dans une liasse.",
    ]
    return ErasureSaid(f"Effacer {' et '.join(parts)}{N}?", tuple(goes), tuple(stays))


def erase(
    desk: Desk,
    people: Collection[str] = (),
    applications: Collection[str] = (),
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Erase people with all that is theirs, and applications alone, then clean the file.

    Args:
        desk: the vault.
        people: identifiers; a *responsable* alone may.
        applications: identifiers of others' applications.
        progress: told how much is done, from 0 to 1, in the caller's thread.

    Raises:
        NotResponsible, ReadOnlySession: the session may not; nothing was erased.
        RecordNotFound: one of them is not there; nothing was erased.
        CleaningLeft: all is erased, but the file could not be cleaned of it.
    """
    vault = desk.vault
    with vault.transaction():
        found = [person for id in people if (person := vault.people.find(id)) is not None]
        vault.erasures.erase(people, applications)
        forget_report_naming(desk, found)
    finish_cleaning(desk, progress)


def finish_cleaning(desk: Desk, progress: Callable[[float], None] = lambda _: None) -> None:
    """Clean the file of what was erased.

    Raises:
        ReadOnlySession: the session may not.
        CleaningLeft: it could not be done; the vault is whole, and it may be asked again.
    """
    desk.require_writer()
    try:
        desk.vault.erasures.clean(progress)
    except VaultLocked:
        raise
    except VaultError as error:
        raise CleaningLeft from error


def erased_elsewhere(desk: Desk, other: Desk) -> tuple[list[str], list[str]]:
    """Who, and which applications, another copy of this vault erased and this one still holds.

    Args:
        desk: a vault brought back from a backup.
        other: the copy that went on meanwhile.

    Returns:
        People, and applications of others, as `erase` takes them.
    """
    vault, erased = desk.vault, other.vault.erasures.erased_among
    held = [person.id for person in vault.people.all(limit=vault.people.count())]
    people = erased(held)
    staying = set(held).difference(people)
    alone = [one.id for id in staying for one in vault.applications.of_person(id)]
    return people, erased(alone)


def cleaning_is_left(desk: Desk) -> bool:
    """Whether something was erased whose traces are still to be cleaned from the file."""
    return desk.vault.erasures.cleaning_pending


def counted(count: int, noun: str) -> str:
    """« 1 démarche », « 2 démarches »."""
    return f"{count}{N}{noun}{'s' if count > 1 else ''}"


def _backups_said(desk: Desk) -> str:
    if desk.vault.backups.last is None:
        return "Les sauvegardes faites avant, s’il y en a."
    return (
        "Les sauvegardes faites avant\u00a0: elles les gardent. Faites-en une nouvelle, puis "
        "effacez les anciennes."
    )
