"""The portals that a relay adds to those the program knows; a station reaches none of them."""

from __future__ import annotations

from urllib.parse import urlsplit

from desktop.workflows.desk import Desk
from desktop.workflows.online.errors import NotAPortalAddress
from exports.online.permission import Portal
from vault.records.journal import Action

_KEY = "online.portals"
_USUAL = 443


def added_portals(desk: Desk) -> tuple[Portal, ...]:
    """The portals that were added here."""
    kept = desk.vault.settings.get(_KEY, None) or []
    return tuple(Portal(one["host"], one["port"]) for one in kept)


def allow_portal(desk: Desk, address: str) -> Portal:
    """Let this relay reach a portal more, over HTTPS; the same twice does nothing.

    Raises:
        NotARelay: the vault is a station's.
        NotResponsible: the session may not.
        NotAPortalAddress: it is no `https://` address of a named host.
    """
    desk.require_relay()
    desk.require_responsible()
    portal = _portal(address)
    others = added_portals(desk)
    if portal not in others:
        _keep(desk, (*others, portal))
    return portal


def remove_portal(desk: Desk, portal: Portal) -> None:
    """Take back what `allow_portal` gave; raises as it does."""
    desk.require_relay()
    desk.require_responsible()
    _keep(desk, tuple(one for one in added_portals(desk) if one != portal))


def _keep(desk: Desk, portals: tuple[Portal, ...]) -> None:
    kept = [{"host": one.host, "port": one.port} for one in portals]
    named = ", ".join(one.address for one in portals) or "aucun ajouté"
    with desk.vault.transaction():
        desk.vault.settings.set(_KEY, kept)
        desk.vault.journal.add(Action.PORTALS_CHANGED, detail={"portals": named})


def _portal(address: str) -> Portal:
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").casefold(), parts.port or _USUAL
    except ValueError:
        raise NotAPortalAddress from None
    # A name, never a number: certificates vouch for names.
    named = "." in host and not host.rsplit(".", 1)[-1].isdigit() and ":" not in host
    if parts.scheme != "https" or parts.username is not None or not named:
        raise NotAPortalAddress
    return Portal(host, port)
