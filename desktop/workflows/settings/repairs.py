"""Repairing a damaged vault into a new one, and saying in plain words what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.start.places import remember_vault
from desktop.workflows.start.typed_secret import passphrase_or_recovery
from vault.copies.repair import STAND_IN_NAME, Repair
from vault.records.people import Person
from vault.records.search import fold
from vault.vault import Vault

N = "\u00a0"

_MOST_NAMED = 20
_KINDS = (
    ("people", "personne"),
    ("applications", "démarche"),
    ("documents", "pièce"),
)


_REPORT = "repair_report"


@dataclass(frozen=True)
class RepairReport:
    """What to say of a repair.

    Attributes:
        kept: what came over, in one sentence.
        missing: one sentence each; empty when nothing is known to be missing.
    """

    kept: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class RepairedVault:
    """A vault made from a damaged one, open, and what to say of it."""

    desk: Desk
    report: RepairReport


def repair_vault(
    damaged: Path, folder: Path, secret: str, progress: Callable[[float], None] = lambda _: None
) -> RepairedVault:
    """Bring what can be read of a damaged vault into a new folder, and open it.

    Args:
        damaged: the damaged vault's folder, which does not change.
        folder: the new vault's.
        secret: a passphrase, or what is printed on the recovery sheet.
        progress: told how much is done; it may raise to give up.

    Raises:
        VaultError: see `vault.copies.repair.repair`.
    """
    vault, report = Vault.repair(damaged, folder, passphrase_or_recovery(secret), progress=progress)
    remember_vault(folder)
    said = RepairReport(_kept(report), _missing(report))
    # In the vault: it names people, and is to be read by whoever works here, now or later.
    vault.settings.set(_REPORT, {"kept": said.kept, "missing": list(said.missing)})
    return RepairedVault(desk_of(vault), said)


def repair_report(desk: Desk) -> RepairReport:
    """What there is to say of the repair that this vault comes from."""
    kept = desk.vault.settings.get(_REPORT, {"kept": "", "missing": []})
    return RepairReport(kept["kept"], tuple(kept["missing"]))


def forget_report(desk: Desk) -> None:
    """Keep the report no longer: it was read."""
    desk.vault.settings.remove(_REPORT)


def forget_report_naming(desk: Desk, people: Iterable[Person]) -> None:
    """Keep the report no longer when it names one of some people: they are being erased."""
    desk.require_writer()
    said = fold(" ".join(repair_report(desk).missing))
    if any(fold(person.family_name) in said for person in people):
        forget_report(desk)


def _kept(report: Repair) -> str:
    counts = [_counted(report.kept.get(table, 0), noun) for table, noun in _KINDS]
    return f"Repris{N}: {', '.join(counts)}."


def _missing(report: Repair) -> tuple[str, ...]:
    said = []
    if report.people:
        said.append(f"Fiches perdues{N}: {_named([one.title() for one in report.people])}.")
    if report.applications:
        titles = [
            " — ".join(filter(None, (one.title, one.person))) or "démarche sans nom"
            for one in report.applications
        ]
        said.append(f"Démarches perdues{N}: {_named(titles)}.")
    if report.documents:
        said.append(f"Pièces perdues{N}: {_named(list(report.documents))}.")
    if report.stand_ins:
        said.append(
            f"{_counted(report.stand_ins, 'personne')} sans fiche, gardée"
            f"{'s' if report.stand_ins > 1 else ''} sous le nom «{N}{STAND_IN_NAME}{N}» avec leurs "
            "démarches. Complétez leur fiche."
        )
    named = {"people", "applications"}
    others = sum(count for table, count in report.lost.items() if table not in named)
    if others:
        said.append(f"{_counted(others, 'autre ligne')} de la base perdue{'s' * (others > 1)}.")
    if report.journal_breaks_at is not None:
        said.append(f"Le journal est rompu à la ligne {report.journal_breaks_at}.")
    if report.keys_renewed:
        said.append(
            "Les clés de ce poste étaient perdues. De nouvelles ont été faites. Donnez à nouveau "
            "votre carte à vos correspondants."
        )
    if report.older_keys:
        said.append(
            "Le fichier des accès était abîmé. Celui d’avant a été repris. Vérifiez qui peut "
            "ouvrir ce coffre."
        )
    return tuple(said)


def _named(names: list[str]) -> str:
    left = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown}, et {left} autres" if left > 0 else shown


def _counted(count: int, noun: str) -> str:
    plural = count > 1
    return f"{count}{N}{' '.join(word + 's' * plural for word in noun.split())}"
