"""logind and UPower, played on a bus of the test's own: which signals mean that the PC is left."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)
from pytestqt.qtbot import QtBot

from desktop.ui.presence.departures import Departure
from desktop.ui.presence.logind import (
    LOGIND,
    LOGIND_PATH,
    MANAGER,
    PROPERTIES,
    SESSION,
    UPOWER,
    UPOWER_PATH,
    LogindPresence,
)

OWN = f"{LOGIND_PATH}/session/_32"
OTHER = f"{LOGIND_PATH}/session/_33"

needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon")


class System(QDBusVirtualObject):
    """logind and UPower, as far as they are asked."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self.bus = bus
        self.properties: dict[str, bool] = {
            "LockedHint": False,
            "Active": True,
            "LidIsClosed": False,
        }
        self.delays: list[int] = []
        everywhere = QDBusConnection.VirtualObjectRegisterOption.SubPath
        for service, path in ((LOGIND, LOGIND_PATH), (UPOWER, UPOWER_PATH)):
            assert bus.registerService(service)
            assert bus.registerVirtualObject(path, self, everywhere)

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        if message.member() == "GetSession":
            answer: Any = QDBusObjectPath(OWN)
        elif message.member() == "Inhibit":
            ours, theirs = os.pipe()
            self.delays.append(ours)
            answer = QDBusUnixFileDescriptor(theirs)
            os.close(theirs)
        else:
            answer = QDBusVariant(self.properties[message.arguments()[1]])
        return connection.send(message.createReply(answer))

    def says(self, path: str, interface: str, name: str, *arguments: Any) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(arguments))
        assert self.bus.send(signal)

    def changes(self, path: str, interface: str, name: str, value: bool) -> None:
        self.properties[name] = value
        self.says(path, PROPERTIES, "PropertiesChanged", interface, {name: value}, [])

    def is_delayed(self) -> bool:
        """Whether the last delay asked for is still held: its pipe has no end yet."""
        return not select.select([self.delays[-1]], [], [], 0)[0]


class Pc:
    """A PC on such a bus, and what was told of it."""

    def __init__(self, ours: QDBusConnection, system: System) -> None:
        self.system = system
        self.presence = LogindPresence(ours)
        self.left: list[Departure] = []
        self.delayed: list[bool] = []
        self.presence.left.connect(self._take)

    def _take(self, departure: Departure) -> None:
        self.left.append(departure)
        self.delayed.append(self.presence.delays_sleep)


@pytest.fixture
def pc(qtbot: QtBot, tmp_path: Path) -> Iterator[Pc]:
    daemon = subprocess.Popen(
        [
            "dbus-daemon",
            "--session",
            "--nofork",
            "--print-address=1",
            f"--address=unix:path={tmp_path / 'bus'}",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    names = (f"system {tmp_path}", f"ours {tmp_path}")
    system = System(QDBusConnection.connectToBus(address, names[0]))
    made = Pc(QDBusConnection.connectToBus(address, names[1]), system)
    qtbot.waitUntil(lambda: made.presence.is_watching and made.presence.delays_sleep)
    yield made
    made.presence.stop()
    for name in names:
        QDBusConnection.disconnectFromBus(name)
    for pipe in system.delays:
        os.close(pipe)
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@needs_bus
def test_the_session_s_lock(pc: Pc, qtbot: QtBot) -> None:
    pc.system.says(OWN, SESSION, "Lock")
    qtbot.waitUntil(lambda: pc.left == [Departure.SESSION_LOCKED])


@needs_bus
def test_a_desktop_that_locks_and_only_hints_so(pc: Pc, qtbot: QtBot) -> None:
    pc.system.changes(OWN, SESSION, "LockedHint", True)
    qtbot.waitUntil(lambda: pc.left == [Departure.SESSION_LOCKED])


@needs_bus
def test_another_user_s_turn(pc: Pc, qtbot: QtBot) -> None:
    pc.system.changes(OWN, SESSION, "Active", False)
    qtbot.waitUntil(lambda: pc.left == [Departure.USER_SWITCHED])


@needs_bus
def test_the_lid(pc: Pc, qtbot: QtBot) -> None:
    pc.system.changes(UPOWER_PATH, UPOWER, "LidIsClosed", True)
    qtbot.waitUntil(lambda: pc.left == [Departure.LID_CLOSED])


@needs_bus
def test_the_sleep_waits_until_the_vault_is_locked(pc: Pc, qtbot: QtBot) -> None:
    assert pc.system.is_delayed()
    pc.system.says(LOGIND_PATH, MANAGER, "PrepareForSleep", True)
    qtbot.waitUntil(lambda: pc.left == [Departure.SUSPENDED])
    assert pc.delayed == [True]
    qtbot.waitUntil(lambda: not pc.system.is_delayed())
    pc.system.says(LOGIND_PATH, MANAGER, "PrepareForSleep", False)
    qtbot.waitUntil(lambda: len(pc.system.delays) == 2 and pc.system.is_delayed())


@needs_bus
def test_the_end_of_the_system(pc: Pc, qtbot: QtBot) -> None:
    pc.system.says(LOGIND_PATH, MANAGER, "PrepareForShutdown", True)
    qtbot.waitUntil(lambda: pc.left == [Departure.SHUT_DOWN])


@needs_bus
def test_what_happens_to_others_says_nothing(pc: Pc, qtbot: QtBot) -> None:
    pc.system.says(OTHER, SESSION, "Lock")
    pc.system.changes(OWN, SESSION, "LockedHint", False)
    pc.system.changes(UPOWER_PATH, UPOWER, "LidIsClosed", False)
    pc.system.says(LOGIND_PATH, MANAGER, "PrepareForShutdown", False)
    # Signals keep their order: when this one has come, those before have too.
    pc.system.says(OWN, SESSION, "Lock")
    qtbot.waitUntil(lambda: bool(pc.left))
    assert pc.left == [Departure.SESSION_LOCKED]


def test_without_a_bus_nothing_is_told_and_nothing_fails(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = QDBusConnection.connectToBus(f"unix:path={tmp_path / 'none'}", f"none {tmp_path}")
    with caplog.at_level("INFO"):
        presence = LogindPresence(nowhere)
    assert not presence.is_watching
    assert "no D-Bus" in caplog.text
    presence.stop()
