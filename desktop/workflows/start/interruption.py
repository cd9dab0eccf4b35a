"""Work cut short by a lock: where it was, and what the vault did not hold yet.

It is kept in the vault, encrypted as all the rest, for whoever was working. When the vault cannot
be written (a full disk, a stick pulled out), it is sealed to the vault's own key instead, and the
window holds the sealed bytes until the vault is open again.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from desktop.workflows.desk import Desk
from vault.errors import VaultError

_KEY = "interruption"


@dataclass(frozen=True)
class Interruption:
    """Where somebody was working when the vault was locked.

    Attributes:
        place: the page, as the window names it.
        record: what the page shows.
        spot: the part of the page, as the page names it.
        question: the one with the keyboard, as the page names it.
        caret: where in its text, in characters.
        unsaved: by question, what was typed and is not in the vault.
    """

    place: str
    record: str
    spot: str = ""
    question: str = ""
    caret: int = 0
    unsaved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Sealed:
    """What is inside sealed bytes: whose work, and the work."""

    user_id: str
    work: Interruption


def set_aside(desk: Desk, work: Interruption) -> bytes | None:
    """Keep work until its user is back; the sealed bytes to hold when the vault refuses."""
    session = desk.vault.session
    user_id = session.user_id
    # Who only reads writes nothing, not even the page they were at.
    if not session.may_write:
        return _seal(desk, _Sealed(user_id, work))
    try:
        kept = _kept(desk)
        desk.vault.settings.set(_KEY, {**kept, user_id: msgspec.to_builtins(work)})
    except VaultError:
        return _seal(desk, _Sealed(user_id, work))
    return None


def work_set_aside(desk: Desk, sealed: bytes | None = None) -> Interruption | None:
    """The work that was set aside for whoever opened the vault, if any.

    Args:
        desk: the vault, open again.
        sealed: what the vault could not keep, if anything.
    """
    if sealed is not None:
        opened = _unsealed(desk, sealed)
        if opened is not None and opened.user_id == desk.vault.session.user_id:
            return opened.work
    try:
        kept = _kept(desk).get(desk.vault.session.user_id)
        return msgspec.convert(kept, Interruption) if kept is not None else None
    except (msgspec.ValidationError, VaultError):
        # Written by another version of the program, or not readable: the work itself is intact.
        return None


def forget_set_aside(desk: Desk) -> None:
    """Erase what was set aside for whoever opened the vault."""
    if not desk.vault.session.may_write:
        return
    kept = _kept(desk)
    if kept.pop(desk.vault.session.user_id, None) is not None:
        desk.vault.settings.set(_KEY, kept)


def _kept(desk: Desk) -> dict[str, object]:
    kept = desk.vault.settings.get(_KEY, {})
    return dict(kept) if isinstance(kept, dict) else {}


def _seal(desk: Desk, work: _Sealed) -> bytes | None:
    from exports.bundle.age.file import encrypt
    from exports.bundle.age.keys import parse_recipient

    try:
        recipient = parse_recipient(desk.vault.identity.age_recipient)
    except VaultError:
        return None
    sealed = io.BytesIO()
    encrypt(io.BytesIO(msgspec.json.encode(work)), sealed, [recipient])
    return sealed.getvalue()


def _unsealed(desk: Desk, sealed: bytes) -> _Sealed | None:
    from exports.bundle.age.errors import AgeError
    from exports.bundle.age.file import decrypt
    from exports.bundle.age.keys import parse_identity

    identity = desk.vault.identity
    secrets = (identity.age_secret, *identity.former_age_secrets)
    opened = io.BytesIO()
    try:
        decrypt(io.BytesIO(sealed), opened, [parse_identity(one) for one in secrets])
    except AgeError:
        # Another vault was opened meanwhile: its work is not this one.
        return None
    return msgspec.json.decode(opened.getvalue(), type=_Sealed)
