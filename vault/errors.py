"""What can go wrong with a vault."""


class VaultError(Exception):
    """Base of every error of the vault."""


class VaultNotFound(VaultError):
    """The folder holds no vault: neither its database nor its keys."""


class VaultExists(VaultError):
    """The folder already holds a vault."""


class VaultFolderUnwritable(VaultError):
    """Nothing can be read or written in the vault's folder: read-only, full, or gone."""


class VaultLocked(VaultError):
    """The vault was locked: its key has left memory."""


class VaultInUse(VaultError):
    """Another program holds the database."""


class WrongPassphrase(VaultError):
    """No key slot opens with this passphrase or recovery key."""


class NotEnoughMemory(VaultError):
    """This PC cannot set aside the memory that this access's derivation asks for."""


class AccessWithdrawn(VaultError):
    """This access was removed or replaced since; somebody put an older `vault.keys` back."""


class NotResponsible(VaultError):
    """Only a *responsable* may do this."""


class ReadOnlySession(VaultError):
    """The session is a *lecture seule* one: it reads, and changes nothing."""


class LastResponsible(VaultError):
    """A vault keeps at least one *responsable* who can open it."""


class NameTaken(VaultError):
    """Another user already has this name."""


class PassphraseTaken(VaultError):
    """This passphrase already opens an access: it could not tell two users apart."""


class PassphraseTooShort(VaultError):
    """A new passphrase has fewer characters than a vault accepts."""


class KeyFileMissing(VaultError):
    """`vault.db` is there, `vault.keys` is not: without it nothing can be opened."""


class KeyFileDamaged(VaultError):
    """`vault.keys` cannot be read, or somebody altered it."""


class KeyFileTooNew(VaultError):
    """`vault.keys` was written by a newer program."""


class DatabaseMissing(VaultError):
    """`vault.keys` is there, `vault.db` is not."""


class DatabaseDamaged(VaultError):
    """`vault.db` cannot be decrypted or read."""


class SchemaTooNew(VaultError):
    """`vault.db` was written by a newer program."""


class RecordNotFound(VaultError):
    """No record has this identifier."""


class RecordExists(VaultError):
    """A record with this identifier is already there."""


class TextRefused(VaultError):
    """A text ends with a NUL, or holds half of a character: nobody types that."""


class DocumentTooLarge(VaultError):
    """A document has more bytes than a vault accepts."""


class DocumentDamaged(VaultError):
    """The bytes of a document no longer match their SHA-256."""


class RecoveryKeyMistyped(VaultError):
    """A line of the recovery sheet was mistyped.

    Attributes:
        line: its number, from 1; 0 when the number of lines is wrong.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"recovery line {line} does not match its check characters")
        self.line = line
