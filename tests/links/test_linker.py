"""Delivered records to links: who is linked, replaced, passed over and forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from streams.links.compare import HOUR_MS
from streams.links.linker import Delivered, Linker
from tests.links.records import FakeEncoder, enriched, withdrawn

NOON = 1_700_000_000_000


def pairs(linker: Linker, *values: bytes | None, at_ms: int = NOON) -> list[tuple[str, str]]:
    return [(link.uri, link.of) for link in linker.take(Delivered(at_ms, v) for v in values)]


def test_a_story_told_in_a_second_language_is_linked() -> None:
    linker = Linker(FakeEncoder())
    assert pairs(linker, enriched("a")) == []
    assert pairs(linker, enriched("b", "qab")) == [("b", "a")]


def test_stories_of_one_batch_are_linked_with_each_other() -> None:
    assert pairs(Linker(FakeEncoder()), enriched("a"), enriched("b", "qab")) == [("b", "a")]


def test_another_story_is_not_linked() -> None:
    linker = Linker(FakeEncoder())
    assert pairs(linker, enriched("a"), enriched("b", "qab", headline="strike")) == []


def test_a_region_does_not_make_a_language_another_one() -> None:
    assert pairs(Linker(FakeEncoder()), enriched("a", "qaa-XX"), enriched("b", "qaa-YY")) == []


def test_a_record_that_comes_twice_is_linked_once() -> None:
    linker = Linker(FakeEncoder())
    pairs(linker, enriched("a"), enriched("b", "qab"))
    assert pairs(linker, enriched("b", "qab")) == []


def test_an_update_is_not_linked_itself_but_later_articles_are_linked_to_it() -> None:
    linker = Linker(FakeEncoder())
    pairs(linker, enriched("a", headline="strike"))
    assert pairs(linker, enriched("b", "qab"), enriched("a", verdict="update")) == []
    assert pairs(linker, enriched("c", "qab"), at_ms=NOON + 1) == [("c", "a")]


def test_a_correction_of_an_article_that_is_not_remembered_is_not_linked_either() -> None:
    linker = Linker(FakeEncoder())
    assert pairs(linker, enriched("a"), enriched("b", "qab", verdict="correction")) == []


def test_nothing_is_linked_to_a_withdrawn_article() -> None:
    linker = Linker(FakeEncoder())
    assert pairs(linker, enriched("a"), withdrawn("a"), enriched("b", "qab")) == []


def test_an_article_in_a_language_that_the_encoder_does_not_know_is_passed_over() -> None:
    linker = Linker(FakeEncoder())
    assert pairs(linker, enriched("a"), enriched("b", "und"), enriched("c", "xx")) == []
    assert linker.unreadable == 0


def test_an_article_of_three_days_ago_is_forgotten() -> None:
    linker = Linker(FakeEncoder())
    pairs(linker, enriched("a"))
    assert pairs(linker, enriched("b", "qab"), at_ms=NOON + 72 * HOUR_MS) == []


def test_a_record_that_cannot_be_read_is_counted_and_the_next_one_linked() -> None:
    linker = Linker(FakeEncoder())
    batch = (enriched("a"), b"{no json", b"[]", b"\xff", None, enriched("b", "qab"))
    assert pairs(linker, *batch) == [("b", "a")]
    assert linker.unreadable == 3


@given(st.lists(st.none() | st.binary()))
def test_any_bytes_are_taken_without_an_error(values: list[bytes | None]) -> None:
    assert pairs(Linker(FakeEncoder()), *values) == []
