"""HTTPS to one portal: bounded in time and size, through this PC's proxy, and silent in logs."""

from __future__ import annotations

import logging
import ssl
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exports.online.errors import AnswerTooLarge, OnlineError, PortalUnreachable, ProxyUnusable
from exports.online.permission import NetworkPermission, Portal

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 4 * 1024 * 1024
"""More than any schema or list of drafts."""


@dataclass(frozen=True)
class Patience:
    """How long, in seconds, to wait for a connection, for each part, and for the whole."""

    connect: float = 10
    part: float = 30
    whole: float = 90


@dataclass(frozen=True)
class Answer:
    """What came back; redirections are answers like others, never followed."""

    status: int
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)


class Interrupted(OnlineError):
    """The request had left, wholly or in part, and no whole answer came."""


class Connection:
    """State: how one portal is reached; nothing stays open between two requests."""

    def __init__(
        self, permission: NetworkPermission, portal: Portal, patience: Patience | None = None
    ) -> None:
        """Prepare to speak to a portal; nothing is opened yet.

        Raises:
            AddressNotAllowed: the portal is not permitted.
        """
        permission.require(portal)
        self.portal = portal
        self._permission = permission
        self._patience = patience or Patience()

    def get(self, path: str, query: dict[str, str] | None = None) -> Answer:
        """Read; raises as `post`."""
        return self._exchange("GET", path, query=query or {}, body=None)

    def post(self, path: str, body: bytes) -> Answer:
        """Send a JSON body once.

        Raises:
            PortalUnreachable: no connection: nothing left.
            ProxyUnusable: the same, because of the proxy.
            Interrupted: it left and no whole answer came.
            AnswerTooLarge: the answer has no end.
        """
        return self._exchange("POST", path, query={}, body=body)

    def _exchange(
        self, method: str, path: str, *, query: dict[str, str], body: bytes | None
    ) -> Answer:
        self._permission.require(self.portal)
        import httpx

        _silence()
        # A compressed answer could grow without end in one step.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if body is not None:
            # Nothing after it: the portal compares the whole header.
            headers["Content-Type"] = "application/json"
        until = time.monotonic() + self._patience.whole
        try:
            with (
                self._client(headers) as client,
                client.stream(method, path, params=query or None, content=body) as response,
            ):
                return Answer(response.status_code, _read(response, until), dict(response.headers))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise PortalUnreachable from None
        except (httpx.ProxyError, httpx.UnsupportedProtocol):
            raise ProxyUnusable from None
        except httpx.HTTPError:
            # httpx puts the address in its texts, and the address holds tokens.
            raise Interrupted from None

    def _client(self, headers: dict[str, str]) -> httpx.Client:
        import httpx

        patience = self._patience
        try:
            return httpx.Client(
                base_url=self.portal.address,
                headers={"User-Agent": "traitdunion", **headers},
                verify=_authorities(self.portal),
                timeout=httpx.Timeout(patience.part, connect=patience.connect),
                # The proxy of the environment or of the system's settings.
                trust_env=True,
                follow_redirects=False,
                # A connection kept from before may be dead: what is sent on it is lost in doubt.
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
            )
        except (ImportError, ValueError, httpx.InvalidURL):
            raise ProxyUnusable from None


def _authorities(portal: Portal) -> ssl.SSLContext:
    if portal.trusted:
        return ssl.create_default_context(cadata=portal.trusted)
    import certifi

    # The system's, where an institution's own may be, and those that travel with the program.
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _read(response: httpx.Response, until: float) -> bytes:
    import httpx

    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise AnswerTooLarge
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            raise AnswerTooLarge
        if time.monotonic() > until:
            raise httpx.ReadTimeout("")
    return bytes(body)


def _silence() -> None:
    # Both would write addresses, tokens included, into any log that listens.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
