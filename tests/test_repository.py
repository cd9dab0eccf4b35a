"""The repository keeps its own rules: documents that are current, and nothing that must not be."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from forms.profile import PROFILE_KEYS

ROOT = Path(__file__).resolve().parents[1]
# Put together here, so that this file names none of them.
HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    found = []
    for file in tracked():
        try:
            found.append((file, file.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_file_names_a_package_registry() -> None:
    named = [str(file) for file, text in texts() if any(host in text for host in HOSTS)]
    assert named == []


def test_no_official_pdf_is_tracked(official_dir: Path) -> None:
    official = {
        hashlib.sha256(file.read_bytes()).hexdigest() for file in official_dir.glob("*.pdf")
    }
    ours = [file for file in tracked() if file.suffix == ".pdf"]
    assert [
        file for file in ours if hashlib.sha256(file.read_bytes()).hexdigest() in official
    ] == []


def test_every_module_says_what_lives_in_it() -> None:
    silent = []
    for file in tracked():
        if file.suffix == ".py" and not ast.get_docstring(ast.parse(file.read_text("utf-8"))):
            silent.append(str(file.relative_to(ROOT)))
    assert silent == []


def test_links_of_the_documents_lead_somewhere() -> None:
    broken = []
    for file in tracked():
        if file.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)#\s]+)", file.read_text("utf-8")):
            if "://" not in target and not (file.parent / target).exists():
                broken.append(f"{file.relative_to(ROOT)}: {target}")
    assert broken == []


def test_the_page_of_commands_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "packaging/document_cli.py", "--check"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        check=False,
    )
    assert done.returncode == 0, "run: make docs"


def test_the_page_of_profile_keys_is_current() -> None:
    page = (ROOT / "docs" / "profile.md").read_text("utf-8")
    assert re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE) == list(PROFILE_KEYS)
    for key in PROFILE_KEYS.values():
        assert f"| `{key.key}` | {key.label} |" in page


def test_each_claim_of_the_threat_model_points_to_a_test() -> None:
    page = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
    named = re.findall(r"`(tests/[^`]+)`", page)
    assert [path for path in named if not (ROOT / path).is_file()] == []
    rows = re.findall(r"^\| (?!who |---)([^|]+) \|.*\| ([^|]+) \|$", page, re.MULTILINE)
    assert len(rows) > 20
    unshown = [who for who, shown in rows if "`tests/" not in shown and shown != "the same"]
    assert unshown == []
