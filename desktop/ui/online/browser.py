"""The system's browser, where a person takes a draft up: this program never shows a website."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_in_browser(address: str) -> bool:
    """Open an `https` address; False when the system has no browser, or the address is no such."""
    url = QUrl(address)
    return url.scheme() == "https" and QDesktopServices.openUrl(url)
