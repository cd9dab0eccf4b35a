"""What somebody typed to open a vault: a passphrase, or what is printed on the recovery sheet."""

from __future__ import annotations

from vault.errors import RecoveryKeyMistyped
from vault.key_slots.recovery import RecoveryKey


def passphrase_or_recovery(typed: str) -> str | RecoveryKey:
    """The recovery key when what was typed is one, else a passphrase."""
    try:
        return RecoveryKey.parse(typed)
    except RecoveryKeyMistyped:
        return typed
