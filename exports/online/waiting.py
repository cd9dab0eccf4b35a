"""Which portals asked to be left alone (429), and until when; forgotten when the program ends."""

from __future__ import annotations

import math
import threading
from time import monotonic

from exports.online.errors import PortalBusy
from exports.online.permission import Portal


class Waits:
    """State: by portal, the moment from which it may be asked again."""

    def __init__(self) -> None:
        self._until: dict[Portal, float] = {}
        self._lock = threading.Lock()

    def note(self, portal: Portal, seconds: int) -> None:
        """Leave a portal alone for so long."""
        with self._lock:
            self._until[portal] = monotonic() + seconds

    def refuse(self, portal: Portal) -> None:
        """Refuse to ask a portal that is to be left alone.

        Raises:
            PortalBusy: with the seconds that are left; nothing was sent.
        """
        with self._lock:
            left = self._until.get(portal, 0.0) - monotonic()
        if left > 0:
            raise PortalBusy(math.ceil(left))


WAITS = Waits()
"""Those of this program: whichever page or command asks, a portal is left alone."""
