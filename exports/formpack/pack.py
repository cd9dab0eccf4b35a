"""Writing and reading a form pack (`.formulaires`): a ZIP with a signed manifest.

    manifest.json    format, version, id, number, issuer, forms, each file's SHA-256
    manifest.sig     Ed25519 over `CONTEXT` and the manifest's bytes
    forms/<id>/…     form.yaml, guide.md, official.yaml, letter.yaml, lists in CSV

The reader verifies before it gives anything; whether the issuer is trusted is the caller's to say.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import uuid
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from exports.formpack.errors import (
    FormPackDamaged,
    FormPackTampered,
    FormPackTooLarge,
    FormPackTooNew,
    FormPackUnsigned,
    NotAFormPack,
)

FORMAT: Literal["traitdunion-forms"] = "traitdunion-forms"
VERSION = 1
CONTEXT = b"traitdunion form pack manifest v1\n"
ENDING = ".formulaires"
MOST_BYTES = 64 * 1024 * 1024
MOST_FILES = 2000
_MOST_RATIO = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (NotImplementedError, RuntimeError, EOFError, ValueError, struct.error, OSError)
"""What zipfile stumbles on when its tables are damaged."""
_FORM_FILE = re.compile(r"forms/([^\W\d][\w.\-]{0,80})/([\w.\-]{1,80}\.(?:yaml|md|csv))")

_Text = Annotated[str, msgspec.Meta(max_length=500)]
_Sha = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]


@dataclass(frozen=True)
class Issuer:
    """Who answers for a pack: a name, and an Ed25519 public key (32 bytes)."""

    name: str
    verify_key: bytes


@dataclass(frozen=True)
class PackedForm:
    """One form of a pack: its texts by file name."""

    form_id: str
    version: str
    title: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class FormPack:
    """A pack whose signature was verified.

    Attributes:
        number: grows with each pack of an issuer; an older pack never takes a newer one's place.
        created_on: a day, ISO 8601.
    """

    id: str
    number: int
    created_on: str
    issuer: Issuer
    forms: tuple[PackedForm, ...]


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: _Text
    version: _Text
    title: _Text


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    path: _Text
    sha256: _Sha


class _Issuer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: _Text
    verify_key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class _Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["traitdunion-forms"]
    version: int
    signature_algorithm: Literal["ed25519"]
    id: _Text
    number: Annotated[int, msgspec.Meta(ge=0)]
    created_on: _Text
    issuer: _Issuer
    forms: tuple[_Form, ...]
    files: tuple[_File, ...]


class _Head(msgspec.Struct):
    format: Literal["traitdunion-forms"]
    version: int


def write_form_pack(
    forms: tuple[PackedForm, ...],
    *,
    issuer: str,
    signing_key: Ed25519PrivateKey,
    number: int,
    created_on: str,
) -> bytes:
    """Sign forms into a pack.

    Args:
        forms: what it brings.
        issuer: who answers for it, in words.
        signing_key: the issuer's.
        number: greater than that of the issuer's packs before.
        created_on: a day, ISO 8601.
    """
    files = {
        f"forms/{form.form_id}/{name}": text.encode()
        for form in forms
        for name, text in form.files.items()
    }
    manifest = _Manifest(
        FORMAT,
        VERSION,
        "ed25519",
        str(uuid.uuid4()),
        number,
        created_on,
        _Issuer(issuer, signing_key.public_key().public_bytes_raw()),
        tuple(_Form(form.form_id, form.version, form.title) for form in forms),
        tuple(
            _File(path, hashlib.sha256(content).hexdigest())
            for path, content in sorted(files.items())
        ),
    )
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    files["manifest.json"] = encoded
    files["manifest.sig"] = signing_key.sign(CONTEXT + encoded)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, files[path])
    return out.getvalue()


def read_form_pack(data: bytes) -> FormPack:
    """Open a pack and verify it.

    Raises:
        FormPackError: each fault its own class; see `exports.formpack.errors`.
    """
    files = _unpack(data)
    encoded, signature = files.pop("manifest.json", None), files.pop("manifest.sig", None)
    if encoded is None:
        raise NotAFormPack
    manifest = _manifest(encoded)
    if signature is None:
        raise FormPackUnsigned
    try:
        key = Ed25519PublicKey.from_public_bytes(manifest.issuer.verify_key)
        key.verify(signature, CONTEXT + encoded)
    except (InvalidSignature, ValueError) as error:
        raise FormPackTampered from error
    promised = {file.path: file.sha256 for file in manifest.files}
    if promised != {path: hashlib.sha256(text).hexdigest() for path, text in files.items()}:
        raise FormPackTampered
    forms = tuple(_packed(form, files) for form in manifest.forms)
    if sum(len(form.files) for form in forms) != len(files):
        raise FormPackTampered
    issuer = Issuer(manifest.issuer.name, manifest.issuer.verify_key)
    return FormPack(manifest.id, manifest.number, manifest.created_on, issuer, forms)


def _manifest(encoded: bytes) -> _Manifest:
    try:
        head = msgspec.json.decode(encoded, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotAFormPack from error
    if head.version > VERSION:
        raise FormPackTooNew
    try:
        return msgspec.json.decode(encoded, type=_Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormPackDamaged from error


def _packed(form: _Form, files: Mapping[str, bytes]) -> PackedForm:
    texts = {}
    for path, content in files.items():
        match = _FORM_FILE.fullmatch(path)
        if match and match.group(1) == form.id:
            try:
                texts[match.group(2)] = content.decode("utf-8")
            except UnicodeDecodeError as error:
                raise FormPackDamaged from error
    if "form.yaml" not in texts:
        raise FormPackDamaged
    return PackedForm(form.id, form.version, form.title, texts)


def _unpack(data: bytes) -> dict[str, bytes]:
    if len(data) > MOST_BYTES:
        raise FormPackTooLarge
    if not data.startswith(b"PK"):
        raise NotAFormPack
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
                raise FormPackTooLarge
            for entry in entries:
                if entry.file_size > max(entry.compress_size, 1) * _MOST_RATIO + 4096:
                    raise FormPackTooLarge
                known = entry.filename in ("manifest.json", "manifest.sig")
                if not known and not _FORM_FILE.fullmatch(entry.filename):
                    raise FormPackTampered
                if entry.filename in files:
                    raise FormPackTampered
                files[entry.filename] = archive.read(entry)
    except (zlib.error, zipfile.BadZipFile, *_UNREADABLE) as error:
        raise FormPackDamaged from error
    return files
