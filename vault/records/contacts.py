"""Contacts: relays and stations whose public keys are known, verified or not yet."""

from __future__ import annotations

from dataclasses import dataclass, fields

from vault.database.store import Store
from vault.errors import RecordNotFound
from vault.records.columns import columns_of, now
from vault.records.search import fold


@dataclass(frozen=True)
class Contact:
    """A relay or a station.

    Attributes:
        id: the identifier of its vault.
        kind: "station" or "relay".
        age_recipient: its public encryption key.
        verify_key: its Ed25519 public key, 32 bytes.
        card: the card it came with, as received.
        verified_at: when its fingerprint was compared; None until then.
        revoked_at: since when nothing is written to it nor taken from it; None for most.
        former_recipients: JSON list of the encryption keys it had before.
    """

    id: str
    name: str
    kind: str
    age_recipient: str
    verify_key: bytes
    card: bytes
    verified_at: str | None
    last_exchange_at: str | None
    created_at: str
    revoked_at: str | None = None
    former_recipients: str = "[]"


_NAMES = tuple(field.name for field in fields(Contact))
_COLUMNS = ", ".join(_NAMES)


class Contacts:
    """The contacts of one vault."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(
        self,
        *,
        id: str,
        name: str,
        kind: str,
        age_recipient: str,
        verify_key: bytes,
        card: bytes,
    ) -> Contact:
        """Keep a contact, unverified, in place of an older one with the same identifier."""
        contact = Contact(id, name, kind, age_recipient, verify_key, card, None, None, now())
        return self.save(contact)

    def save(self, contact: Contact) -> Contact:
        """Write a contact as it is."""
        stored = {name: getattr(contact, name) for name in _NAMES}
        names, marks, values = columns_of(stored)
        self._store.run(f"INSERT OR REPLACE INTO contacts ({names}) VALUES ({marks})", values)
        return contact

    def get(self, id: str) -> Contact:
        """The contact with an identifier.

        Raises:
            RecordNotFound: there is none.
        """
        contact = self.find(id)
        if contact is None:
            raise RecordNotFound
        return contact

    def find(self, id: str) -> Contact | None:
        """The contact with an identifier, if any."""
        row = self._store.row(f"SELECT {_COLUMNS} FROM contacts WHERE id = ?", (id,))
        return Contact(*row) if row else None

    def all(self) -> list[Contact]:
        """Every contact, in alphabetical order."""
        rows = self._store.rows(f"SELECT {_COLUMNS} FROM contacts ORDER BY id")
        return sorted((Contact(*row) for row in rows), key=lambda contact: fold(contact.name))
