"""A gibibyte goes through in little memory, both ways at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIMIT = 200_000_000
PROGRAM = """
import hashlib, io, os, threading
from exports.bundle.age.bech32 import encode_bech32
from exports.bundle.age.file import decrypt, encrypt
from exports.bundle.age.keys import parse_identity, parse_recipient, recipient_of

SIZE = 1 << 30
BLOCK = os.urandom(1 << 20)

class Content(io.RawIOBase):
    given = 0
    def readable(self):
        return True
    def readinto(self, buffer):
        start = self.given % len(BLOCK)
        count = min(len(buffer), SIZE - self.given, len(BLOCK) - start)
        buffer[:count] = BLOCK[start:start + count]
        self.given += count
        return count

class Hashed(io.RawIOBase):
    def __init__(self):
        self.sha256, self.size = hashlib.sha256(), 0
    def writable(self):
        return True
    def write(self, data):
        self.sha256.update(data)
        self.size += len(data)
        return len(data)

secret = encode_bech32("age-secret-key-pq-", os.urandom(32)).upper()
reading, writing = os.pipe()

def write():
    with os.fdopen(writing, "wb") as target:
        encrypt(io.BufferedReader(Content()), target, [parse_recipient(recipient_of(secret))])

thread = threading.Thread(target=write)
thread.start()
back = Hashed()
with os.fdopen(reading, "rb") as source:
    decrypt(source, back, [parse_identity(secret)])
thread.join()
expected = hashlib.sha256()
for _ in range(SIZE // len(BLOCK)):
    expected.update(BLOCK)
assert back.size == SIZE and back.sha256.digest() == expected.digest()
status = open('/proc/self/status').read()
print(int(status.split('VmHWM:')[1].split()[0]) * 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read as Linux gives it")
def test_a_gibibyte_goes_through_in_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    assert int(done.stdout) < LIMIT
