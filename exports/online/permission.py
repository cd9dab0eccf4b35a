"""The permission to use the network, without which no connection can be made.

A station has none: the check handed over raises there. It is asked again before each connection,
so that a permission kept by mistake is worth nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from exports.online.errors import AddressNotAllowed


@dataclass(frozen=True)
class Portal:
    """One portal that a relay may speak to, over HTTPS alone.

    Attributes:
        trusted: authorities in PEM that vouch for it, instead of the system's; empty for those.
        practice: whether it only rehearses; what is invented may be sent to it.
    """

    host: str
    port: int = 443
    trusted: str = field(default="", repr=False)
    practice: bool = False

    @property
    def address(self) -> str:
        """`https://host`, with the port where it is not the usual one."""
        return f"https://{self.host}" + ("" if self.port == 443 else f":{self.port}")

    def has(self, address: str) -> bool:
        """Whether an address is one of this portal's."""
        parts = _parts(address)
        return (
            parts is not None
            and parts.scheme == "https"
            and parts.username is None
            and (parts.hostname or "").casefold() == self.host
            and _port(parts) == self.port
        )


DEMARCHE_NUMERIQUE = Portal("demarche.numerique.gouv.fr")
"""The base address of the contract, read in January 2026."""

ALLOWED: tuple[Portal, ...] = (DEMARCHE_NUMERIQUE,)


class NetworkPermission:
    """State: whether the network may be used now, and to reach whom."""

    def __init__(self, check: Callable[[], None], portals: tuple[Portal, ...] = ALLOWED) -> None:
        """Ask for the permission; whatever the check raises refuses it.

        Args:
            check: returns for a relay, raises for a station.
            portals: the only ones that may be reached.
        """
        check()
        self._check = check
        self.portals = portals

    def require(self, portal: Portal) -> None:
        """Refuse what is not, or no longer, permitted.

        Raises:
            AddressNotAllowed: the portal is not one of those permitted.
        """
        self._check()
        if portal not in self.portals:
            raise AddressNotAllowed(portal.host)

    def portal_of(self, address: str) -> Portal:
        """The portal of an address.

        Raises:
            AddressNotAllowed: none of those permitted has it; or it is not HTTPS.
        """
        for portal in self.portals:
            if portal.has(address):
                return portal
        parts = _parts(address)
        raise AddressNotAllowed((parts.hostname or "") if parts is not None else "")


def _parts(address: str) -> SplitResult | None:
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port or 443
    except ValueError:
        return None
