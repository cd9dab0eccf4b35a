"""Keys everywhere on Windows: `RegisterHotKey`, asked by the window that hears them."""

from __future__ import annotations

import ctypes
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject

from desktop.ui.everywhere.keys import EverywhereKeys, Key
from desktop.ui.windows_messages import Message, MessageFilter

WM_HOTKEY = 0x0312
_MOD_CONTROL = 0x0002
_VIRTUAL_KEYS = {Key.CTRL_LEFT: 0x25, Key.CTRL_RIGHT: 0x27}


class Registrar(Protocol):
    """Where a window asks for keys."""

    def register(self, window: int, number: int, virtual_key: int) -> bool:
        """Ask for `Ctrl` with a key; False when another program has it."""
        ...

    def release(self, window: int, number: int) -> None:
        """Give it back."""
        ...


class WindowsRegistrar:
    """Windows itself."""

    def __init__(self) -> None:
        load = ctypes.WinDLL  # type: ignore[attr-defined,unused-ignore]  # on Windows only
        self._user: Any = load("user32", use_last_error=True)
        handle, number = ctypes.c_void_p, ctypes.c_uint32
        self._user.RegisterHotKey.argtypes = (handle, ctypes.c_int, number, number)
        self._user.UnregisterHotKey.argtypes = (handle, ctypes.c_int)

    def register(self, window: int, number: int, virtual_key: int) -> bool:
        """Ask Windows."""
        return bool(self._user.RegisterHotKey(window, number, _MOD_CONTROL, virtual_key))

    def release(self, window: int, number: int) -> None:
        """Tell Windows."""
        self._user.UnregisterHotKey(window, number)


class WindowsKeys(EverywhereKeys):
    """State: which keys Windows lends to a window."""

    def __init__(
        self, window: int, *, parent: QObject | None = None, registrar: Registrar | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._registrar: Registrar = registrar or WindowsRegistrar()
        self._numbers = dict(enumerate(Key, start=1))
        self.lent = frozenset(
            key
            for number, key in self._numbers.items()
            if self._registrar.register(window, number, _VIRTUAL_KEYS[key])
        )
        self.messages = MessageFilter(self.take)
        application = QCoreApplication.instance()
        assert application is not None, "keys are of a running program"
        application.installNativeEventFilter(self.messages)

    def give_back(self) -> None:
        """Give back those that were lent."""
        for number, key in self._numbers.items():
            if key in self.lent:
                self._registrar.release(self._window, number)
        super().give_back()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self.messages)

    def take(self, message: Message) -> None:
        """Take one of the program's messages."""
        if message.message != WM_HOTKEY or message.window != self._window:
            return
        key = self._numbers.get(message.w_param)
        if key in self.lent:
            self.pressed.emit(key)
