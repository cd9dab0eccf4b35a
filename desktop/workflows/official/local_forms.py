"""Forms brought to this PC: imported from a workbook, installed from a signed pack, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.workflows.desk import Desk
from desktop.workflows.errors import FormNameTaken, NotAForm, OlderForms, UnknownIssuer
from exports.formpack.pack import FormPack, PackedForm, read_form_pack, write_form_pack
from forms.catalogue import catalogue, version_order
from forms.definition import Form
from forms.guide import HEADINGS
from forms.reader import read_form
from forms.xlsform.importing import import_xlsform
from vault.records.journal import Action

LOCAL = "local"
_WORKBOOKS = (".xlsx", ".xls", ".xlsm")
_PACK_NUMBERS = "form_packs"


@dataclass(frozen=True)
class BroughtForm:
    """A form just added to the catalogue.

    Attributes:
        notices: what of the workbook has no meaning here, in French.
    """

    form_id: str
    title: str
    notices: tuple[str, ...]


@dataclass(frozen=True)
class LocalForm:
    """One form beside the program's own.

    Attributes:
        origin: « importé ici », or who signed the pack it came in.
    """

    form_id: str
    title: str
    version: str
    origin: str


def list_local_forms(desk: Desk) -> tuple[LocalForm, ...]:
    """The forms brought to this PC."""
    names = {contact.id: contact.name for contact in desk.vault.contacts.all()}
    return tuple(
        LocalForm(
            form.form_id,
            desk.catalogue.entry(form.form_id).title,
            form.version,
            "importé ici" if form.issuer == LOCAL else names.get(form.issuer, "paquet signé"),
        )
        for form in desk.vault.forms.listed()
    )


def import_form(desk: Desk, file: Path) -> BroughtForm:
    """Add a form from an XLSForm workbook or a `form.yaml`, with the CSV lists beside it.

    Raises:
        WorkbookUnreadable, DefinitionError: the file has a fault; nothing is added.
        NotAForm: it is neither.
        FormNameTaken: the program has a form of this name.
        OSError: the file cannot be read.
    """
    desk.require_writer()
    beside = {
        one.name: one.read_text(encoding="utf-8-sig", errors="replace")
        for one in sorted(file.parent.glob("*.csv"))
    }
    if file.suffix.lower() in _WORKBOOKS:
        imported = import_xlsform(file.read_bytes(), file=file.name, beside=beside)
        form, notices = imported.form, imported.notices
        files = {"form.yaml": form.text}
    elif file.suffix.lower() in (".yaml", ".yml"):
        form, notices = read_form(file.read_text(encoding="utf-8"), file=file.name), ()
        files = {"form.yaml": form.text}
    else:
        raise NotAForm
    files["guide.md"] = empty_guide(form)
    add_form(desk, form, files)
    return BroughtForm(form.id, form.title, notices)


def add_form(desk: Desk, form: Form, files: Mapping[str, str]) -> None:
    """Put a form made or imported here in the catalogue.

    Raises:
        FormNameTaken: the program has a form of this name.
        DefinitionError: one of its files has a fault.
    """
    desk.require_writer()
    _refuse_own_name(form.id)
    check_files(form.id, files)
    with desk.vault.transaction():
        desk.vault.forms.put(form.id, form.version, files, issuer=LOCAL, listed=True)
        desk.vault.journal.add(
            Action.FORM_ADDED, detail={"title": form.title, "version": form.version}
        )
    desk.catalogue.refresh()


def remove_form(desk: Desk, form_id: str) -> None:
    """Propose a form no more; the applications filled with it keep it."""
    title = desk.catalogue.entry(form_id).title
    with desk.vault.transaction():
        desk.vault.forms.unlist(form_id)
        desk.vault.journal.add(Action.FORM_REMOVED, detail={"title": title})
    desk.catalogue.refresh()


def install_pack(desk: Desk, data: bytes) -> tuple[str, ...]:
    """Install a signed form pack; return the titles of the forms that are new or newer.

    Raises:
        FormPackError: it is damaged, unsigned, tampered with, or of a newer format.
        UnknownIssuer: no verified contact has signed it.
        OlderForms: it is older than what is installed.
        DefinitionError: one of its forms has a fault.
    """
    desk.require_writer()
    pack = read_form_pack(data)
    issuer = _issuer_of(desk, pack)
    numbers = desk.vault.settings.get(_PACK_NUMBERS, {})
    if pack.number < numbers.get(issuer, 0):
        raise OlderForms
    newer = [form for form in pack.forms if _is_newer(desk, form)]
    if not newer:
        raise OlderForms
    for form in newer:
        check_files(form.form_id, form.files)
    with desk.vault.transaction():
        for form in newer:
            desk.vault.forms.put(form.form_id, form.version, form.files, issuer=issuer, listed=True)
        desk.vault.settings.set(_PACK_NUMBERS, {**numbers, issuer: pack.number})
        desk.vault.journal.add(
            Action.FORMS_INSTALLED,
            detail={"from": pack.issuer.name, "titles": ", ".join(form.title for form in newer)},
        )
    desk.catalogue.refresh()
    return tuple(form.title for form in newer)


def make_pack(desk: Desk, form_ids: tuple[str, ...]) -> bytes:
    """Sign forms of the catalogue into a pack, with this vault's key.

    Raises:
        UnknownForm: the catalogue lacks one.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    desk.require_writer()
    forms = tuple(
        PackedForm(
            form_id,
            desk.catalogue.entry(form_id).version,
            desk.catalogue.entry(form_id).title,
            dict(desk.catalogue.files(form_id)),
        )
        for form_id in form_ids
    )
    number = int(desk.vault.settings.get("form_pack_made", 0)) + 1
    data = write_form_pack(
        forms,
        issuer=desk.vault.place,
        signing_key=Ed25519PrivateKey.from_private_bytes(desk.vault.identity.signing_seed),
        number=number,
        created_on=desk.today().isoformat(),
    )
    desk.vault.settings.set("form_pack_made", number)
    return data


