"""The figures of docs/bundle-format.md are those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.bundle import archive, errors, manifest
from exports.bundle.age import header
from exports.bundle.paper import code, cutting
from exports.bundle.transfer import MOST_LINES

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "bundle-format.md").read_text(
    encoding="utf-8"
)
MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize(
    "said",
    [
        f"| the file; all members together, expanded | {archive.MAXIMUM_SIZE:,} bytes |",
        f"| the age header | {header.MAXIMUM_SIZE // MEBIBYTE} MiB |",
        f"| members | {manifest.MOST_MEMBERS + 2:,} ({manifest.MOST_MEMBERS:,} listed",
        f"| `manifest.json` | {archive.MAXIMUM_MANIFEST // MEBIBYTE} MiB |",
        f"`.sig` | {archive.MAXIMUM_TEXT // MEBIBYTE} MiB |",
        f"together | {archive.MAXIMUM_TEXTS // MEBIBYTE} MiB |",
        f"| a paper or a document | {archive.MAXIMUM_MEMBER // MEBIBYTE} MiB |",
        f"| {archive.MAXIMUM_RATIO} times what it is packed in, plus 4 KiB |",
        f"outcomes | {manifest.MOST_APPLICATIONS} |",
        f"| {manifest.LONGEST_TEXT} characters, unless said otherwise |",
        f"at most {MOST_LINES:,} lines",
        f"above {code.MOST_CODES}",
        f"more than {code.MOST_SHARES} shares",
        f"{cutting.longest_file():,} bytes once unpacked",
        f"of a head of {code._HEAD.size} bytes",
    ],
)
def test_a_limit_is_that_of_the_program(said: str) -> None:
    assert said in PAGE.replace("\n", " ") or said in PAGE


@pytest.mark.parametrize(
    "error",
    [
        errors.BundleTooLarge,
        errors.TooManyMembers,
        errors.ExpandsTooMuch,
        errors.NameRefused,
        errors.BundleTampered,
        errors.BundleDamaged,
    ],
)
def test_each_limit_names_its_error(error: type[errors.BundleError]) -> None:
    assert f"`{error.__name__}`" in PAGE
