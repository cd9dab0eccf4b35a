"""Contacts: giving one's card, taking another's, comparing the fingerprint aloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from desktop.workflows.desk import Desk
from desktop.workflows.durable_file import write_durably
from desktop.workflows.errors import OlderCard, OwnCard, RevokedContact
from exports.bundle.card import Fingerprint, card_texts, fingerprint, read_card, write_card
from exports.bundle.envelope import is_post_quantum
from exports.bundle.identity import Identity, Party
from vault.records.contacts import Contact
from vault.records.journal import Action
from vault.vault import VaultKind

KIND_WORDS: dict[VaultKind, str] = {
    VaultKind.STATION: "poste hors ligne",
    VaultKind.RELAY: "poste relais",
}

MAXIMUM_CARD_SIZE = 64 * 1024


@dataclass(frozen=True)
class ContactRow:
    """A contact as shown.

    Attributes:
        words: the fingerprint, to be compared aloud.
        digits: the same in figures.
        verified: whether somebody compared it.
        post_quantum: whether its keys are of today's kind.
        revoked: whether nothing is exchanged with it any more.
        keys_changed: whether it had other keys before, and these were not compared yet.
    """

    id: str
    name: str
    kind: str
    words: tuple[str, ...]
    digits: str
    verified: bool
    last_exchange: str | None
    post_quantum: bool
    revoked: bool = False
    keys_changed: bool = False


@dataclass(frozen=True)
class MyCard:
    """This vault's own card.

    Attributes:
        content: the `.carte` file.
        codes: the texts of its QR codes.
        post_quantum: whether its keys are of today's kind.
    """

    name: str
    kind: str
    words: tuple[str, ...]
    digits: str
    content: bytes
    codes: tuple[str, ...]
    post_quantum: bool


def identity_of(desk: Desk) -> Identity:
    """The keys of this vault, as the bundle's writer and reader need them."""
    own = desk.vault.identity
    party = Party(own.vault_id, own.place, own.kind.value, own.age_recipient, own.verify_key)
    return Identity(party, own.age_secret, own.signing_seed, own.former_age_secrets)


def party_of(contact: Contact) -> Party:
    """A contact's public keys, as the bundle's writer and reader need them."""
    return Party(contact.id, contact.name, contact.kind, contact.age_recipient, contact.verify_key)


def refuse_revoked(contact: Contact) -> None:
    """Refuse to exchange with a contact that was revoked.

    Raises:
        RevokedContact: it was.
    """
    if contact.revoked_at is not None:
        raise RevokedContact(contact.name)


def older_keys(desk: Desk, contact_ids: Iterable[str]) -> tuple[str, ...]:
    """Whose keys would make a file for these contacts, and for this vault, less safe than others'.

    Whoever keeps the file until there are quantum computers opens it by its weakest key. Empty
    when all the keys are post-quantum, and when none is.
    """
    own = desk.vault.identity
    keys = [(own.place, own.age_recipient)]
    for contact_id in contact_ids:
        contact = desk.vault.contacts.find(contact_id)
        if contact is not None:
            keys.append((contact.name, contact.age_recipient))
    older = tuple(name for name, key in keys if not is_post_quantum(key))
    return older if len(older) < len(keys) else ()


def renew_my_keys(desk: Desk) -> MyCard:
    """Give this vault post-quantum keys; its contacts need the new card, signed by the same key."""
    desk.vault.renew_age_keys()
    return my_card(desk)


def my_card(desk: Desk) -> MyCard:
    """This vault's card: its public keys, their fingerprint, its file and QR."""
    identity = identity_of(desk)
    content = write_card(identity)
    print_ = fingerprint(identity.party)
    return MyCard(
        identity.party.name,
        KIND_WORDS[desk.vault.kind],
        print_.words,
        print_.digits,
        content,
        card_texts(content),
        is_post_quantum(identity.party.recipient),
    )


def save_my_card(desk: Desk, file: Path) -> None:
    """Write this vault's card as a `.carte` file.

    Raises:
        OSError: the file cannot be written.
    """
    desk.require_writer()
    write_durably(file, my_card(desk).content)
    desk.vault.journal.add(Action.CARD_EXPORTED)


def my_card_page(desk: Desk) -> bytes:
    """This vault's card as a PDF page: name, fingerprint words, QR."""
    from exports.paper.sheets.cardpage import render_card_page

    card = my_card(desk)
    return render_card_page(
        name=card.name, kind=card.kind, words=card.words, digits=card.digits, qr_texts=card.codes
    )


def list_contacts(desk: Desk) -> tuple[ContactRow, ...]:
    """The contacts of this vault, in alphabetical order."""
    return tuple(_row(contact) for contact in desk.vault.contacts.all())


