"""A program of its own: a vault of a kind is asked for all that uses a network; what it opened.

Python tells its audit hooks of each socket, whoever asks for it; a hook cannot be taken back, so
this runs apart from the tests. What libraries in C open is seen by `strace` alone: see the test.

    python -m tests.contracts.network_probe station|relay FOLDER
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

PASSPHRASE = "quatre mots tirés au sort"
ADDRESS = "https://localhost:9/commencer/exemple"
"""Nobody listens there: a relay that is asked tries, and is refused by its own PC."""

_WATCHED = {
    "socket.__new__",
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "http.client.connect",
    "urllib.Request",
}


def main(kind: str, folder: Path) -> None:
    """Ask, and print as JSON what was opened and what was answered."""
    os.environ["TRAITDUNION_PASSPHRASE"] = PASSPHRASE
    os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = str(folder / "home")
    from vault.key_slots import calibration

    calibration.TARGET_SECONDS = 0.0
    opened: list[str] = []
    sys.addaudithook(lambda event, arguments: _note(opened, event, arguments))
    answers = ask(kind, folder)
    print(json.dumps({"opened": opened, "answers": answers}))


def ask(kind: str, folder: Path) -> list[str]:
    """Ask a vault for all that uses a network, by the workflows, the terminal and the window."""
    from desktop.workflows.desk import desk_of
    from desktop.workflows.filling.applications import start_application
    from desktop.workflows.online.filing import prepare_filing, send_filing
    from desktop.workflows.online.followup import follow_all, follow_filing
    from desktop.workflows.online.procedures import client_for, network_permission
    from desktop.workflows.people.profiles import add_person
    from exports.online.client import PrefillClient
    from exports.online.permission import NetworkPermission, Portal
    from vault.vault import Vault, VaultKind

    made, _ = Vault.create(
        folder / "coffre",
        kind=VaultKind(kind),
        place="Brest",
        user="A. Morvan",
        passphrase=PASSPHRASE,
    )
    desk = desk_of(made)
    portal = Portal("localhost", 9)

    def allowed() -> NetworkPermission:
        return network_permission(desk, (portal,))

    said = [
        _said(lambda: client_for(desk, ADDRESS, allowed()).schema(ADDRESS)),
        _said(lambda: PrefillClient(allowed(), portal).create(1, {"champ_Q2hhbXAtMQ": "a"})),
        # The vault's own check, handed over by whoever builds a permission without the workflows.
        _said(lambda: PrefillClient(NetworkPermission(desk.require_relay, (portal,)), portal)),
        _said(lambda: follow_all(desk, allowed())),
    ]
    if kind == "relay":
        return said
    person = add_person(desk, {"identite.nom_naissance": "Ünal", "identite.prenoms": "Zoë"})
    application = start_application(desk, person, "election-de-domicile")
    said += [
        _said(lambda: follow_filing(desk, application, allowed())),
        _said(
            lambda: send_filing(
                desk, prepare_filing(desk, application), PrefillClient(allowed(), portal)
            )
        ),
    ]
    said += _by_the_window(desk, application, person)
    desk.vault.lock()
    said += _by_the_terminal(folder / "coffre", application)
    return said


def _by_the_terminal(vault: Path, application: str) -> list[str]:
    from desktop.cli import main as terminal

    name = ("--vault", str(vault))
    orders: list[tuple[str, ...]] = [
        ("relay", "schema", ADDRESS, "--form", "election-de-domicile", *name),
        ("relay", "prepare", application, *name),
        ("relay", "send", application, "--yes", *name),
        ("relay", "follow", application, *name),
        ("relay", "open", str(vault), *name),
    ]
    return [
        " ".join(order[:2]) + f": {CliRunner().invoke(terminal, order).exit_code}"
        for order in orders
    ]


def _by_the_window(desk: Any, application: str, person: str) -> list[str]:
    from PySide6.QtWidgets import QApplication

    from desktop.ui.app import make_application
    from desktop.ui.page import Place
    from desktop.ui.window import Window
    from desktop.ui.workplace import OpenWorkplace

    make_application()
    window = Window()
    window.show()
    window.open_desk(desk)
    workplace = window.centralWidget()
    assert isinstance(workplace, OpenWorkplace)
    people = (Place.PERSON, Place.PROFILE, Place.TRANSFER, Place.NEW_APPLICATION)
    said = []
    for place in Place:
        workplace.banner.put_away()
        workplace.go(place, person if place in people else application)
        for _ in range(20):
            QApplication.processEvents()
        refused = "poste hors ligne" in workplace.banner.sentence
        said.append(f"{place.value}: {'refused' if refused else 'shown'}")
    window.close()
    return said


def _said(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except Exception as error:  # noqa: BLE001 - which one is what is asked
        return type(error).__name__
    return "done"


def _note(opened: list[str], event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _WATCHED:
        return
    # Between two processes of one PC (the window’s own system, a worker) is no network.
    if event == "socket.__new__" and arguments[1] == getattr(socket, "AF_UNIX", None):
        return
    opened.append(event)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
