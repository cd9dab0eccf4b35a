"""Keys that Windows lends: asked for, heard, given back; its messages are fabricated."""

from __future__ import annotations

import ctypes

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from desktop.ui.everywhere.keys import Key
from desktop.ui.everywhere.windows import WM_HOTKEY, WindowsKeys
from desktop.ui.windows_messages import Message

WINDOW = 77


class Registrar:
    """A Windows that lends what nobody has."""

    def __init__(self, taken: tuple[int, ...] = ()) -> None:
        self.taken = set(taken)
        self.lent: dict[int, int] = {}

    def register(self, window: int, number: int, virtual_key: int) -> bool:
        assert window == WINDOW
        if virtual_key in self.taken:
            return False
        self.lent[number] = virtual_key
        return True

    def release(self, window: int, number: int) -> None:
        del self.lent[number]


def press(keys: WindowsKeys, number: int, *, kind: int = WM_HOTKEY, window: int = WINDOW) -> None:
    message = Message(window=window, message=kind, w_param=number)
    keys.messages.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(message))


@pytest.fixture
def registrar() -> Registrar:
    return Registrar()


def test_lent_keys_are_heard_until_given_back(qtbot: QtBot, registrar: Registrar) -> None:
    keys = WindowsKeys(WINDOW, registrar=registrar)
    assert keys.lent == set(Key)
    assert registrar.lent == {1: 0x25, 2: 0x27}
    heard: list[Key] = []
    keys.pressed.connect(heard.append)
    press(keys, 2)
    press(keys, 1)
    press(keys, 3)
    press(keys, 2, kind=0x0100)
    press(keys, 2, window=78)
    assert heard == [Key.CTRL_RIGHT, Key.CTRL_LEFT]
    keys.give_back()
    press(keys, 2)
    assert len(heard) == 2
    assert registrar.lent == {}
    keys.give_back()


def test_a_key_of_another_program_is_left_to_it(qtbot: QtBot) -> None:
    registrar = Registrar(taken=(0x27,))
    keys = WindowsKeys(WINDOW, registrar=registrar)
    assert keys.lent == {Key.CTRL_LEFT}
    keys.give_back()
    assert registrar.lent == {}
