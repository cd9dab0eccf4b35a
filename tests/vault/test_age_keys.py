"""The keys a vault makes: hybrid; an older vault keeps its own until they are renewed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exports.bundle.age.keys import recipient_of
from tests.vault.conftest import ClosedVault
from vault.age_keys import make_age_keys
from vault.errors import VaultLocked
from vault.vault import Vault

VERSION_1 = Path(__file__).parent / "vaults" / "version-1"


def test_a_secret_and_its_recipient_belong_together() -> None:
    for _ in range(5):
        keys = make_age_keys()
        assert keys.secret.startswith("AGE-SECRET-KEY-PQ-1")
        assert recipient_of(keys.secret) == keys.recipient
        assert keys.secret not in repr(keys)


def test_an_older_vault_keeps_its_keys_until_they_are_renewed(tmp_path: Path) -> None:
    folder = tmp_path / "coffre"
    shutil.copytree(VERSION_1, folder)
    vault = Vault.unlock(folder, "quatre mots tirés au sort")
    before = vault.identity
    assert before.age_secret.startswith("AGE-SECRET-KEY-1")
    assert before.former_age_secrets == ()
    vault.renew_age_keys()
    vault.lock()
    vault = Vault.unlock(folder, "quatre mots tirés au sort")
    after = vault.identity
    assert recipient_of(after.age_secret) == after.age_recipient
    assert after.age_recipient.startswith("age1pq1")
    assert after.former_age_secrets == (before.age_secret,)
    assert (after.signing_seed, after.verify_key) == (before.signing_seed, before.verify_key)
    assert vault.verify().ok
    vault.lock()


def test_keys_renewed_twice_leave_both_former_ones(closed: ClosedVault) -> None:
    vault = closed.open()
    first = vault.identity.age_secret
    vault.renew_age_keys()
    second = vault.identity.age_secret
    vault.renew_age_keys()
    assert vault.identity.former_age_secrets == (second, first)
    vault.lock()
    with pytest.raises(VaultLocked):
        vault.renew_age_keys()
