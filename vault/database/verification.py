"""The full check of an open vault: pages, tables, documents, journal, key file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.database.store import Store
from vault.errors import DatabaseDamaged, VaultError
from vault.key_slots.keyfile import read_key_file
from vault.records.documents import Documents, OfficialPdfs
from vault.records.journal import Author, Journal
from vault.records.search import SearchIndex


@dataclass(frozen=True)
class VerifyReport:
    """What a full check found.

    Attributes:
        problems: one French sentence each; empty when all is well.
    """

    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def verify(store: Store, folder: Path, vault_id: str) -> VerifyReport:
    """Check an open vault; a part that cannot be read does not stop the others' check.

    Raises:
        VaultLocked: the vault was locked.
    """
    # The pages' check reads the file, and what was just written may still be in the log.
    store.checkpoint()
    checks = (
        _pages(store),
        _tables(store),
        _documents(Documents(store), OfficialPdfs(store)),
        _journal(Journal(store, Author(""))),
        _key_file(folder, vault_id),
    )
    found = [problem for check in checks for problem in _readable(check)]
    return VerifyReport(tuple(dict.fromkeys(found)))


def _readable(check: Iterable[str]) -> Iterator[str]:
    try:
        yield from check
    except DatabaseDamaged:
        yield "Une partie de la base est illisible."


def _pages(store: Store) -> Iterator[str]:
    for (found,) in store.rows("PRAGMA cipher_integrity_check"):
        yield f"Page illisible\u00a0: {found}."


def _tables(store: Store) -> Iterator[str]:
    for (found,) in store.rows("PRAGMA integrity_check"):
        if found != "ok":
            yield f"Base incohérente\u00a0: {found}."
    for row in store.rows("PRAGMA foreign_key_check"):
        yield f"Lien sans objet dans «\u00a0{row[0]}\u00a0»."
    if SearchIndex(store).strays():
        yield "La recherche ne connaît pas toutes les personnes."


def _documents(documents: Documents, official_pdfs: OfficialPdfs) -> Iterator[str]:
    for id in documents.damaged():
        yield f"Pièce altérée\u00a0: {id}."
    for form_id in official_pdfs.damaged():
        yield f"Formulaire officiel altéré\u00a0: {form_id}."


def _journal(journal: Journal) -> Iterator[str]:
    broken = journal.first_break()
    if broken is not None:
        yield f"Journal rompu à la ligne {broken}."


def _key_file(folder: Path, vault_id: str) -> Iterator[str]:
    try:
        of_this_vault = read_key_file(folder).vault_id == vault_id
    except VaultError:
        of_this_vault = False
    if not of_this_vault:
        yield (
            "Le fichier des clés est absent ou altéré\u00a0:"
            " ce coffre ne s’ouvrira plus une fois verrouillé."
        )
