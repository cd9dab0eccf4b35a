"""The desk: an open vault, the catalogue of forms, and the clock, handed to every workflow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.workflows.errors import NotARelay, NotAStation
from forms.catalogue import Catalogue, with_local_forms
from vault.records.forms import StoredForms
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

    def require_writer(self) -> None:
        """Refuse, before anything is done outside the vault, a step that ends by writing in it.

        Raises:
            ReadOnlySession: the session only reads.
        """
        self.vault.session.require_writer()

    def require_responsible(self) -> None:
        """Refuse what binds everybody who opens this vault.

        Raises:
            ReadOnlySession, NotResponsible: the session may not.
        """
        self.vault.session.require_responsible()

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


class VaultFormTexts:
    """The definitions that a vault keeps, as a shelf of the catalogue."""

    def __init__(self, forms: StoredForms) -> None:
        self._forms = forms

    def ids(self) -> list[str]:
        """The forms that the catalogue proposes."""
        return [form.form_id for form in self._forms.listed()]

    def files(self, form_id: str) -> Mapping[str, str]:
        """The texts of a form."""
        return next((form.files for form in self._forms.listed() if form.form_id == form_id), {})


def desk_of(vault: Vault) -> Desk:
    """The desk of an open vault, with the forms brought to it."""
    return Desk(vault, with_local_forms(VaultFormTexts(vault.forms)))
