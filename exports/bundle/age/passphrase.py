"""The scrypt recipient type: files under a passphrase, which we only read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from exports.bundle.age.errors import HeaderMalformed
from exports.bundle.age.header import Stanza
from exports.bundle.age.wrapping import argument_of, check_stanza, open_file_key

STANZA_TYPE = "scrypt"
MOST_WORK = 20
"""The base-two logarithm of the dearest work factor: 1 GiB; the age command writes 18."""

_LABEL = b"age-encryption.org/v1/scrypt"
_SALT_SIZE = 16
_WORK = re.compile(r"[1-9][0-9]?")


class PassphraseIdentity:
    """A passphrase (section “The scrypt recipient type”)."""

    def __init__(self, passphrase: str) -> None:
        self._passphrase = passphrase.encode()

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key, if the stanza opens with this passphrase (section “scrypt recipient …”).

        Raises:
            HeaderMalformed: the stanza is not as the specification says, or costs too much.
        """
        for stanza in stanzas:
            if stanza.type != STANZA_TYPE:
                continue
            check_stanza(stanza, 2)
            salt = argument_of(stanza, 0, _SALT_SIZE)
            if not _WORK.fullmatch(stanza.arguments[1]):
                raise HeaderMalformed("not a work factor")
            work = int(stanza.arguments[1])
            if work > MOST_WORK:
                raise HeaderMalformed("the work factor is too high")
            key = Scrypt(_LABEL + salt, 32, 1 << work, 8, 1).derive(self._passphrase)
            return open_file_key(key, stanza.body)
        return None
