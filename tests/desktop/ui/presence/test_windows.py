"""Windows' messages, made here: which of them mean that the PC is left."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from desktop.ui.presence.departures import Departure
from desktop.ui.presence.windows import (
    LID_SWITCH,
    PBT_APMSUSPEND,
    PBT_POWERSETTINGCHANGE,
    WM_ENDSESSION,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_CONSOLE_DISCONNECT,
    WTS_REMOTE_DISCONNECT,
    WTS_SESSION_LOCK,
    WTS_SESSION_LOGOFF,
    PowerSetting,
    WindowsPresence,
)
from desktop.ui.windows_messages import Message

WTS_SESSION_UNLOCK, PBT_APMRESUMEAUTOMATIC, WM_PAINT = 0x8, 0x12, 0x000F
OTHER_SETTING = bytes(16)
HANDLE = 0x4242


class FakeRegistrar:
    def __init__(self) -> None:
        self.asked: list[int] = []

    def register(self, window: int) -> None:
        self.asked.append(window)

    def release(self, window: int) -> None:
        self.asked.remove(window)


class Pc:
    """A PC whose filter of messages is handed them as Qt would on Windows."""

    def __init__(self) -> None:
        self.registrar = FakeRegistrar()
        self.presence = WindowsPresence(HANDLE, registrar=self.registrar)
        self.left: list[Departure] = []
        self.presence.left.connect(self.left.append)

    def sends(self, message: int, w_param: int = 0, l_param: int = 0) -> list[Departure]:
        """What is told of a message."""
        self.left.clear()
        made = Message(HANDLE, message, w_param, l_param, 0, 0, 0)
        address = ctypes.addressof(made)
        passed = self.presence.messages.nativeEventFilter(
            QByteArray(b"windows_generic_MSG"), address
        )
        assert passed == (False, 0), "messages all go on"
        return list(self.left)

    def moves_lid(self, state: int, setting: bytes = LID_SWITCH) -> list[Departure]:
        power = PowerSetting((ctypes.c_ubyte * 16)(*setting), 4, state)
        return self.sends(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, ctypes.addressof(power))


@pytest.fixture
def pc(qtbot: QtBot) -> Iterator[Pc]:
    made = Pc()
    yield made
    made.presence.stop()


def test_the_message_is_laid_out_as_on_64_bit_windows() -> None:
    assert ctypes.sizeof(Message) == 48
    assert (Message.message.offset, Message.w_param.offset, Message.l_param.offset) == (8, 16, 24)
    assert PowerSetting.data.offset == 20


@pytest.mark.parametrize(
    ("change", "departure"),
    [
        (WTS_SESSION_LOCK, Departure.SESSION_LOCKED),
        (WTS_CONSOLE_DISCONNECT, Departure.USER_SWITCHED),
        (WTS_REMOTE_DISCONNECT, Departure.USER_SWITCHED),
        (WTS_SESSION_LOGOFF, Departure.SHUT_DOWN),
    ],
)
def test_the_session_s_changes(pc: Pc, change: int, departure: Departure) -> None:
    assert pc.sends(WM_WTSSESSION_CHANGE, change, 1) == [departure]


def test_the_sleep_and_the_end(pc: Pc) -> None:
    assert pc.sends(WM_POWERBROADCAST, PBT_APMSUSPEND) == [Departure.SUSPENDED]
    assert pc.sends(WM_ENDSESSION, 1) == [Departure.SHUT_DOWN]


def test_the_lid_is_left_when_it_goes_from_open_to_closed(pc: Pc) -> None:
    assert pc.moves_lid(1) == []
    assert pc.moves_lid(0) == [Departure.LID_CLOSED]
    assert pc.moves_lid(0) == []


def test_a_lid_already_closed_is_nobody_leaving(pc: Pc) -> None:
    assert pc.moves_lid(0) == []
    assert pc.moves_lid(1) == []
    assert pc.moves_lid(0) == [Departure.LID_CLOSED]


def test_other_messages_say_nothing(pc: Pc) -> None:
    assert pc.sends(WM_PAINT) == []
    assert pc.sends(WM_WTSSESSION_CHANGE, WTS_SESSION_UNLOCK) == []
    assert pc.sends(WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC) == []
    assert pc.sends(WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE, 0) == []
    assert pc.sends(WM_ENDSESSION, 0) == []
    assert pc.moves_lid(0, OTHER_SETTING) == []


def test_it_asks_windows_and_takes_back(qtbot: QtBot) -> None:
    pc = Pc()
    assert pc.registrar.asked == [HANDLE]
    pc.presence.stop()
    assert pc.registrar.asked == []
