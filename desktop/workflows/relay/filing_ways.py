"""How an organisation takes a form: by post, at a counter, online; what is sure and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.workflows.dates import long_day
from desktop.workflows.desk import Desk
from desktop.workflows.online.errors import NoOnlineFiling
from desktop.workflows.online.procedures import online_filing
from desktop.workflows.relay.copying import STATUS_WORDS
from forms.guide import Guide


@dataclass(frozen=True)
class FilingWays:
    """What is known of how a form is filed.

    Attributes:
        guide: the form's guide; None for a form that this relay does not have.
        site: a website's address, or the procedure's; empty where none is known.
        worth: « Exemple inventé, lu le 24 novembre 2026 »; empty without an address.
        note: what the form's `online.yaml` adds.
        prefilled: whether a draft can be prefilled on a portal.
    """

    guide: Guide | None
    site: str = ""
    worth: str = ""
    note: str = ""
    prefilled: bool = False


def filing_ways(desk: Desk, form_id: str) -> FilingWays:
    """How a form is filed, as its guide and its `online.yaml` say.

    Raises:
        DefinitionError: one of them has a fault.
    """
    known = any(entry.id == form_id for entry in desk.catalogue.entries())
    guide = desk.catalogue.guide(form_id) if known else None
    try:
        filing = online_filing(desk, form_id)
    except NoOnlineFiling:
        return FilingWays(guide)
    procedure = filing.procedure
    return FilingWays(
        guide,
        filing.site or (procedure.address if procedure else ""),
        f"{STATUS_WORDS[filing.status]}, lu le {long_day(filing.read)}",
        filing.note,
        procedure is not None,
    )
