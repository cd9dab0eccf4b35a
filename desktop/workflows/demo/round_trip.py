"""The demonstration: the whole round trip on invented people, told in plain words."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.workflows.demo import people as invented
from desktop.workflows.desk import Desk
from desktop.workflows.exchanges.bundles import (
    proposed_file_name,
    receive_bundle,
    send_bundle,
)
from desktop.workflows.exchanges.contacts import (
    import_card,
    list_contacts,
    mark_verified,
    save_my_card,
)
from desktop.workflows.exchanges.receipts import (
    import_receipt,
    proposed_receipt_name,
    record_outcome,
    write_receipt,
)
from desktop.workflows.filling.applications import set_state, start_application
from desktop.workflows.filling.documents import join_document
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.filling.states import STATE_WORDS
from desktop.workflows.official.official_forms import add_official_form
from desktop.workflows.people.profiles import add_person
from desktop.workflows.printing.blank_papers import prepare_blank, save_blank
from desktop.workflows.printing.papers import prepare_paper, record_print, save_paper
from desktop.workflows.settings.backups import make_backup
from desktop.workflows.start.opening import create_vault, lock
from desktop.workflows.start.recovery_sheet import recovery_sheet, try_sheet
from exports.bundle.receipt import OutcomeKind
from forms.answers import read_answers
from forms.values import from_json
from vault.records.applications import ApplicationState
from vault.vault import VaultKind

Say = Callable[[str], None]


@dataclass(frozen=True)
class Story:
    """One invented application: for whom, which form, what is answered beyond the profile."""

    profile: Mapping[str, Any]
    form_id: str
    answers: Mapping[str, Any]
    outcome: OutcomeKind
    reference: str


class DemonstrationFailed(Exception):
    """A step of the demonstration did not give what it must."""


def run_demonstration(out: Path, official_dir: Path | None, say: Say) -> None:
    """Do the whole round trip in a fresh station and a fresh relay under `out`.

    Args:
        out: the folder of the demonstration; what an earlier one left there is replaced.
        official_dir: a folder with official PDFs; without it, preparation sheets are made.
        say: told one line at a time what happens and what each file is.

    Raises:
        DemonstrationFailed: a receipt did not change what it must.
    """
    from desktop.workflows.demo.stories import STORIES

    _clear(out)
    station, relay = _two_vaults(out, say)
    _exchange_cards(out, station, relay, say)
    _add_official_forms(station, official_dir, say)
    applications = _fill(out, station, STORIES, say)
    bundle = out / proposed_file_name(station)
    sent = send_bundle(station, applications, [relay.vault.id], bundle)
    say(
        f"\n{bundle.name} — la liasse n° {sent.number} : {sent.applications} démarches, chiffrées "
        "pour le relais (format age), signées par le poste. Sur une clé, elle ne dit rien."
    )
    received = receive_bundle(relay, bundle)
    say(f"   Le relais l’ouvre : expéditeur {received.preview.sender}, signature vérifiée.")
    for line in received.preview.lines:
        say(f"   · {line}")
    for application_id, story in zip(applications, STORIES, strict=True):
        record_outcome(
            relay, application_id, story.outcome, on=relay.today(), reference=story.reference
        )
    receipt = out / proposed_receipt_name(relay, sent.id)
    write_receipt(relay, sent.id, receipt)
    say(f"\n{receipt.name} — l’accusé du relais : ce que chaque démarche est devenue.")
    taken = import_receipt(station, receipt)
    for line in taken.lines:
        say(f"   · {line}")
    if import_receipt(station, receipt).new or receive_bundle(relay, bundle).new:
        raise DemonstrationFailed("the same file taken twice changed something")
    for application_id in applications:
        state = station.vault.applications.get(application_id).state
        if state is not ApplicationState.FILED:
            raise DemonstrationFailed(f"an application is {state.value}, not filed")
    say("   Le même accusé importé deux fois ne change rien.")
    say("\nsauvegardes/ — une sauvegarde de chaque coffre, chiffrée comme lui, et relue :")
    for desk in (station, relay):
        backup = make_backup(desk, out / "sauvegardes" / desk.vault.folder.name)
        say(f"   sauvegardes/{desk.vault.folder.name}/{backup.folder.name}/")
        report = desk.vault.verify()
        if not report.ok:
            raise DemonstrationFailed("; ".join(report.problems))
        lock(desk)
    say(
        f"\nLes deux coffres sont chiffrés. Phrase de passe des deux : « {invented.PASSPHRASE} ».\n"
        "Pour les voir dans la fenêtre : make run"
    )


def _clear(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name in ("poste", "relais", "papiers", "sauvegardes"):
        shutil.rmtree(out / name, ignore_errors=True)
    for ending in ("*.liasse", "*.accuse", "*.carte"):
        for file in out.glob(ending):
            file.unlink()


def _two_vaults(out: Path, say: Say) -> tuple[Desk, Desk]:
    papers = out / "papiers"
    papers.mkdir()
    desks = []
    for folder, kind, place, user in (
        ("poste", VaultKind.STATION, invented.STATION_PLACE, invented.STATION_USER),
        ("relais", VaultKind.RELAY, invented.RELAY_PLACE, invented.RELAY_USER),
    ):
        created = create_vault(
            out / folder, kind=kind, place=place, user=user, passphrase=invented.PASSPHRASE
        )
        sheet = papers / f"feuille-de-secours-{folder}.pdf"
        sheet.write_bytes(recovery_sheet(created.desk, created.recovery))
        if not try_sheet(created.desk, "\n".join(created.recovery.lines())):
            raise DemonstrationFailed("the recovery sheet does not open its vault")
        say(f"{folder}/ — un coffre chiffré : {place}.")
        say(f"   papiers/{sheet.name} — sa feuille de secours, à imprimer et à enfermer.")
        desks.append(created.desk)
    return desks[0], desks[1]


def _exchange_cards(out: Path, station: Desk, relay: Desk, say: Say) -> None:
    for desk, other, name in ((station, relay, "poste"), (relay, station, "relais")):
        card = out / f"{name}.carte"
        save_my_card(desk, card)
        contact = import_card(other, card)
        mark_verified(other, contact.id)
        say(f"{card.name} — la carte du {name} : ses clés publiques, à donner sans crainte.")
    words = " ".join(list_contacts(station)[0].words)
    say(f"   Empreinte du relais, comparée à voix haute : {words}.")


def _add_official_forms(station: Desk, official_dir: Path | None, say: Say) -> None:
    if official_dir is None:
        say("\nSans PDF officiels (--official-dir), des fiches de préparation sont imprimées.")
        return
    from desktop.workflows.errors import OfficialFormNotRecognised
    from exports.paper.errors import PaperError

    for file in sorted(official_dir.glob("*.pdf")):
        try:
            added = add_official_form(station, file)
        except (OfficialFormNotRecognised, PaperError):
            continue
        say(f"\nFormulaire officiel reconnu et gardé dans le coffre : {added.title}.")


def _fill(out: Path, station: Desk, stories: tuple[Story, ...], say: Say) -> list[str]:
    applications = []
    people: dict[int, str] = {}
    for story in stories:
        person_id = people.get(id(story.profile)) or add_person(station, story.profile)
        people[id(story.profile)] = person_id
        application_id = start_application(station, person_id, story.form_id)
        opened = open_application(station, application_id)
        for path, value in read_answers(opened.form, story.answers).items():
            opened.choose(path, from_json(opened.filling.question(path), value))
        problems = opened.filling.problems()
        if problems:
            raise DemonstrationFailed(f"{story.form_id}: {problems[0].path} {problems[0].message}")
        _join_invented_document(out, station, application_id)
        paper = prepare_paper(station, application_id)
        if paper.problems:
            raise DemonstrationFailed(f"{story.form_id}: {paper.problems[0]}")
        file = out / "papiers" / f"{story.form_id}.pdf"
        save_paper(station, application_id, paper, file)
        record_print(station, application_id, paper, printer="démonstration")
        set_state(station, application_id, ApplicationState.READY)
        progress = opened.filling.progress()
        say(
            f"\n{opened.person_line} — {opened.form.title} : "
            f"{progress.answered} réponses sur {progress.total}."
        )
        say(f"   papiers/{file.name} — {_WORTH[paper.kind.value]} ({paper.pages} p.).")
        blank = out / "papiers" / f"{story.form_id}-vierge.pdf"
        save_blank(station, prepare_blank(station, story.form_id), blank)
        say(f"   papiers/{blank.name} — sans réponses, à remplir au stylo en cellule.")
        state = station.vault.applications.get(application_id).state
        say(f"   État : {STATE_WORDS[state]}.")
        applications.append(application_id)
    return applications


def _join_invented_document(out: Path, station: Desk, application_id: str) -> None:
    from PIL import Image, ImageDraw

    photograph = out / "papiers" / "photo-de-piece.jpg"
    image = Image.new("RGB", (3200, 2200), "#efe9dc")
    ImageDraw.Draw(image).rectangle((200, 200, 3000, 2000), outline="#20303a", width=12)
    image.save(photograph, "JPEG", quality=90)
    try:
        join_document(station, application_id, photograph)
    finally:
        photograph.unlink()


_WORTH = {
    "official": "le formulaire officiel rempli, à signer",
    "letter": "la lettre, à signer et à envoyer telle quelle",
    "sheet": "la fiche de préparation, qui ne remplace pas le formulaire officiel",
}
