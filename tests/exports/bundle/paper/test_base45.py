"""Base45: the examples of RFC 9285, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.bundle.paper.base45 import decode_base45, encode_base45


@pytest.mark.parametrize(
    ("content", "letters"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
        (b"", ""),
    ],
)
def test_the_examples_of_the_rfc(content: bytes, letters: str) -> None:
    assert encode_base45(content) == letters
    assert decode_base45(letters) == content


@given(st.binary(max_size=300))
def test_any_bytes_come_back(content: bytes) -> None:
    assert decode_base45(encode_base45(content)) == content


@pytest.mark.parametrize("letters", ["A", "BB8A", "GGW", ":::", "::", "aaa", "é00"])
def test_what_is_not_base45_is_refused(letters: str) -> None:
    with pytest.raises(ValueError, match="Base45"):
        decode_base45(letters)
