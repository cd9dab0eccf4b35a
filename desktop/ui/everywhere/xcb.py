"""Keys everywhere on X11: grabbed on a connection of their own, which gives them back by closing.

Through libxcb, that Qt itself needs there. Wayland lends no key to programs.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

from desktop.ui.everywhere.keys import EverywhereKeys, Key

_CONTROL, _CAPITALS, _NUMBERS = 4, 2, 16
_OTHERS = _CONTROL | 1 | 8 | 64
"""The modifiers that would make it another key: Shift, Alt, Super."""
_ANY = 0x8000
_ASYNCHRONOUS = 1
_KEY_PRESS = 2


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (
        ("data", ctypes.POINTER(ctypes.c_uint32)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


class _KeyPress(ctypes.Structure):
    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("keycode", ctypes.c_uint8),
        ("between", ctypes.c_uint8 * 26),
        ("state", ctypes.c_uint16),
    )


class XcbKeys(EverywhereKeys):
    """State: a connection to the display, and the codes of the keys it lends."""

    def __init__(self, *, display: str | None = None, parent: QObject | None = None) -> None:
        """Ask a display, the usual one by default, for the keys; what another program has is left.

        Raises:
            OSError: libxcb is missing, or there is no display.
        """
        super().__init__(parent)
        self._xcb, self._symbols, self._c = _libraries()
        self._connection = self._xcb.xcb_connect(display.encode() if display else None, None)
        if self._xcb.xcb_connection_has_error(self._connection):
            self._xcb.xcb_disconnect(self._connection)
            raise OSError("no X display")
        self._close = _Once(partial(self._xcb.xcb_disconnect, self._connection))
        # Deleted with its window, it is not asked to give back first.
        self.destroyed.connect(self._close)
        self._by_code = self._grab()
        self.lent = frozenset(self._by_code.values())
        descriptor = self._xcb.xcb_get_file_descriptor(self._connection)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def give_back(self) -> None:
        """Close the connection: the display then lends nothing to it."""
        super().give_back()
        self._notifier.setEnabled(False)
        self._close()

    def _grab(self) -> dict[int, Key]:
        screens = self._xcb.xcb_setup_roots_iterator(self._xcb.xcb_get_setup(self._connection))
        root = screens.data[0]
        symbols = self._symbols.xcb_key_symbols_alloc(self._connection)
        found = {}
        for key in Key:
            codes = self._symbols.xcb_key_symbols_get_keycode(symbols, key.value)
            if not codes:
                continue
            code = codes[0]
            self._c.free(codes)
            # With the locks of the keyboard on or off, it is the same key.
            locks = (0, _CAPITALS, _NUMBERS, _CAPITALS | _NUMBERS)
            if all(self._lends(root, code, _CONTROL | lock) for lock in locks):
                found[code] = key
            else:
                self._xcb.xcb_ungrab_key(self._connection, code, root, _ANY)
        self._symbols.xcb_key_symbols_free(symbols)
        return found

    def _lends(self, root: int, code: int, modifiers: int) -> bool:
        cookie = self._xcb.xcb_grab_key_checked(
            self._connection, 0, root, modifiers, code, _ASYNCHRONOUS, _ASYNCHRONOUS
        )
        refused = self._xcb.xcb_request_check(self._connection, cookie)
        if refused:
            self._c.free(refused)
        return not refused

    def _read(self) -> None:
        while event := self._xcb.xcb_poll_for_event(self._connection):
            press = ctypes.cast(event, ctypes.POINTER(_KeyPress)).contents
            is_press = press.response_type & 0x7F == _KEY_PRESS
            key = self._by_code.get(press.keycode) if is_press else None
            wanted = press.state & _OTHERS == _CONTROL
            self._c.free(event)
            if key is not None and wanted:
                self.pressed.emit(key)
            if self._close.done:
                return
        if self._xcb.xcb_connection_has_error(self._connection):
            # The display is gone: its end of the connection would be ready for ever.
            self.give_back()


class _Once:
    """State: whether a thing to do once was done."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.done = False
        self._act = act

    def __call__(self, *_: object) -> None:
        if not self.done:
            self.done = True
            self._act()


def _libraries() -> tuple[Any, Any, Any]:
    xcb, symbols, c = (
        ctypes.CDLL("libxcb.so.1"),
        ctypes.CDLL("libxcb-keysyms.so.1"),
        ctypes.CDLL(None),
    )
    pointer, number, byte = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint8
    short = ctypes.c_uint16
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = (ctypes.c_char_p, pointer), pointer
    xcb.xcb_disconnect.argtypes, xcb.xcb_disconnect.restype = (pointer,), None
    xcb.xcb_connection_has_error.argtypes = (pointer,)
    xcb.xcb_get_file_descriptor.argtypes = (pointer,)
    xcb.xcb_get_setup.argtypes, xcb.xcb_get_setup.restype = (pointer,), pointer
    xcb.xcb_setup_roots_iterator.argtypes = (pointer,)
    xcb.xcb_setup_roots_iterator.restype = _Screens
    xcb.xcb_grab_key_checked.argtypes = (pointer, byte, number, short, byte, byte, byte)
    xcb.xcb_grab_key_checked.restype = _Cookie
    xcb.xcb_ungrab_key.argtypes, xcb.xcb_ungrab_key.restype = (
        (pointer, byte, number, short),
        _Cookie,
    )
    xcb.xcb_request_check.argtypes, xcb.xcb_request_check.restype = (pointer, _Cookie), pointer
    xcb.xcb_poll_for_event.argtypes, xcb.xcb_poll_for_event.restype = (pointer,), pointer
    symbols.xcb_key_symbols_alloc.argtypes = (pointer,)
    symbols.xcb_key_symbols_alloc.restype = pointer
    symbols.xcb_key_symbols_free.argtypes, symbols.xcb_key_symbols_free.restype = (pointer,), None
    symbols.xcb_key_symbols_get_keycode.argtypes = (pointer, number)
    symbols.xcb_key_symbols_get_keycode.restype = ctypes.POINTER(byte)
    c.free.argtypes, c.free.restype = (pointer,), None
    return xcb, symbols, c
