"""What only a responsable may do is refused to a worker by the workflows themselves."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

import desktop.workflows
from desktop.workflows.desk import Desk, desk_of
from desktop.workflows.online import portals as online_portals
from desktop.workflows.people import profiles as people
from desktop.workflows.retention import erasing
from desktop.workflows.retention import rules as retention
from desktop.workflows.settings import backups, users
from desktop.workflows.start import idleness
from vault.errors import NotResponsible
from vault.key_slots.kdf import Kdf
from vault.key_slots.key_slot import Role
from vault.vault import Vault, VaultKind

PASSPHRASE, YANN = "girafe lanterne octobre", "vinaigre tambour écluse"
NOTHING: Any = None
"""What a step that must refuse before it looks is given."""

MANAGING: dict[str, Callable[[Desk, str], object]] = {
    "settings.backups.set_reminder": lambda desk, _: backups.set_reminder(desk, 7),
    "retention.erasing.erase": lambda desk, _: erasing.erase(desk, [desk.vault.people.all()[0].id]),
    "start.idleness.choose_idle_minutes": lambda desk, _: idleness.choose_idle_minutes(desk, 15),
    "online.portals.allow_portal": lambda desk, _: online_portals.allow_portal(desk, "x"),
    "online.portals.remove_portal": lambda desk, _: online_portals.remove_portal(desk, NOTHING),
    "retention.rules.choose_rules": lambda desk, _: retention.choose_rules(
        desk, retention.RetentionRules(3, 3)
    ),
    "retention.rules.keep_longer": lambda desk, _: retention.keep_longer(
        desk, [], date(2099, 1, 1), "un recours"
    ),
    "settings.users.add_user": lambda desk, _: users.add_user(
        desk, "Luís", Role.WORKER, PASSPHRASE
    ),
    "settings.users.change_role": lambda desk, id: users.change_role(desk, id, Role.RESPONSIBLE),
    "settings.users.change_vault_key": lambda desk, _: users.change_vault_key(desk, lambda _: None),
    "settings.users.remove_user": lambda desk, id: users.remove_user(desk, id),
    "settings.users.renew_recovery_sheet": lambda desk, _: users.renew_recovery_sheet(desk),
    "settings.users.reset_passphrase": lambda desk, id: users.reset_passphrase(
        desk, id, PASSPHRASE
    ),
}


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("intervenant") / "coffre"
    vault, _ = Vault.create(
        folder,
        kind=VaultKind.RELAY,
        place="SPIP de Brest",
        user="C. Le Goff",
        passphrase=PASSPHRASE,
        kdf=Kdf(),
    )
    people.add_person(desk_of(vault), {"identite.nom_naissance": "Ünal"})
    vault.users.add("Y. Kervella", Role.WORKER, YANN, kdf=Kdf())
    vault.lock()
    desk = desk_of(Vault.unlock(folder, YANN))
    yield desk
    desk.vault.lock()


def test_a_worker_manages_nothing(worker: Desk) -> None:
    responsable = worker.vault.users.all()[0].id
    before = (worker.vault.journal.head(), (worker.vault.folder / "vault.keys").read_bytes())
    let = []
    for name, step in MANAGING.items():
        try:
            step(worker, responsable)
        except NotResponsible:
            continue
        let.append(name)
    assert let == []
    assert (
        worker.vault.journal.head(),
        (worker.vault.folder / "vault.keys").read_bytes(),
    ) == before


def test_each_workflow_for_a_responsable_is_tried_here() -> None:
    """A workflow that asks for one, added later, is tried with a worker too."""
    found = set()
    for module in pkgutil.walk_packages(desktop.workflows.__path__, "desktop.workflows."):
        holder = importlib.import_module(module.name)
        for name, step in inspect.getmembers(holder, inspect.isfunction):
            if step.__module__ == holder.__name__ and "require_responsible(" in inspect.getsource(
                step
            ):
                found.add(f"{module.name.removeprefix('desktop.workflows.')}.{name}")
    assert found <= set(MANAGING)
    assert found
