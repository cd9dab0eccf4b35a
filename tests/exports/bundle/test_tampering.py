"""Every byte flipped, every length cut: refused in its own words, and nothing of it is kept."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.workflows.exchanges.bundles import receive_bundle
from desktop.workflows.exchanges.contacts import identity_of
from exports.bundle.errors import BundleError
from exports.bundle.writer import write_bundle
from tests.desktop.workflows.exchanging import Exchange
from tests.exports.bundle.fuzzing import Target, flips, fuzz, refused, target_of
from tests.vectors.spoiling import NEW_STATION, RELAY, STATION, contents, parcel
from vault.vault import VaultKind

SEED = 20261124


@pytest.fixture(scope="module")
def target() -> Target:
    """The smallest of bundles."""
    bare = replace(parcel(documents=0), form_definition="", pdf=b"%PDF", answers={}, person={})
    return target_of(write_bundle(contents(bare), STATION, [RELAY.party]), RELAY)


def test_every_byte_flipped_is_refused(target: Target) -> None:
    for altered in flips(target.data, random.Random(SEED)):
        assert refused(target, altered)


def test_every_length_cut_is_refused(target: Target) -> None:
    for length in range(len(target.data)):
        assert refused(target, target.data[:length])


def test_every_byte_flipped_inside_is_refused_or_means_nothing(target: Target) -> None:
    """Whoever can write to the relay can alter the archive, not what its sender signed."""
    counted = [
        refused(target, target.enclosed(altered))
        for altered in flips(target.archive, random.Random(SEED))
    ]
    # Days and rights of the ZIP's entries, which nothing reads.
    assert counted.count(True) > len(counted) * 2 / 3


def test_every_length_cut_inside_is_refused(target: Target) -> None:
    archive = target.archive
    for length in range(0, len(archive), 3):
        assert refused(target, target.enclosed(archive[:length]))


def test_archives_altered_at_random_are_refused_or_mean_the_same(target: Target) -> None:
    assert fuzz(target, 600, SEED) > 400


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400), start=st.integers(0, 2000), end=st.integers(0, 2000))
def test_anything_in_place_of_a_part_is_refused_or_means_the_same(
    target: Target, content: bytes, start: int, end: int
) -> None:
    archive = target.archive
    refused(target, target.enclosed(archive[:start] + content + archive[end:]))


def test_nothing_of_an_altered_bundle_is_kept(tmp_path: Path) -> None:
    relay = Exchange(tmp_path).vault("relais", VaultKind.RELAY)
    data = write_bundle(contents(), NEW_STATION, [identity_of(relay).party])
    drawn = random.Random(SEED)
    file = tmp_path / "envoi.liasse"
    before = relay.vault.journal.head()
    for _ in range(40):
        place = drawn.randrange(len(data))
        cut = drawn.random() < 0.3
        altered = (
            data[:place] if cut else data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]
        )
        file.write_bytes(altered)
        with pytest.raises(BundleError):
            receive_bundle(relay, file)
    vault = relay.vault
    assert (vault.people.count(), vault.applications.all(), vault.bundles.all()) == (0, [], [])
    assert vault.journal.head() == before
    file.write_bytes(data)
    assert receive_bundle(relay, file).new
