"""What can go wrong with a vault."""


class VaultError(Exception):
    """Base of every error of the vault."""


class VaultNotFound(VaultError):
    """The folder holds no vault: neither its database nor its keys."""


class VaultExists(VaultError):
    """The folder already holds a vault."""


class VaultFolderUnwritable(VaultError):
    """Nothing can be read or written in the folder; the errors below say why, where it is known."""


class DiskFull(VaultFolderUnwritable):
    """There is no room left on the device."""


class FolderReadOnly(VaultFolderUnwritable):
    """The device is mounted or locked so that nothing can be written to it."""


class AccessForbidden(VaultFolderUnwritable):
    """The system does not let this account read or write there."""


class FolderGone(VaultFolderUnwritable):
    """The folder, or the device it is on, is no longer there."""


class DeviceFails(VaultFolderUnwritable):
    """The disk or the stick does not answer: pulled out in the midst, or worn out."""


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


class NotABackup(VaultError):
    """The folder holds no backup of a vault, or only part of one."""


class BackupUnsound(VaultError):
    """A backup, read back, is not what was written; it was thrown away."""


class AccessTooOld(VaultError):
    """A user has not typed their passphrase since version 1: a new key cannot be sealed to them.

    Attributes:
        names: those users.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("users whose passphrase was not typed since version 1")
        self.names = names


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
