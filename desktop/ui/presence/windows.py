"""Presence on Windows: messages to the window about its session, its power and its lid."""

from __future__ import annotations

import ctypes
import logging
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject

from desktop.ui.presence.departures import Departure, Presence
from desktop.ui.windows_messages import Message, MessageFilter

_log = logging.getLogger(__name__)

WM_ENDSESSION = 0x0016
WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1

_NOTIFY_FOR_THIS_SESSION = 0
_DEVICE_NOTIFY_WINDOW_HANDLE = 0

# wParam of WM_WTSSESSION_CHANGE.
WTS_CONSOLE_DISCONNECT = 0x2
WTS_REMOTE_DISCONNECT = 0x4
WTS_SESSION_LOGOFF = 0x6
WTS_SESSION_LOCK = 0x7

_SESSION_DEPARTURES = {
    WTS_CONSOLE_DISCONNECT: Departure.USER_SWITCHED,
    WTS_REMOTE_DISCONNECT: Departure.USER_SWITCHED,
    WTS_SESSION_LOGOFF: Departure.SHUT_DOWN,
    WTS_SESSION_LOCK: Departure.SESSION_LOCKED,
}

# wParam of WM_POWERBROADCAST.
PBT_APMSUSPEND = 0x0004
PBT_POWERSETTINGCHANGE = 0x8013

LID_SWITCH = UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3").bytes_le
"""GUID_LIDSWITCH_STATE_CHANGE."""


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING, whose data is one DWORD for the lid: 0 closed, 1 open."""

    _fields_ = (
        ("setting", ctypes.c_ubyte * 16),
        ("length", ctypes.c_uint32),
        ("data", ctypes.c_uint32),
    )


class Registrar(Protocol):
    """Where a window asks for messages it does not get by itself."""

    def register(self, window: int) -> None:
        """Ask for the session's, the power's and the lid's messages."""
        ...

    def release(self, window: int) -> None:
        """Ask for them no more."""
        ...


class WindowsRegistrar:
    """Windows itself."""

    def __init__(self) -> None:
        load = ctypes.WinDLL  # type: ignore[attr-defined,unused-ignore]  # on Windows only
        self._sessions: Any = load("wtsapi32", use_last_error=True)
        self._user: Any = load("user32", use_last_error=True)
        handle, number = ctypes.c_void_p, ctypes.c_uint32
        self._sessions.WTSRegisterSessionNotification.argtypes = (handle, number)
        self._sessions.WTSUnRegisterSessionNotification.argtypes = (handle,)
        self._user.RegisterPowerSettingNotification.argtypes = (handle, ctypes.c_char_p, number)
        self._user.RegisterPowerSettingNotification.restype = handle
        self._user.UnregisterPowerSettingNotification.argtypes = (handle,)
        self._user.RegisterSuspendResumeNotification.argtypes = (handle, number)
        self._user.RegisterSuspendResumeNotification.restype = handle
        self._user.UnregisterSuspendResumeNotification.argtypes = (handle,)
        self._lid: int | None = None
        self._sleep: int | None = None

    def register(self, window: int) -> None:
        """Ask Windows; what it refuses is logged, and the rest works."""
        if not self._sessions.WTSRegisterSessionNotification(window, _NOTIFY_FOR_THIS_SESSION):
            _log.info("the session's messages cannot be had")
        self._lid = self._user.RegisterPowerSettingNotification(
            window, LID_SWITCH, _DEVICE_NOTIFY_WINDOW_HANDLE
        )
        # PCs that only stand by send no suspend message unless they are asked.
        self._sleep = self._user.RegisterSuspendResumeNotification(
            window, _DEVICE_NOTIFY_WINDOW_HANDLE
        )

    def release(self, window: int) -> None:
        """Take back what was asked."""
        self._sessions.WTSUnRegisterSessionNotification(window)
        if self._lid:
            self._user.UnregisterPowerSettingNotification(self._lid)
        if self._sleep:
            self._user.UnregisterSuspendResumeNotification(self._sleep)
        self._lid = self._sleep = None


class WindowsPresence(Presence):
    """State: what was asked of Windows, and whether the lid was last open."""

    def __init__(
        self, window: int, *, parent: QObject | None = None, registrar: Registrar | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._registrar: Registrar = registrar or WindowsRegistrar()
        self._registrar.register(window)
        self._lid_open = False
        self.messages = MessageFilter(self.take)
        application = QCoreApplication.instance()
        assert application is not None, "presence is of a running program"
        application.installNativeEventFilter(self.messages)

    def stop(self) -> None:
        """Listen no more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self.messages)
        self._registrar.release(self._window)

    def take(self, message: Message) -> None:
        """Take one of the window's messages."""
        departure = None
        if message.message == WM_WTSSESSION_CHANGE:
            departure = _SESSION_DEPARTURES.get(message.w_param)
        elif message.message == WM_ENDSESSION and message.w_param:
            departure = Departure.SHUT_DOWN
        elif message.message == WM_POWERBROADCAST:
            if message.w_param == PBT_APMSUSPEND:
                departure = Departure.SUSPENDED
            elif message.w_param == PBT_POWERSETTINGCHANGE and message.l_param:
                departure = self._lid(PowerSetting.from_address(message.l_param))
        if departure is not None:
            self.left.emit(departure)

    def _lid(self, power: PowerSetting) -> Departure | None:
        if bytes(power.setting) != LID_SWITCH:
            return None
        # Windows says how the lid is as soon as it is asked: closed already is nobody leaving,
        # as for a laptop at work on a desk's screen.
        was_open, self._lid_open = self._lid_open, bool(power.data)
        return Departure.LID_CLOSED if was_open and not self._lid_open else None
