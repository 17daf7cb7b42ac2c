"""What agents remember, read back from the bytes of a changelog."""

import faust
import pytest

from benchmarks.processes import STATM, own_resident
from schemas.topics import ARTICLES, VERSIONS_CHANGELOG
from streams import state
from streams.changelogs import Changelogs
from streams.settings import Settings
from streams.state import State
from streams.steps.versions import History


@pytest.fixture
def versions() -> State[History]:
    return state.versions(
        Changelogs(faust.App("newswire"), "127.0.0.1:1", Settings()), VERSIONS_CHANGELOG, ARTICLES
    )


HISTORY = History("en", ("a-stream",), (), 5)


def test_it_reads_back_what_it_wrote(versions: State[History]) -> None:
    delivery = versions.put(2, "urn:a", HISTORY)
    versions.clear()
    assert versions.get(2, "urn:a") is None
    versions.apply(2, delivery.key or b"", delivery.value)
    assert versions.get(2, "urn:a") == HISTORY
    assert versions.get(1, "urn:a") is None


@pytest.mark.skipif(not STATM.exists(), reason="no /proc here")
def test_what_is_remembered_takes_little_more_memory_than_it_has_bytes(
    versions: State[History],
) -> None:
    before = own_resident()
    for number in range(20_000):
        versions.put(0, f"urn:{number}", HISTORY)
    assert own_resident() - before < 20_000 * 1_000


def test_a_tombstone_forgets(versions: State[History]) -> None:
    versions.put(2, "urn:a", HISTORY)
    delivery = versions.forget(2, "urn:a")
    assert (delivery.value, delivery.partition) == (None, 2)
    assert versions.get(2, "urn:a") is None


def test_what_another_newswire_wrote_is_as_if_it_were_not_there(versions: State[History]) -> None:
    versions.apply(0, b"0/urn:a", b'{"of": "the future"}')
    versions.put(0, "urn:b", HISTORY)
    assert versions.get(0, "urn:a") is None
    assert [key for _, key, _ in versions.items()] == ["urn:b"]


def test_what_was_touched_last_before_the_window_is_forgotten(versions: State[History]) -> None:
    versions.put(0, "urn:a", HISTORY)
    assert [record.key for record in versions.forget_before(6, 0)] == [b"0/urn:a"]
    assert len(versions) == 0
