"""Who sends and who receives: public keys under a name, and one's own secret ones."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Party:
    """A station or a relay, as others know it.

    Attributes:
        id: the identifier of its vault, a UUID.
        name: the establishment or office.
        kind: « station » or « relay ».
        recipient: its age recipient, `age1pq1…`, or `age1…` with older keys.
        verify_key: its Ed25519 public key, 32 bytes.
    """

    id: str
    name: str
    kind: str
    recipient: str
    verify_key: bytes


@dataclass(frozen=True, repr=False)
class Identity:
    """One's own keys.

    Attributes:
        age_secret: `AGE-SECRET-KEY-PQ-1…`, or `AGE-SECRET-KEY-1…` with older keys.
        signing_seed: the Ed25519 private key, 32 bytes.
        former_age_secrets: those renewed since; files written before still open.
    """

    party: Party
    age_secret: str
    signing_seed: bytes
    former_age_secrets: tuple[str, ...] = ()

    @property
    def age_secrets(self) -> tuple[str, ...]:
        """All that may open a file, the latest first."""
        return (self.age_secret, *self.former_age_secrets)

    def __repr__(self) -> str:
        return f"Identity({self.party.id})"
