"""Definitions kept in a vault."""

from __future__ import annotations

from vault.vault import Vault


def test_a_newer_version_takes_the_place_of_the_older_in_the_catalogue(vault: Vault) -> None:
    vault.forms.put("essai", "1", {"form.yaml": "un"}, issuer="local", listed=True)
    vault.forms.put("essai", "2", {"form.yaml": "deux"}, issuer="local", listed=True)
    (listed,) = vault.forms.listed()
    assert (listed.version, listed.files) == ("2", {"form.yaml": "deux"})
    older = vault.forms.find("essai", "1")
    assert older is not None
    assert older.files["form.yaml"] == "un"
    vault.forms.unlist("essai")
    assert vault.forms.listed() == []
    assert vault.forms.find("essai", "2") is not None


def test_what_is_remembered_never_replaces_what_is_there(vault: Vault) -> None:
    vault.forms.put("essai", "1", {"form.yaml": "un"}, issuer="local", listed=True)
    vault.forms.remember("essai", "1", {"form.yaml": "autre"})
    vault.forms.remember("essai", "0", {"form.yaml": "zéro"})
    (listed,) = vault.forms.listed()
    assert listed.files == {"form.yaml": "un"}
    assert vault.forms.find("rien", "1") is None
