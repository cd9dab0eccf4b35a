"""A reader of bundles and receipts written from docs/bundle-format.md alone.

It imports nothing of the program, and takes the archive as another implementation of age gives
it. Its section numbers are those of that page.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
PATHS = re.compile(
    rf"manifest\.json|manifest\.sig|receipt\.json|transfer\.json|documents/{UUID}"
    rf"|applications/{UUID}/(answers\.json|form\.yaml|form\.pdf|documents/{UUID})"
)
MISLEADING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
TEXTS = (".json", ".yaml", ".sig")
SENDER = {"id": str, "name": str, "kind": str, "recipient": str, "verify_key": str}
MANIFEST = {
    "format": str, "version": int, "kind": str, "signature_algorithm": str, "id": str,
    "number": str, "created_at": str, "sender": dict, "note": str, "applications": list,
    "members": list,
}  # fmt: skip
APPLICATION = {
    "id": str, "revision": int, "form_id": str, "form_version": str, "form_title": str,
    "person": dict, "documents": list,
}  # fmt: skip
DOCUMENT = {"id": str, "name": str, "media_type": str, "request_name": str}
PERSON = {
    "id": str, "family_name": str, "given_names": str, "birth_date": str, "prison_number": str,
    "profile": dict,
}  # fmt: skip
STANDING = {
    "id": str, "state": str, "sent": bool, "position": str, "answered": int, "total": int,
    "deadline": str, "organisation": str, "reference": str, "comment": str, "outcome": str,
    "outcome_on": str,
}  # fmt: skip
OUTCOME = {"application_id": str, "result": str, "date": str, "reference": str, "comment": str}
RESULTS = ("filed_online", "filed_by_post", "refused", "incomplete")


class Refused(Exception):
    """The file is not to be used."""


def read(content: bytes, kind: str) -> dict[str, Any]:
    """The manifest of an archive of a kind, once all of it was checked."""
    files = archive(content)
    for name in ("manifest.json", "manifest.sig"):
        need(name in files, f"no {name}")
    signed, signature = files.pop("manifest.json"), files.pop("manifest.sig")
    manifest = parsed(signed)
    check_manifest(manifest)
    check_signature(manifest, signed, signature)
    need(manifest["kind"] == kind, "another kind")
    check_members(manifest, files)
    expected = set({"receipt": ["receipt.json"], "transfer": ["transfer.json"]}.get(kind, []))
    for application in manifest["applications"]:
        paths = check_application(application, files)
        need(not paths & expected, "an application twice")
        expected |= paths
    if kind == "transfer":
        need("transfer.json" in files, "no person")
        expected |= check_transfer(parsed(files["transfer.json"]), manifest)
    need(expected == set(files), "files that nothing speaks of")
    if kind == "receipt":
        check_receipt(parsed(files["receipt.json"]))
    return manifest


def need(condition: bool, why: str) -> None:
    if not condition:
        raise Refused(why)


def archive(content: bytes) -> dict[str, bytes]:
    """Section 2."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            entries = opened.infolist()
            need(len(entries) <= 4098, "too many files")
            need(len({one.filename for one in entries}) == len(entries), "a name twice")
            for one in entries:
                need(PATHS.fullmatch(one.filename) is not None, "an unknown path")
                need(one.flag_bits & 1 == 0 and one.compress_type in (0, 8), "packed otherwise")
                need(one.file_size <= one.compress_size * 200 + 4096, "it expands")
                need(one.file_size <= largest(one.filename), "too large")
            need(sum(one.file_size for one in entries) <= 2_000_000_000, "too large")
            texts = sum(one.file_size for one in entries if one.filename.endswith(TEXTS))
            need(texts <= 64 * 2**20, "too much text")
            return {one.filename: opened.read(one) for one in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Refused("no ZIP") from error


def largest(path: str) -> int:
    if path == "manifest.json":
        return 8 * 2**20
    return (4 if path.endswith(TEXTS) else 100) * 2**20


def parsed(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused("no JSON") from error
    need(isinstance(found, dict), "no object")
    return found  # type: ignore[no-any-return]  # checked on the line before


def check_keys(found: object, keys: Mapping[str, type]) -> dict[str, Any]:
    need(isinstance(found, dict), "no object")
    assert isinstance(found, dict)
    need(set(found) == set(keys), "a key too many or too few")
    for key, kind in keys.items():
        need(type(found[key]) is kind, f"{key} is of another type")
    return found


def check_text(text: object) -> None:
    need(isinstance(text, str), "no text")
    assert isinstance(text, str)
    need(len(text) <= 500 and not MISLEADING.search(text), "a text that misleads or is too long")


def check_id(text: str) -> None:
    need(re.fullmatch(UUID, text) is not None, "no UUID")


def check_day(text: str) -> None:
    need(re.fullmatch(r"[12]\d{3}-\d{2}-\d{2}", text) is not None, "no day")
    exists(date.fromisoformat, text)


def check_day_or_none(text: str) -> None:
    if text:
        check_day(text)


def check_moment(text: str) -> None:
    pattern = r"2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}"
    need(re.fullmatch(pattern, text) is not None, "no moment")
    exists(datetime.fromisoformat, text)


def exists(read: Callable[[str], object], text: str) -> None:
    try:
        read(text)
    except ValueError as error:
        raise Refused("no such day or hour") from error


def check_plain(value: object) -> None:
    need(value is None or isinstance(value, str | bool | int | float), "neither text nor number")


def check_answer(value: object) -> None:
    """Section 5."""
    if isinstance(value, list | dict):
        parts = [*value, *(value.values() if isinstance(value, dict) else ())]
        need(all(isinstance(part, str) for part in parts), "no text in an answer of several")
    else:
        check_plain(value)


def check_manifest(manifest: dict[str, Any]) -> None:
    """Section 3."""
    need(manifest.get("format") == "traitdunion-bundle", "another format")
    need(manifest.get("version") == 1, "another version")
    check_keys(manifest, MANIFEST)
    need(manifest["signature_algorithm"] == "ed25519", "another algorithm")
    check_id(manifest["id"])
    check_text(manifest["number"])
    check_moment(manifest["created_at"])
    need(len(manifest["note"]) <= 4000, "a note too long")
    sender = check_keys(manifest["sender"], SENDER)
    check_id(sender["id"])
    check_text(sender["name"])
    need(sender["kind"] in ("station", "relay"), "neither a station nor a relay")
    need(len(manifest["applications"]) <= 200, "too many applications")
    for one in manifest["members"]:
        member = check_keys(one, {"path": str, "size": int, "sha256": str})
        need(member["size"] >= 0, "a negative size")
        need(re.fullmatch("[0-9a-f]{64}", member["sha256"]) is not None, "no SHA-256")
    for one in manifest["applications"]:
        application = check_keys(one, APPLICATION)
        check_id(application["id"])
        need(1 <= application["revision"] <= 10_000, "no revision")
        need(len(application["person"]) <= 20, "too much on the person")
        for text in (
            *(application[key] for key in ("form_id", "form_version", "form_title")),
            *application["person"],
            *application["person"].values(),
        ):
            check_text(text)
        check_day_or_none(application["person"].get("birth_date", ""))
        need(len(application["documents"]) <= 200, "too many documents")
        for described in application["documents"]:
            document = check_keys(described, DOCUMENT)
            check_id(document["id"])
            for key in ("name", "media_type", "request_name"):
                check_text(document[key])
            need(not re.search(r"[/\\]", document["name"]), "a folder in a name")


def check_signature(manifest: dict[str, Any], signed: bytes, signature: bytes) -> None:
    """Section 4."""
    try:
        key = base64.b64decode(manifest["sender"]["verify_key"], validate=True)
        Ed25519PublicKey.from_public_bytes(key).verify(
            signature, b"traitdunion bundle manifest v1\n" + signed
        )
    except (InvalidSignature, ValueError, binascii.Error) as error:
        raise Refused("another signature") from error


def check_members(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    """Section 4."""
    paths = [member["path"] for member in manifest["members"]]
    need(sorted(paths) == sorted(files), "other files than those listed")
    for member in manifest["members"]:
        content = files[member["path"]]
        need(len(content) == member["size"], "another size")
        need(hashlib.sha256(content).hexdigest() == member["sha256"], "another hash")


def check_application(application: dict[str, Any], files: dict[str, bytes]) -> set[str]:
    """Section 4, and section 5."""
    folder = f"applications/{application['id']}"
    paths = [f"{folder}/{name}" for name in ("answers.json", "form.yaml", "form.pdf")]
    paths += [f"{folder}/documents/{one['id']}" for one in application["documents"]]
    need(len(set(paths)) == len(paths) and set(paths) <= set(files), "files missing")
    for value in parsed(files[f"{folder}/answers.json"]).values():
        check_answer(value)
    try:
        files[f"{folder}/form.yaml"].decode()
    except UnicodeDecodeError as error:
        raise Refused("a form that is no text") from error
    return set(paths)


def check_transfer(transfer: dict[str, Any], manifest: dict[str, Any]) -> set[str]:
    """Section 8."""
    keys = {"person": dict, "applications": list, "documents": list, "history": list}
    check_keys(transfer, keys)
    person = check_keys(transfer["person"], PERSON)
    check_id(person["id"])
    for key in ("family_name", "given_names", "prison_number"):
        check_text(person[key])
    check_day_or_none(person["birth_date"])
    for fact in person["profile"].values():
        for part in fact if isinstance(fact, list) else ():
            need(isinstance(part, dict), "no person in a list of people")
            for value in part.values():
                check_plain(value)
        if not isinstance(fact, list):
            check_plain(fact)
    for one in transfer["applications"]:
        need(one["outcome"] in ("", *RESULTS), "an unknown outcome")
        check_day_or_none(one["deadline"])
        check_day_or_none(one["outcome_on"])
    stand = [check_keys(one, STANDING)["id"] for one in transfer["applications"]]
    need(stand == [one["id"] for one in manifest["applications"]], "other applications")
    need(len(transfer["documents"]) <= 200 and len(transfer["history"]) <= 10_000, "too much")
    for one in transfer["documents"]:
        document = check_keys(one, DOCUMENT)
        check_id(document["id"])
        check_text(document["name"])
        need(not re.search(r"[/\\]", document["name"]), "a folder in a name")
    for one in transfer["history"]:
        line = check_keys(one, dict.fromkeys(("at", "who", "what", "place", "application_id"), str))
        for key in ("who", "place"):
            check_text(line[key])
        check_moment(line["at"])
        need(len(line["what"]) <= 4000, "a line too long")
    paths = [f"documents/{one['id']}" for one in transfer["documents"]]
    need(len(set(paths)) == len(paths), "a document twice")
    return set(paths)


def check_receipt(receipt: dict[str, Any]) -> None:
    """Section 6."""
    check_keys(receipt, {"bundle_id": str, "outcomes": list})
    need(len(receipt["outcomes"]) <= 200, "too many outcomes")
    answered = {one.get("application_id") for one in receipt["outcomes"] if isinstance(one, dict)}
    need(len(answered) == len(receipt["outcomes"]), "an application answered twice")
    for one in receipt["outcomes"]:
        outcome = check_keys(one, OUTCOME)
        need(outcome["result"] in RESULTS, "an unknown result")
        check_day(outcome["date"])
        need(len(outcome["reference"]) <= 500, "a reference too long")
        need(len(outcome["comment"]) <= 4000, "a comment too long")
