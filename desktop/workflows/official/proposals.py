"""A PDF without a form: one proposed from its fields, adjusted, added to the catalogue."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from desktop.workflows.desk import Desk
from desktop.workflows.official.local_forms import add_form
from exports.paper.foreign import propose
from exports.paper.proposal.model import Proposal
from exports.paper.proposal.writing import write_form
from forms.catalogue import catalogue
from forms.reader import read_form
from vault.records.journal import Action


def propose_form(desk: Desk, pdf: bytes) -> Proposal:
    """Propose a form for a fillable PDF.

    Raises:
        NothingToFill: it has no field that a person fills.
        PaperError: it cannot be read as a PDF.
    """
    proposal = propose(pdf, today=desk.today())
    own = {entry.id for entry in catalogue().entries()}
    if proposal.form_id in own:
        return replace(proposal, form_id=f"{proposal.form_id}-local")
    return proposal


def add_proposed_form(desk: Desk, proposal: Proposal, pdf: bytes) -> str:
    """Put an adjusted proposal in the catalogue, with its PDF; return the form's identifier.

    Raises:
        FormNameTaken: the program has a form of this name.
        DefinitionError: what was adjusted makes no form.
    """
    desk.require_writer()
    texts = write_form(proposal)
    form = read_form(texts.form, file=f"{proposal.form_id}/form.yaml")
    files = {"form.yaml": texts.form, "official.yaml": texts.official, "guide.md": texts.guide}
    with desk.vault.transaction():
        add_form(desk, form, files)
        desk.vault.official_pdfs.add(form.id, hashlib.sha256(pdf).hexdigest(), pdf)
        desk.vault.journal.add(Action.OFFICIAL_ADDED, detail={"title": form.title})
    return form.id
