"""Form packs: what is signed comes back; anything else is refused in its own words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.formpack.errors import (
    FormPackDamaged,
    FormPackError,
    FormPackTampered,
    FormPackTooLarge,
    FormPackTooNew,
    FormPackUnsigned,
    NotAFormPack,
)
from exports.formpack.pack import PackedForm, read_form_pack, write_form_pack

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FORM = PackedForm(
    "essai", "2", "Essai", {"form.yaml": "settings: {}\n", "guide.md": "é", "liste.csv": "name\n"}
)


def pack() -> bytes:
    return write_form_pack(
        (FORM,), issuer="SPIP du Finistère", signing_key=KEY, number=3, created_on="2026-11-24"
    )


def altered(data: bytes, replaced: Mapping[str, bytes] | None = None, *, drop: str = "") -> bytes:
    replaced = dict(replaced or {})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != drop:
                new.writestr(name, replaced.pop(name, old.read(name)))
        for name, content in replaced.items():
            new.writestr(name, content)
    return out.getvalue()


def test_what_is_packed_comes_back() -> None:
    found = read_form_pack(pack())
    assert (found.number, found.created_on) == (3, "2026-11-24")
    assert found.issuer.name == "SPIP du Finistère"
    assert found.issuer.verify_key == KEY.public_key().public_bytes_raw()
    assert found.forms == (FORM,)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotAFormPack),
        (b"%PDF-1.7", NotAFormPack),
        (pack()[:200], FormPackDamaged),
        (altered(pack(), drop="manifest.sig"), FormPackUnsigned),
        (altered(pack(), drop="manifest.json"), NotAFormPack),
        (altered(pack(), drop="forms/essai/guide.md"), FormPackTampered),
        (altered(pack(), {"manifest.sig": bytes(64)}), FormPackTampered),
        (altered(pack(), {"forms/essai/plus.yaml": b"x"}), FormPackTampered),
        (altered(pack(), {"../ailleurs.yaml": b"x"}), FormPackTampered),
        (
            altered(pack(), {"manifest.json": b'{"format":"traitdunion-forms","version":9}'}),
            FormPackTooNew,
        ),
        (altered(pack(), {"manifest.json": b"{}"}), NotAFormPack),
    ],
)
def test_anything_else_is_refused_in_its_own_words(data: bytes, error: type[FormPackError]) -> None:
    with pytest.raises(error):
        read_form_pack(data)


def test_a_pack_that_swells_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"0" * 30_000_000)
    with pytest.raises(FormPackTooLarge):
        read_form_pack(out.getvalue())


def test_every_byte_counts() -> None:
    whole = pack()
    for place in range(0, len(whole), 7):
        broken = bytearray(whole)
        broken[place] ^= 0x01
        try:
            # A byte that says nothing (a date, a comment) may change; the content may not.
            assert read_form_pack(bytes(broken)).forms == (FORM,)
        except FormPackError:
            continue
