"""What can go wrong with paper."""


class PaperError(Exception):
    """Base of every error of the paper carriers."""


class NotAPdf(PaperError):
    """The file is no PDF."""


class PdfEncrypted(PaperError):
    """The PDF opens only with a password."""


class PdfDamaged(PaperError):
    """The PDF cannot be read to its end."""


class PdfTooLarge(PaperError):
    """The PDF has more bytes, pages or fields than a form has."""


class PdfTakesTooLong(PaperError):
    """The file keeps the program busy beyond reason; the work on it was ended."""


class PdfCrashed(PaperError):
    """The process that handled the file died of it."""


class PdfUnhandled(PaperError):
    """Something in the file was foreseen by nobody."""


class GeometryUnreadable(PaperError):
    """The record of where a blank's boxes lie is damaged, or a newer program wrote it."""
