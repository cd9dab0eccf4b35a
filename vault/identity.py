"""The vault's own keys: an age identity to be written to, an Ed25519 key to sign with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vault.age_keys import make_age_keys
from vault.records.settings import Settings

_KEY = "identity"


class VaultKind(Enum):
    """What a vault is for, for its whole life; a station never touches a network."""

    STATION = "station"
    RELAY = "relay"


@dataclass(frozen=True)
class VaultIdentity:
    """The keys of one vault; they never leave it but for the public halves.

    Attributes:
        age_secret: `AGE-SECRET-KEY-PQ-1…`, or `AGE-SECRET-KEY-1…` in a vault made before hybrid
            keys that has not renewed its own.
        age_recipient: `age1pq1…`, or `age1…`.
        signing_seed: the Ed25519 private key, 32 bytes (RFC 8032).
        verify_key: its public key, 32 bytes.
        former_age_secrets: those renewed since; they still open what was written for them.
    """

    vault_id: str
    place: str
    kind: VaultKind
    age_secret: str
    age_recipient: str
    signing_seed: bytes
    verify_key: bytes
    former_age_secrets: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"VaultIdentity({self.vault_id})"


def make_identity(settings: Settings) -> None:
    """Draw the keys of a new vault and keep them in it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    age = make_age_keys()
    signing = Ed25519PrivateKey.generate()
    settings.set(
        _KEY,
        {
            "age_secret": age.secret,
            "age_recipient": age.recipient,
            "signing_seed": signing.private_bytes_raw().hex(),
            "verify_key": signing.public_key().public_bytes_raw().hex(),
        },
    )


def has_identity(settings: Settings) -> bool:
    """Whether the vault's keys are there."""
    return settings.get(_KEY, None) is not None


def renew_age_keys(settings: Settings) -> None:
    """Draw a new age key pair and keep the secret of the old one; the signing key stays."""
    kept = settings.get(_KEY, {})
    age = make_age_keys()
    settings.set(
        _KEY,
        {
            **kept,
            "age_secret": age.secret,
            "age_recipient": age.recipient,
            "former_age_secrets": [kept["age_secret"], *kept.get("former_age_secrets", [])],
        },
    )


def read_identity(
    settings: Settings, *, vault_id: str, place: str, kind: VaultKind
) -> VaultIdentity:
    """The keys of a vault, from its settings."""
    kept = settings.get(_KEY, {})
    return VaultIdentity(
        vault_id,
        place,
        kind,
        kept["age_secret"],
        kept["age_recipient"],
        bytes.fromhex(kept["signing_seed"]),
        bytes.fromhex(kept["verify_key"]),
        tuple(kept.get("former_age_secrets", [])),
    )
