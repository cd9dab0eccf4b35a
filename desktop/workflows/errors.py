"""What can go wrong in a workflow itself, apart from the vault, the forms and the carriers."""


class WorkflowError(Exception):
    """Base of every error a workflow raises on its own account."""


class NotAStation(WorkflowError):
    """The vault is a relay's: it does not prepare applications."""


class NotARelay(WorkflowError):
    """The vault is a station's: it does not file applications nor answer bundles."""


class NothingToSend(WorkflowError):
    """A bundle was asked for without an application or without a contact."""


class UnverifiedContact(WorkflowError):
    """A bundle was asked for a contact whose fingerprint nobody has compared yet.

    Attributes:
        contact_name: the contact, as its card names it.
    """

    def __init__(self, contact_name: str) -> None:
        super().__init__("the fingerprint of this contact was never compared")
        self.contact_name = contact_name


class OlderKeys(WorkflowError):
    """A file was asked for with post-quantum keys and older ones, which would undo the former.

    Attributes:
        names: those whose keys are older.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("post-quantum keys and older ones in one file")
        self.names = names


class RevokedContact(WorkflowError):
    """Nothing is written to this contact any more, nor taken from it.

    Attributes:
        contact_name: the contact, as its card names it.
    """

    def __init__(self, contact_name: str) -> None:
        super().__init__("this contact was revoked")
        self.contact_name = contact_name


class OlderCard(WorkflowError):
    """The card shows keys that this contact has replaced since."""


class ApplicationOfAnother(WorkflowError):
    """A bundle has an application of another station, and nobody verified who sent it."""


class NotToAStation(WorkflowError):
    """A person was to be transferred to a relay: only stations take people."""


class GivenUp(WorkflowError):
    """The user gave a long step up; nothing of it stays."""


class OwnCard(WorkflowError):
    """The card imported is this vault's own."""


class ReceiptForUnknownBundle(WorkflowError):
    """A receipt answers a bundle that this vault never sent."""


class ReceiptFromStranger(WorkflowError):
    """A receipt is signed by somebody the bundle was not sent to."""


class NoOutcomeToSend(WorkflowError):
    """A receipt was asked for before any outcome was recorded."""


class OutcomeTooLong(WorkflowError):
    """The reference or the comment of an outcome is longer than a receipt can carry."""


class NotOwnFile(WorkflowError):
    """The bundle or receipt to print was written by another vault."""


class NoSuchSentApplication(WorkflowError):
    """No application sent from here, or more than one, has the identifier that was typed."""


class OfficialFormNotRecognised(WorkflowError):
    """The PDF is none of the official forms that the catalogue knows."""


class NobodyToWriteTo(WorkflowError):
    """An envelope, a label or a covering slip was asked for without an address."""


class NoPrinter(WorkflowError):
    """Something was to be printed, and this PC knows no printer."""


class PrinterRefused(WorkflowError):
    """The printer did not take the pages."""


class AlreadySent(WorkflowError):
    """The application has left: its answers are those the relay received, and stay so."""


class NotAForm(WorkflowError):
    """The file is neither a workbook nor a definition."""


class FormNameTaken(WorkflowError):
    """The program already has a form with this identifier."""


class UnknownIssuer(WorkflowError):
    """A form pack is signed by nobody that was verified here.

    Attributes:
        issuer: who the pack says it is from.
    """

    def __init__(self, issuer: str) -> None:
        super().__init__("nobody verified here signed this pack")
        self.issuer = issuer


class OlderForms(WorkflowError):
    """A form pack brings nothing newer than what is installed."""


class CleaningLeft(WorkflowError):
    """What was asked is erased, but its traces could not be cleaned from the file yet."""


class NoReason(WorkflowError):
    """Something was to be kept longer than the rule says, and nobody said why."""


class NotLater(WorkflowError):
    """Something was to be kept until a day that is already past."""
