"""What can go wrong when a relay files online, apart from the network itself."""

from __future__ import annotations

from desktop.workflows.errors import WorkflowError


class NoOnlineFiling(WorkflowError):
    """Nothing says where this form is filed online."""


class ExampleProcedure(WorkflowError):
    """The procedure is an invented example: nothing is sent anywhere but to practise."""


class OtherProcedure(WorkflowError):
    """The description read is of another procedure than the form's mapping names."""


class NotAPortalAddress(WorkflowError):
    """The address is not one that a relay may be let to reach."""


class ProcedureClosed(WorkflowError):
    """The procedure takes no drafts any more."""


class FilingUndecided(WorkflowError):
    """A draft was sent before and may exist; only the user says whether to send another."""


class DraftAlreadySent(WorkflowError):
    """A draft of this application exists on the portal; only the user says whether to make another.

    Attributes:
        number: the portal's number for it.
    """

    def __init__(self, number: int = 0) -> None:
        super().__init__("a draft of this application exists")
        self.number = number


class NothingToFollow(WorkflowError):
    """No draft was sent, or none whose answer came."""


class NotFiledYet(WorkflowError):
    """The draft was not submitted by anybody: there is no outcome to record."""
