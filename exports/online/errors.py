"""What can go wrong between a relay and a portal.

No text here ever holds an address with its query, a value, a name or a token: an error may end in a
log.
"""


class OnlineError(Exception):
    """Base of every error of the network's carrier."""


class AddressNotAllowed(OnlineError):
    """The address is not that of a portal this program may speak to; nothing was opened.

    Attributes:
        host: the name in the address, empty where there is none.
    """

    def __init__(self, host: str = "") -> None:
        super().__init__("this address is not on the allowed list")
        self.host = host


class NotAProcedureAddress(OnlineError):
    """The address names no procedure (`/commencer/…`, `/preremplir/…`)."""


class ProxyUnusable(OnlineError):
    """The proxy that this PC's settings name cannot be used."""


class PortalUnreachable(OnlineError):
    """No connection could be made: nothing was sent."""


class PortalSilent(OnlineError):
    """The portal did not answer a question in time; it was only asked to read."""


class OutcomeUnknown(OnlineError):
    """A draft was sent and no clear answer came: it may exist. Never sent again blindly."""


class PortalBusy(OnlineError):
    """The portal asks to wait (429); nothing was created.

    Attributes:
        seconds: how long, as it says.
    """

    def __init__(self, seconds: int = 15) -> None:
        super().__init__("the portal asks to wait")
        self.seconds = seconds


class ProcedureNotFound(OnlineError):
    """The portal has no open procedure of this number or address; nothing was created."""


class PortalRefused(OnlineError):
    """The portal refused; nothing was created.

    Attributes:
        status: its HTTP status.
    """

    def __init__(self, status: int = 400) -> None:
        super().__init__(f"the portal answered {status}")
        self.status = status


class UnexpectedAnswer(OnlineError):
    """The portal's answer is not one that its contract knows."""


class AnswerTooLarge(OnlineError):
    """The portal's answer is larger than any it can need."""


class SchemaUnreadable(OnlineError):
    """This is no description of a procedure."""


class FilingTooLarge(OnlineError):
    """What would be sent is larger than a form can be."""


class NothingToPrefill(OnlineError):
    """No answer of this application goes in a field of the procedure."""
