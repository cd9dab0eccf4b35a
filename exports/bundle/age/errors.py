"""What can be wrong with an age file, by the part of it that is wrong."""


class AgeError(Exception):
    """Base of every error of the age format."""


class HeaderMalformed(AgeError):
    """The header, or the nonce after it, is not what the specification says."""


class NotAnAgeFile(HeaderMalformed):
    """The file does not begin with the version line: it is something else."""


class VersionUnsupported(HeaderMalformed):
    """The version line names another version than v1."""


class HeaderTruncated(HeaderMalformed):
    """The file ends inside its header, or before its payload."""


class HeaderForged(AgeError):
    """The header's MAC is not that of the file key: the header was altered."""


class NoIdentityMatches(AgeError):
    """No recipient of the file is one of the identities given."""


class PayloadDamaged(AgeError):
    """A chunk of the payload does not authenticate, or data follows the last one."""


class PayloadTruncated(PayloadDamaged):
    """The payload ends before its last chunk."""


class ArmorMalformed(AgeError):
    """The ASCII armor is not strictly what the specification says."""
