"""An application arriving at the relay: new, corrected, or a version that no longer counts.

Which version counts is said by the number the station gives it, never by a clock nor by which
bundle is opened first.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from desktop.workflows.desk import Desk
from desktop.workflows.errors import ApplicationOfAnother
from desktop.workflows.filling.states import STATE_WORDS
from exports.bundle.content import Content, pieces_of, sha256_of, size_of
from exports.bundle.identity import Party
from exports.bundle.manifest import ApplicationParcel, BundleContents
from vault.records.applications import Application, ApplicationState
from vault.records.columns import new_id, now
from vault.records.documents import Document
from vault.records.journal import Action

FORM_DOCUMENT = "formulaire"
"""The request name under which a relay keeps the paper that came with an application."""


def keep_application(
    desk: Desk, contents: BundleContents, sender: Party, parcel: ApplicationParcel
) -> None:
    """Keep an application of a bundle, in place of an older revision if there is one.

    Raises:
        ApplicationOfAnother: it came from another station before, and this sender was never
            verified.
    """
    desk.require_writer()
    held = desk.vault.applications.find(parcel.id)
    if held is None:
        _add(desk, contents, sender, parcel)
        return
    _refuse_stranger(desk, held, sender)
    if parcel.revision > held.revision:
        _put_in_place(desk, contents, sender, parcel, held)
    elif parcel.revision < held.revision:
        said = f"version {parcel.revision}, plus ancienne que la version {held.revision} d’ici"
        _set_aside(desk, contents, held, f"{said}\u00a0: laissée de côté")
    elif parcel.answers == held.answers:
        _set_aside(desk, contents, held, "la même version que celle d’ici\u00a0: rien n’a changé")
    else:
        said = f"version {parcel.revision} comme celle d’ici, mais d’autres réponses"
        _set_aside(
            desk, contents, held, f"{said}\u00a0: laissée de côté, à vérifier avec l’établissement"
        )


def note_again(desk: Desk, contents: BundleContents) -> None:
    """Note, once, that a bundle already here was presented again."""
    desk.require_writer()
    for parcel in contents.applications:
        held = desk.vault.applications.find(parcel.id)
        if held is None:
            continue
        said = "présentée à nouveau\u00a0: rien n’a changé"
        noted = {"number": contents.number, "said": said}
        lines = desk.vault.journal.of_application(held.id)
        if not any(line.detail == noted for line in lines):
            _set_aside(desk, contents, held, said)


def person_of_sender(sender_id: str, person_id: str) -> str:
    """The identifier here of a station's person.

    A station numbers its people itself: the same from another station is another person.
    """
    return str(uuid.uuid5(uuid.UUID(sender_id), person_id))


def keep_content(
    desk: Desk,
    content: Content,
    *,
    person_id: str,
    application_id: str | None,
    request_name: str | None,
    name: str,
    media_type: str,
    id: str | None = None,
) -> Document:
    """Keep a document, its bytes one piece at a time in memory."""
    desk.require_writer()
    document = Document(
        id=id or new_id(),
        person_id=person_id,
        application_id=application_id,
        request_name=request_name,
        name=name,
        media_type=media_type,
        size=size_of(content),
        sha256=sha256_of(content),
        pages=None,
        created_at=now(),
    )
    return desk.vault.documents.put(document, pieces_of(content))


def _add(desk: Desk, contents: BundleContents, sender: Party, parcel: ApplicationParcel) -> None:
    vault = desk.vault
    person_id = _person(desk, sender, parcel)
    vault.applications.add(
        id=parcel.id,
        person_id=person_id,
        form_id=parcel.form_id,
        form_version=parcel.form_version,
        form_title=parcel.form_title,
        state=ApplicationState.TO_FILE,
        answers=dict(parcel.answers),
        definition=parcel.form_definition,
        bundle_id=contents.id,
        revision=parcel.revision,
    )
    _keep_documents(desk, person_id, parcel)
    vault.journal.add(
        Action.BUNDLE_RECEIVED,
        person_id=person_id,
        application_id=parcel.id,
        detail={"number": contents.number, "from": sender.name},
    )
    _note_state(desk, person_id, parcel)


def _put_in_place(
    desk: Desk,
    contents: BundleContents,
    sender: Party,
    parcel: ApplicationParcel,
    held: Application,
) -> None:
    vault = desk.vault
    person_id = _person(desk, sender, parcel)
    for document in vault.documents.of_application(held.id):
        vault.documents.delete(document.id)
    vault.applications.save(
        replace(
            held,
            person_id=person_id,
            form_id=parcel.form_id,
            form_version=parcel.form_version,
            form_title=parcel.form_title,
            state=ApplicationState.TO_FILE,
            answers=dict(parcel.answers),
            definition=parcel.form_definition,
            bundle_id=contents.id,
            revision=parcel.revision,
            reference=None,
            comment=None,
            outcome=None,
            outcome_on=None,
        )
    )
    _keep_documents(desk, person_id, parcel)
    vault.journal.add(
        Action.APPLICATION_REPLACED,
        person_id=person_id,
        application_id=held.id,
        detail={
            "title": parcel.form_title,
            "number": contents.number,
            "revision": str(parcel.revision),
            "before": str(held.revision),
            "state": STATE_WORDS[held.state].lower(),
            "reference": held.reference or "",
        },
    )
    _note_state(desk, person_id, parcel)


def _refuse_stranger(desk: Desk, held: Application, sender: Party) -> None:
    before = desk.vault.bundles.find(held.bundle_id) if held.bundle_id else None
    if before is not None and sender.id in before.contact_ids:
        return
    # After a transfer, another station goes on with the application: one that was verified.
    contact = desk.vault.contacts.find(sender.id)
    trusted = contact is not None and contact.verified_at is not None
    if contact is None or not trusted or contact.verify_key != sender.verify_key:
        raise ApplicationOfAnother


def _person(desk: Desk, sender: Party, parcel: ApplicationParcel) -> str:
    fields = parcel.person
    person_id = person_of_sender(sender.id, fields.get("id") or parcel.id)
    if desk.vault.people.find(person_id) is None:
        desk.vault.people.add(
            id=person_id,
            family_name=fields.get("family_name", ""),
            given_names=fields.get("given_names", ""),
            birth_date=fields.get("birth_date") or None,
            prison_number=fields.get("prison_number") or None,
            profile={},
        )
    return person_id


def _keep_documents(desk: Desk, person_id: str, parcel: ApplicationParcel) -> None:
    keep_content(
        desk,
        parcel.pdf,
        person_id=person_id,
        application_id=parcel.id,
        request_name=FORM_DOCUMENT,
        name=f"{parcel.form_id}.pdf",
        media_type="application/pdf",
    )
    for document in parcel.documents:
        keep_content(
            desk,
            document.content,
            person_id=person_id,
            application_id=parcel.id,
            request_name=document.request_name or None,
            name=document.name,
            media_type=document.media_type,
        )


def _set_aside(desk: Desk, contents: BundleContents, held: Application, said: str) -> None:
    desk.vault.journal.add(
        Action.BUNDLE_SET_ASIDE,
        person_id=held.person_id,
        application_id=held.id,
        detail={"number": contents.number, "said": said},
    )


def _note_state(desk: Desk, person_id: str, parcel: ApplicationParcel) -> None:
    desk.vault.journal.add(
        Action.STATE_CHANGED,
        person_id=person_id,
        application_id=parcel.id,
        detail={"title": parcel.form_title, "state": STATE_WORDS[ApplicationState.TO_FILE]},
    )
