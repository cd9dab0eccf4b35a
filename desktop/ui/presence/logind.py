"""Presence on Linux: logind's session and sleep, UPower's lid, over the system's D-Bus.

Neither is asked to wait for an answer: the window never hangs on a bus that does not reply.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from desktop.ui.presence.departures import Departure, Presence

_log = logging.getLogger(__name__)

LOGIND, LOGIND_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER, SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
UPOWER, UPOWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
PROPERTIES = "org.freedesktop.DBus.Properties"

# The session of whoever calls, also where XDG_SESSION_ID is not set.
_OWN_SESSION = "auto"


class LogindPresence(Presence):
    """State: the session's path once known, and the delay we ask of the system's sleep."""

    def __init__(
        self, bus: QDBusConnection | None = None, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bus = bus or QDBusConnection.systemBus()
        self._session = ""
        self._delay: QDBusUnixFileDescriptor | None = None
        self._calls: set[QDBusPendingCallWatcher] = set()
        self._heard: list[tuple[str, str, str, str, str]] = []
        if not self._bus.isConnected():
            _log.info("no D-Bus: %s", self._bus.lastError().message())
            return
        self._hear(LOGIND, LOGIND_PATH, MANAGER, "PrepareForSleep", "sleeps(bool)")
        self._hear(LOGIND, LOGIND_PATH, MANAGER, "PrepareForShutdown", "shuts_down(bool)")
        self._hear(UPOWER, UPOWER_PATH, PROPERTIES, "PropertiesChanged", "lid_moved(QDBusMessage)")
        self._ask(LOGIND, LOGIND_PATH, MANAGER, "GetSession", [_OWN_SESSION], self._watch_session)
        self._delay_sleep()

    @property
    def is_watching(self) -> bool:
        """Whether logind answered and its session is watched."""
        return bool(self._session)

    @property
    def delays_sleep(self) -> bool:
        """Whether the system waits for us before it sleeps."""
        return self._delay is not None

    def stop(self) -> None:
        """Listen no more, and let the system sleep when it wants."""
        self._delay = None
        for service, path, interface, name, slot in self._heard:
            self._bus.disconnect(service, path, interface, name, self, SLOT(slot))  # type: ignore[call-overload]
        self._heard.clear()

    @Slot()
    def locks(self) -> None:
        """Take the session's lock."""
        self.left.emit(Departure.SESSION_LOCKED)

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        """Take the beginning of a sleep, which waits for us, or its end."""
        if not begins:
            self._delay_sleep()
            return
        self.left.emit(Departure.SUSPENDED)
        self._delay = None

    @Slot(bool)
    def shuts_down(self, begins: bool) -> None:
        """Take the system's end."""
        if begins:
            self.left.emit(Departure.SHUT_DOWN)
            self._delay = None

    @Slot(QDBusMessage)
    def session_changed(self, message: QDBusMessage) -> None:
        """Ask what became of the session: many desktops lock without logind's own signal."""
        for name, gone, departure in (
            ("LockedHint", True, Departure.SESSION_LOCKED),
            ("Active", False, Departure.USER_SWITCHED),
        ):
            self._ask_property(LOGIND, self._session, SESSION, name, gone, departure)

    @Slot(QDBusMessage)
    def lid_moved(self, message: QDBusMessage) -> None:
        """Ask whether the lid was closed."""
        self._ask_property(UPOWER, UPOWER_PATH, UPOWER, "LidIsClosed", True, Departure.LID_CLOSED)

    def _watch_session(self, path: Any) -> None:
        if not isinstance(path, QDBusObjectPath):
            return
        self._session = path.path()
        self._hear(LOGIND, self._session, SESSION, "Lock", "locks()")
        self._hear(
            LOGIND, self._session, PROPERTIES, "PropertiesChanged", "session_changed(QDBusMessage)"
        )

    def _delay_sleep(self) -> None:
        def keep(delay: Any) -> None:
            if isinstance(delay, QDBusUnixFileDescriptor) and delay.isValid():
                self._delay = delay

        why = ["sleep:shutdown", "Trait d’union", "Verrouiller le coffre", "delay"]
        self._ask(LOGIND, LOGIND_PATH, MANAGER, "Inhibit", why, keep)

    def _ask_property(
        self, service: str, path: str, interface: str, name: str, gone: bool, departure: Departure
    ) -> None:
        def judge(value: Any) -> None:
            if isinstance(value, QDBusVariant) and value.variant() is gone:
                self.left.emit(departure)

        self._ask(service, path, PROPERTIES, "Get", [interface, name], judge)

    def _hear(self, service: str, path: str, interface: str, name: str, slot: str) -> None:
        # Qt's stubs ask for bytes; Qt itself takes what SLOT makes.
        heard = self._bus.connect(service, path, interface, name, self, SLOT(slot))  # type: ignore[call-overload]
        if heard:
            self._heard.append((service, path, interface, name, slot))
        else:
            _log.info("%s of %s cannot be heard", name, service)

    def _ask(
        self,
        service: str,
        path: str,
        interface: str,
        name: str,
        arguments: list[str],
        then: Callable[[Any], object],
    ) -> None:
        call = QDBusMessage.createMethodCall(service, path, interface, name)
        call.setArguments(arguments)
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(call))
        # The answer comes only as long as somebody holds the watcher.
        self._calls.add(watcher)

        def answered(_: object) -> None:
            self._calls.discard(watcher)
            # Else the reply, and the delay of sleep it may hold, would live as long as we do.
            watcher.deleteLater()
            reply = watcher.reply()
            if watcher.isError():
                _log.info("%s of %s: %s", name, service, watcher.error().message())
            elif reply.arguments():
                then(reply.arguments()[0])

        watcher.finished.connect(answered)
