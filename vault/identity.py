"""The vault's own keys: an age identity (X25519) to be written to, an Ed25519 key to sign with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vault.settings import Settings

_KEY = "identity"


class VaultKind(Enum):
    """What a vault is for, for its whole life; a station never touches a network."""

    STATION = "station"
    RELAY = "relay"


@dataclass(frozen=True)
class VaultIdentity:
    """The keys of one vault; they never leave it but for the public halves.

    Attributes:
        age_secret: `AGE-SECRET-KEY-1…`.
        age_recipient: `age1…`.
        signing_seed: the Ed25519 private key, 32 bytes (RFC 8032).
        verify_key: its public key, 32 bytes.
    """

    vault_id: str
    place: str
    kind: VaultKind
    age_secret: str
    age_recipient: str
    signing_seed: bytes
    verify_key: bytes

    def __repr__(self) -> str:
        return f"VaultIdentity({self.vault_id})"


def make_identity(settings: Settings) -> None:
    """Draw the keys of a new vault and keep them in it."""
    import pyrage
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    age = pyrage.x25519.Identity.generate()
    signing = Ed25519PrivateKey.generate()
    settings.set(
        _KEY,
        {
            "age_secret": str(age),
            "age_recipient": str(age.to_public()),
            "signing_seed": signing.private_bytes_raw().hex(),
            "verify_key": signing.public_key().public_bytes_raw().hex(),
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
    )