def check_files(form_id: str, files: Mapping[str, str]) -> None:
    """Check a form's texts before they are kept.

    Raises:
        DefinitionError: one has a fault.
    """
    from forms.catalogue.shelf import Shelf

    shelf = Shelf(_OneForm(form_id, files))
    shelf.form(form_id)
    shelf.guide(form_id)
    shelf.official(form_id)
    shelf.letter(form_id)
    shelf.online(form_id)


def empty_guide(form: Form) -> str:
    """A guide to complete: its headings, and that nothing in it was verified."""
    texts = dict.fromkeys(HEADINGS, "À compléter — à vérifier.")
    texts["Pour qui"] = form.summary or f"{form.title}. À compléter — à vérifier."
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in texts.items()) + "\n"


class _OneForm:
    """One form's texts, as a shelf."""

    def __init__(self, form_id: str, files: Mapping[str, str]) -> None:
        self._form_id = form_id
        self._files = files

    def ids(self) -> list[str]:
        return [self._form_id]

    def files(self, form_id: str) -> Mapping[str, str]:
        return self._files if form_id == self._form_id else {}


def _refuse_own_name(form_id: str) -> None:
    if any(entry.id == form_id for entry in catalogue().entries()):
        raise FormNameTaken


def _issuer_of(desk: Desk, pack: FormPack) -> str:
    for contact in desk.vault.contacts.all():
        if contact.verify_key == pack.issuer.verify_key and contact.verified_at is not None:
            return contact.id
    if pack.issuer.verify_key == _own_key(desk):
        return desk.vault.id
    raise UnknownIssuer(pack.issuer.name)


def _own_key(desk: Desk) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    seed = desk.vault.identity.signing_seed
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _is_newer(desk: Desk, form: PackedForm) -> bool:
    for entry in desk.catalogue.entries():
        if entry.id == form.form_id:
            return version_order(form.version) > version_order(entry.version)
    return True