def import_card(desk: Desk, file: Path) -> ContactRow:
    """Take a contact's card from a file; the contact is not yet verified.

    A card already known changes nothing: a verified contact stays verified.

    Raises:
        BundleError: the card is damaged or was altered.
        OwnCard: it is this vault's own.
        OSError: the file cannot be read.
    """
    with file.open("rb") as stream:
        return take_card(desk, stream.read(MAXIMUM_CARD_SIZE + 1))


def take_card(desk: Desk, content: bytes) -> ContactRow:
    """Take a contact's card from its bytes; see `import_card`."""
    desk.require_writer()
    party = read_card(content)
    vault = desk.vault
    if party.id == vault.id:
        raise OwnCard
    with vault.transaction():
        known = vault.contacts.find(party.id)
        if known is not None and (known.age_recipient, known.verify_key) == (
            party.recipient,
            party.verify_key,
        ):
            return _row(known)
        former = _former_recipients(known) if known is not None else ()
        if known is not None and known.verify_key == party.verify_key:
            if party.recipient in former or _is_step_back(known, party):
                raise OlderCard
            contact = vault.contacts.save(_renewed(known, party, content))
            vault.journal.add(Action.CONTACT_RENEWED, detail={"name": contact.name})
            return _row(contact)
        # Another signing key under a known identifier is a new acquaintance: it must be compared.
        contact = vault.contacts.put(
            id=party.id,
            name=party.name,
            kind=party.kind,
            age_recipient=party.recipient,
            verify_key=party.verify_key,
            card=content,
        )
        if known is not None:
            contact = vault.contacts.save(
                replace(
                    contact,
                    last_exchange_at=known.last_exchange_at,
                    former_recipients=_with_former(known),
                )
            )
        vault.journal.add(
            Action.CONTACT_ADDED if known is None else Action.CONTACT_KEYS_CHANGED,
            detail={"name": party.name},
        )
    return _row(contact)


def mark_verified(desk: Desk, contact_id: str) -> ContactRow:
    """Note that the fingerprint was read aloud and is the same on both sides."""
    vault = desk.vault
    with vault.transaction():
        contact = vault.contacts.get(contact_id)
        contact = replace(contact, verified_at=desk.now().isoformat(timespec="seconds"))
        vault.contacts.save(contact)
        vault.journal.add(Action.CONTACT_VERIFIED, detail={"name": contact.name})
    return _row(contact)


def revoke_contact(desk: Desk, contact_id: str) -> ContactRow:
    """Write nothing to a contact any more, and take nothing from it; its history stays.

    A card with another signing key, compared again, begins anew.
    """
    desk.require_writer()
    vault = desk.vault
    with vault.transaction():
        contact = vault.contacts.get(contact_id)
        contact = replace(contact, revoked_at=desk.now().isoformat(timespec="seconds"))
        vault.contacts.save(contact)
        vault.journal.add(Action.CONTACT_REVOKED, detail={"name": contact.name})
    return _row(contact)


def known_parties(desk: Desk) -> tuple[Party, ...]:
    """The public keys of every contact, to recognise a sender."""
    return tuple(party_of(contact) for contact in desk.vault.contacts.all())


def contact_fingerprint(contact: Contact) -> Fingerprint:
    """The fingerprint of a contact's keys."""
    return fingerprint(party_of(contact))


def _former_recipients(contact: Contact) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(contact.former_recipients, type=list[str]))


def _is_step_back(known: Contact, party: Party) -> bool:
    return is_post_quantum(known.age_recipient) and not is_post_quantum(party.recipient)


def _renewed(known: Contact, party: Party, card: bytes) -> Contact:
    """A contact with new encryption keys, which its own signing key vouches for.

    It stays verified: whoever holds the key that was compared wrote the card. It stays revoked
    too: the same key, perhaps in other hands, cannot lift that.
    """
    return replace(
        known,
        name=party.name,
        age_recipient=party.recipient,
        card=card,
        former_recipients=_with_former(known),
    )


def _with_former(known: Contact) -> str:
    return msgspec.json.encode([*_former_recipients(known), known.age_recipient]).decode()


def _row(contact: Contact) -> ContactRow:
    print_ = contact_fingerprint(contact)
    return ContactRow(
        contact.id,
        contact.name,
        KIND_WORDS[VaultKind(contact.kind)],
        print_.words,
        print_.digits,
        contact.verified_at is not None,
        contact.last_exchange_at,
        is_post_quantum(contact.age_recipient),
        contact.revoked_at is not None,
        contact.verified_at is None and bool(_former_recipients(contact)),
    )
