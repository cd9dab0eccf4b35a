"""What can go wrong between bytes and printed codes."""

from exports.bundle.errors import BundleError


class PaperCodeError(BundleError):
    """Base of every error of the printed codes."""


class TooLongForPaper(PaperCodeError):
    """The file would fill more pages than anybody scans."""


class TooLongForForm(PaperCodeError):
    """The application does not fit in the codes at the foot of its form."""


class NoCodeFound(PaperCodeError):
    """The images show none of our codes."""


class CodesMissing(PaperCodeError):
    """Too few codes were read to give the file back.

    Attributes:
        missing: how many more are needed at least.
    """

    def __init__(self, missing: int) -> None:
        super().__init__("more codes are needed")
        self.missing = missing


class CodesDisagree(PaperCodeError):
    """Enough codes were read, and what they give is not what was printed."""


class ScanUnreadable(PaperCodeError):
    """The file is no image of a page, or cannot be read to its end."""


class SlipFromStranger(PaperCodeError):
    """A short form is signed by a key that this vault does not hold."""


class SlipMistyped(PaperCodeError):
    """A receipt typed by hand is not one.

    Attributes:
        part: what of it is wrong, in French: « la date ».
    """

    def __init__(self, part: str) -> None:
        super().__init__(f"mistyped: {part}")
        self.part = part
