"""What can go wrong with a bundle, a receipt or a card."""


class BundleError(Exception):
    """Base of every error of the bundle carrier."""


class NotABundle(BundleError):
    """The file is no age file: it is something else."""


class BundleDamaged(BundleError):
    """The file was a bundle and can no longer be read."""


class BundleTruncated(BundleDamaged):
    """The file ends too early: it was not copied whole."""


class BundleTampered(BundleError):
    """The content is not what its sender signed."""


class NotForMe(BundleError):
    """The file was encrypted for somebody else."""


class NewerFormat(BundleError):
    """A newer program wrote the file."""


class WrongKind(BundleError):
    """A receipt where a bundle was expected, or the other way round."""


class BundleTooLarge(BundleError):
    """The file, or what it would expand to, is larger than a bundle may be."""


class TooManyMembers(BundleTooLarge):
    """The archive has more files than a bundle may have."""


class ExpandsTooMuch(BundleTooLarge):
    """A file of the archive is far larger than what it is packed in: it was made to fill memory."""


class NameRefused(BundleError):
    """A name in the manifest has characters that could mislead whoever reads it, or a program."""


class MixedRecipients(BundleError):
    """Some recipients have post-quantum keys and others have not: the file would be no safer."""


class CardDamaged(BundleError):
    """The card cannot be read."""


class CardTampered(BundleError):
    """The card is not what its owner signed."""
