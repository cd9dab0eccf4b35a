"""What can go wrong with a form pack."""

from __future__ import annotations


class FormPackError(Exception):
    """Base of every error of form packs; nothing was installed."""


class NotAFormPack(FormPackError):
    """The file is no form pack."""


class FormPackDamaged(FormPackError):
    """The archive cannot be read whole."""


class FormPackUnsigned(FormPackError):
    """The pack carries no signature."""


class FormPackTampered(FormPackError):
    """The signature does not match, or a file is not what the manifest says."""


class FormPackTooNew(FormPackError):
    """A newer program wrote it."""


class FormPackTooLarge(FormPackError):
    """More files or bytes than a pack may have."""
