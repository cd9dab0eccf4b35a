"""The desk: an open vault, the catalogue of forms, and the clock, handed to every workflow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.workflows.errors import NotARelay, NotAStation
from forms.catalogue import Catalogue
from vault.vault import Vault, VaultKind


def local_now() -> datetime:
    """This moment, in local time with its offset."""
    return datetime.now().astimezone()


def local_today() -> date:
    """The day where the PC stands: what a person means by today."""
    return local_now().date()


@dataclass(frozen=True)
class Desk:
    """What a workflow needs to act: where data is kept, which forms exist, what time it is."""

    vault: Vault
    catalogue: Catalogue
    now: Callable[[], datetime] = field(default=local_now)

    @property
    def is_relay(self) -> bool:
        """Whether this vault files applications for others."""
        return self.vault.kind is VaultKind.RELAY

    def today(self) -> date:
        """The day at this desk, in local time: what `today()` means in a form."""
        return self.now().date()

    def require_station(self) -> None:
        """Refuse a step that only a station takes.

        Raises:
            NotAStation: the vault is a relay's.
        """
        if self.is_relay:
            raise NotAStation

    def require_relay(self) -> None:
        """Refuse a step that only a relay takes.

        Raises:
            NotARelay: the vault is a station's.
        """
        if not self.is_relay:
            raise NotARelay
