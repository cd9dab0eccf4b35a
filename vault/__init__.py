"""The encrypted store of this PC: keys, people, applications, journal. No Qt, no forms.

Begin at `vault.vault.Vault`. Nothing is imported here, so that the window which asks for the
passphrase pays only for what it uses.
"""
