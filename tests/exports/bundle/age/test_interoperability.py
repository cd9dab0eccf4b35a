"""Other implementations read what we write, and we read what they write.

`age-encryption` from npm knows hybrid recipients; Debian's `age` and pyrage know X25519.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.bundle.age.payload import CHUNK_SIZE
from tests.exports.bundle.age.conftest import Keys, new_keys, opened, sealed

CONTENTS = (b"", "Ünal-Œillet".encode(), bytes(CHUNK_SIZE), b"x" * (2 * CHUNK_SIZE + 9))

Run = Callable[..., str]


@pytest.fixture(scope="session")
def debian_age() -> Callable[..., bytes]:
    """Runs the `age` command; what it answers, for it makes no file of no content."""
    if shutil.which("age") is None:
        pytest.skip("the Debian package age is not installed")

    def run(*arguments: str | Path) -> bytes:
        command = ["age", *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True).stdout

    return run


@pytest.mark.parametrize("content", CONTENTS, ids=len)
@pytest.mark.parametrize("kind", ["hybrid", "classic", "hybrid among two"])
def test_age_encryption_reads_and_writes_the_same(
    npm_age: Run, hybrid: Keys, classic: Keys, kind: str, content: bytes, tmp_path: Path
) -> None:
    keys = classic if kind == "classic" else hybrid
    others = [new_keys("AGE-SECRET-KEY-PQ-").recipient] if kind == "hybrid among two" else []
    plain, ours, theirs, back = (tmp_path / name for name in ("plain", "ours", "theirs", "back"))
    plain.write_bytes(content)
    ours.write_bytes(sealed(content, [*others, keys.recipient]))
    npm_age("decrypt", ours, back, keys.secret)
    assert back.read_bytes() == content
    npm_age("encrypt", plain, theirs, *others, keys.recipient)
    assert opened(theirs.read_bytes(), keys.secret) == content


def test_age_encryption_finds_the_same_recipients(npm_age: Run, classic: Keys) -> None:
    for keys in (classic, *(new_keys("AGE-SECRET-KEY-PQ-") for _ in range(3))):
        assert npm_age("recipient", keys.secret) == keys.recipient


def test_a_hybrid_identity_made_elsewhere_opens_what_we_write_for_it(
    npm_age: Run, tmp_path: Path
) -> None:
    secret = npm_age("generate")
    recipient = npm_age("recipient", secret)
    assert opened(sealed(b"content", [recipient]), secret) == b"content"


@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_the_age_command_reads_and_writes_the_same(
    debian_age: Callable[..., bytes], classic: Keys, content: bytes, tmp_path: Path
) -> None:
    plain, ours, key = (tmp_path / name for name in ("plain", "ours", "key"))
    key.write_text(classic.secret + "\n")
    plain.write_bytes(content)
    ours.write_bytes(sealed(content, [classic.recipient]))
    assert debian_age("-d", "-i", key, ours) == content
    assert opened(debian_age("-r", classic.recipient, plain), classic.secret) == content


@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_pyrage_reads_and_writes_the_same(classic: Keys, content: bytes) -> None:
    pyrage = pytest.importorskip("pyrage")
    identity = pyrage.x25519.Identity.from_str(classic.secret)
    assert str(identity.to_public()) == classic.recipient
    assert pyrage.decrypt(sealed(content, [classic.recipient]), [identity]) == content
    assert opened(pyrage.encrypt(content, [identity.to_public()]), classic.secret) == content
