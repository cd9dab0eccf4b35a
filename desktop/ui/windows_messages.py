"""The messages that Windows sends to the program, handed to whoever listens."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

_MESSAGES = b"windows_generic_MSG"


class Message(ctypes.Structure):
    """MSG, with the sizes it has on 64-bit Windows wherever it is made."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("w_param", ctypes.c_size_t),
        ("l_param", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
    )


class MessageFilter(QAbstractNativeEventFilter):
    """Hands the messages of Windows over, and lets them all pass."""

    def __init__(self, take: Callable[[Message], object]) -> None:
        super().__init__()
        self._take = take

    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Hand a message over when it is of Windows."""
        if eventType == _MESSAGES:
            self._take(Message.from_address(int(message)))
        return False, 0
