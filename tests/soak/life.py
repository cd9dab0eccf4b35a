"""A station and a relay at work, step by step by chance, saying each step before and after it.

What is said after a step was acknowledged: it must be there whatever happens next.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.exchanges.bundles import receive_bundle, send_bundle
from desktop.workflows.exchanges.receipts import import_receipt, record_outcome, write_receipt
from desktop.workflows.filling.applications import set_state, start_application
from desktop.workflows.filling.documents import join_document
from desktop.workflows.filling.open_application import open_application
from desktop.workflows.people.profiles import add_person
from desktop.workflows.retention.erasing import erase
from desktop.workflows.settings.backups import make_backup
from exports.bundle.receipt import OutcomeKind
from vault.errors import RecoveryKeyMistyped, WrongPassphrase
from vault.key_slots.kdf import Kdf
from vault.key_slots.recovery import RecoveryKey
from vault.records.applications import ApplicationState
from vault.vault import Vault

Say = Callable[[str, str, dict[str, Any]], None]
PATHS = ("/data/contact/telephone", "/data/contact/courriel")
FORM = "election-de-domicile"
PASSPHRASE = "une longue phrase"
"""What every passphrase of these vaults begins with; the rest is a number."""


@dataclass
class Memory:
    """State: what was acknowledged so far, as the one who was told of it remembers it."""

    secrets: list[str]
    relay_secret: str
    people: list[str] = field(default_factory=list)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    documents: dict[str, list[str]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    bundles: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)
    in_flight: tuple[str, dict[str, Any]] | None = None

    def hear(self, moment: str, what: str, facts: dict[str, Any]) -> None:
        """Take in what is said before a step (`begun`) or after it (`done`)."""
        if moment == "begun":
            self.in_flight = (what, facts)
            return
        self.in_flight = None
        getattr(self, f"_{what}")(**facts)

    def _person(self, id: str) -> None:
        self.people.append(id)

    def _application(self, id: str, person: str) -> None:
        self.answers[id] = {}
        self.owners[id] = person
        self.states[id] = ApplicationState.DRAFT.value

    def _answer(self, id: str, path: str, text: str) -> None:
        self.answers[id][path] = text

    def _document(self, id: str, document: str) -> None:
        self.documents.setdefault(id, []).append(document)

    def _state(self, id: str, state: str) -> None:
        self.states[id] = state

    def _sent(self, number: str, bundle: str, ids: list[str], file: str) -> None:
        self.bundles[bundle] = number
        self.files.append(file)
        for id in ids:
            self.states[id] = ApplicationState.SENT.value

    def _filed(self, ids: list[str], file: str) -> None:
        self.files.append(file)
        for id in ids:
            self.states[id] = ApplicationState.FILED.value

    def _backup(self, folder: str) -> None:
        self.backups.append(folder)

    def _secret(self, secret: str, void: str | None) -> None:
        self.secrets = [one for one in self.secrets if one != void] + [secret]

    def _erased(self, people: list[str], ids: list[str]) -> None:
        ids = [*ids, *(id for id, owner in self.owners.items() if owner in people)]
        self.people = [id for id in self.people if id not in people]
        for id in ids:
            for held in (self.answers, self.owners, self.documents, self.states):
                held.pop(id, None)


def opened(folder: Path, secret: str) -> Desk:
    """Open a vault with a passphrase, or with the lines of its recovery sheet."""
    try:
        return desk_of(Vault.unlock_with_recovery(folder, RecoveryKey.parse(secret)))
    except RecoveryKeyMistyped:
        return desk_of(Vault.unlock(folder, secret))


def opened_with_any(folder: Path, secrets: list[str]) -> Desk:
    """Open a vault with the first secret that does: recovery keys, which cost nothing, first."""
    latest_first = list(reversed(secrets))
    for secret in sorted(latest_first, key=lambda one: one.startswith(PASSPHRASE)):
        try:
            return opened(folder, secret)
        except WrongPassphrase:
            continue
    raise WrongPassphrase


class Life:
    """State: the two desks at work, and what is left to do by chance."""

    def __init__(self, root: Path, memory: Memory, seed: int, say: Say) -> None:
        self._root = root
        self._memory = memory
        self._chance = random.Random(seed)
        self._say = say
        self._station = opened_with_any(root / "station", memory.secrets)
        self._relay = opened(root / "relay", memory.relay_secret)
        self._number = seed * 10_000

    def go_on(self) -> None:
        """Take one step after the other until killed."""
        steps = [
            (self._add_person, 3),
            (self._start, 4),
            (self._answer, 20),
            (self._join, 3),
            (self._make_ready, 4),
            (self._send_and_file, 2),
            (self._back_up, 1),
            (self._change_passphrase, 1),
            (self._renew_recovery, 1),
            (self._change_key, 1),
            (self._erase_application, 1),
            (self._erase_person, 1),
        ]
        names, weights = zip(*steps, strict=True)
        while True:
            self._chance.choices(names, weights)[0]()

    def _told(self, what: str, facts: dict[str, Any], step: Callable[[], Any]) -> Any:
        """Say a step, take it, say that it was taken."""
        self._say_and_hear("begun", what, facts)
        result = step()
        more = result if isinstance(result, dict) else {}
        self._say_and_hear("done", what, {**facts, **more})
        return result

    def _say_and_hear(self, moment: str, what: str, facts: dict[str, Any]) -> None:
        self._memory.hear(moment, what, facts)
        self._say(moment, what, facts)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _add_person(self) -> None:
        profile = {"identite.nom_naissance": f"Mercier-{self._next()}", "identite.prenoms": "Anne"}
        self._told("person", {}, lambda: {"id": add_person(self._station, profile)})

    def _start(self) -> None:
        if not self._memory.people:
            return
        person = self._chance.choice(self._memory.people)
        self._told(
            "application",
            {"person": person},
            lambda: {"id": start_application(self._station, person, FORM)},
        )

    def _draft(self) -> str | None:
        drafts = [
            id for id, state in self._memory.states.items() if state == ApplicationState.DRAFT.value
        ]
        return self._chance.choice(drafts) if drafts else None

    def _answer(self) -> None:
        id = self._draft()
        if id is None:
            return
        path, number = self._chance.choice(PATHS), self._next()
        text = f"a{number}@exemple.fr" if path.endswith("courriel") else f"01{number:08}"
        application = open_application(self._station, id)
        self._told(
            "answer",
            {"id": id, "path": path, "text": text},
            lambda: application.type_in(path, text),
        )

    def _join(self) -> None:
        id = self._draft()
        if id is None:
            return
        scan = self._root / "scan.jpg"
        self._told(
            "document",
            {"id": id},
            lambda: {"document": join_document(self._station, id, scan).id},
        )

    def _make_ready(self) -> None:
        id = self._draft()
        if id is None:
            return
        self._told(
            "state",
            {"id": id, "state": ApplicationState.READY.value},
            lambda: set_state(self._station, id, ApplicationState.READY),
        )

    def _send_and_file(self) -> None:
        ready = [
            id for id, state in self._memory.states.items() if state == ApplicationState.READY.value
        ]
        if not ready:
            return
        file = self._root / f"liasse-{self._next()}.liasse"
        facts = {"ids": ready, "file": str(file)}

        def send() -> dict[str, Any]:
            sent = send_bundle(self._station, ready, [self._relay.vault.id], file)
            return {"number": sent.number, "bundle": sent.id}

        sent = self._told("sent", facts, send)
        receive_bundle(self._relay, file)
        for id in ready:
            record_outcome(self._relay, id, OutcomeKind.FILED_BY_POST, on=date(2026, 11, 24))
        answer = file.with_suffix(".accuse")
        write_receipt(self._relay, sent["bundle"], answer)
        self._told(
            "filed",
            {"ids": ready, "file": str(answer)},
            lambda: import_receipt(self._station, answer),
        )

    def _back_up(self) -> None:
        self._told(
            "backup",
            {},
            lambda: {"folder": str(make_backup(self._station, self._root / "backups").folder)},
        )

    def _change_passphrase(self) -> None:
        old, new = self._passphrase(), f"{PASSPHRASE} {self._next()}"
        self._told(
            "secret",
            {"secret": new, "void": old},
            lambda: self._station.vault.change_passphrase(old, new, kdf=Kdf()),
        )

    def _renew_recovery(self) -> None:
        old = self._recovery()
        self._told(
            "secret",
            {"void": old},
            lambda: {"secret": _lines(self._station.vault.users.renew_recovery())},
        )

    def _change_key(self) -> None:
        old = self._recovery()
        self._told("secret", {"void": old}, lambda: {"secret": _lines(self._station.vault.rekey())})

    def _erase_application(self) -> None:
        id = self._draft()
        if id is not None:
            self._told(
                "erased",
                {"people": [], "ids": [id]},
                lambda: erase(self._station, applications=[id]),
            )

    def _erase_person(self) -> None:
        if len(self._memory.people) > 1:
            person = self._chance.choice(self._memory.people)
            self._told(
                "erased", {"people": [person], "ids": []}, lambda: erase(self._station, [person])
            )

    def _passphrase(self) -> str:
        return [one for one in self._memory.secrets if one.startswith(PASSPHRASE)][-1]

    def _recovery(self) -> str | None:
        found = [one for one in self._memory.secrets if not one.startswith(PASSPHRASE)]
        return found[-1] if found else None


def _lines(key: RecoveryKey) -> str:
    return "\n".join(key.lines())
