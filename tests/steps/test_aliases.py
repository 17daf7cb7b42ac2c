"""Who is meant by a kill that names a story by another id than its uri."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.aliases import Alias
from schemas.article import Article, Status
from streams.steps.aliases import KEPT, Kill, Known, aliases_of, key_of, resolve


def article(**fields: Any) -> Article:
    return Article.model_validate({"uri": "urn:a", "wire": "w", "body": "text", **fields})


def story(uri: str, partition: int = 1) -> Alias:
    return Alias("157", "w", uri, partition, killed=False, editor_note=None)


def kill(uri: str, note: str | None = None) -> Alias:
    return Alias("157", "w", uri, 0, killed=True, editor_note=note)


def told(*aliases: Alias) -> tuple[Known | None, list[Kill]]:
    known: Known | None = None
    kills: list[Kill] = []
    for offset, alias in enumerate(aliases):
        known, more = resolve(alias, offset, 1000 + offset, known)
        kills += more
    return known, kills


def killed(*aliases: Alias) -> set[str]:
    """The uris killed, without the id that is always tried as a uri itself."""
    return {each.article.uri for each in told(*aliases)[1]} - {"157"}


def test_an_article_has_an_alias_for_each_other_id_once() -> None:
    aliases = aliases_of(article(alt_ids=["x", "y", "x", "urn:a"]), 3)
    assert [alias.id for alias in aliases] == ["x", "y"]
    assert aliases[0] == Alias("x", "w", "urn:a", 3, killed=False, editor_note=None)


def test_an_article_without_other_ids_has_no_alias() -> None:
    assert aliases_of(article(), 0) == ()


def test_a_canceled_article_kills_its_ids_and_says_why() -> None:
    (alias,) = aliases_of(
        article(alt_ids=["x"], status="canceled", body=None, editor_note="KILL"), 0
    )
    assert alias.killed
    assert alias.editor_note == "KILL"


def test_a_hundred_ids_are_read_and_no_more() -> None:
    assert len(aliases_of(article(alt_ids=[str(number) for number in range(100)]), 0)) == 100
    with pytest.raises(ValidationError, match="alt_ids"):
        article(alt_ids=[str(number) for number in range(101)])


def test_a_story_is_killed_whichever_comes_first() -> None:
    assert killed(story("urn:s"), kill("urn:k")) == {"urn:s"}
    assert killed(kill("urn:k"), story("urn:s")) == {"urn:s"}


def test_a_story_that_nobody_killed_stays() -> None:
    assert told(story("urn:s"), story("urn:t"))[1] == []


def test_every_story_under_the_id_is_killed() -> None:
    aliases = (story("urn:s"), story("urn:t"), kill("urn:k"), story("urn:u"))
    assert killed(*aliases) == {"urn:s", "urn:t", "urn:u"}


def test_a_kill_is_tried_on_the_id_as_a_uri_too() -> None:
    _, kills = told(kill("urn:k"))
    assert [(each.article.uri, each.partition) for each in kills] == [("157", None)]


def test_a_withdrawal_under_the_own_uri_is_left_to_that() -> None:
    assert killed(story("urn:s"), kill("urn:s"), story("urn:s")) == set()


def test_a_story_that_was_withdrawn_under_its_own_uri_can_still_be_killed_by_another() -> None:
    assert killed(kill("urn:s"), kill("urn:k"), story("urn:s")) == {"urn:s"}


def test_a_withdrawal_is_for_good_says_why_and_bears_no_ids() -> None:
    _, kills = told(story("urn:s", partition=3), kill("urn:k", "KILL: not true"))
    (found,) = (each for each in kills if each.article.uri == "urn:s")
    assert found.partition == 3
    assert found.article.status is Status.canceled
    assert found.article.editor_note == "KILL: not true"
    assert found.article.version is None
    assert found.article.version_created is None
    assert aliases_of(found.article, 3) == ()


def test_one_uri_on_two_partitions_is_killed_on_both() -> None:
    _, kills = told(story("urn:s", 1), story("urn:s", 2), kill("urn:k"))
    assert {each.partition for each in kills if each.article.uri == "urn:s"} == {1, 2}


def test_a_feed_that_is_polled_for_ever_is_killed_once() -> None:
    _, kills = told(story("urn:s"), kill("urn:k"), *[story("urn:s")] * 50, *[kill("urn:k")] * 50)
    assert [each.article.uri for each in kills] == ["157", "urn:s"]


def test_what_is_remembered_of_one_id_is_bounded() -> None:
    stories = [story(f"urn:{number}") for number in range(3 * KEPT)]
    killers = [kill(f"urn:k:{number}") for number in range(3 * KEPT)]
    known, _ = told(*stories, *killers)
    assert known is not None
    assert len(known.sightings) == KEPT
    assert len(known.killers) == 2


uris = st.sampled_from(["urn:a", "urn:b", "urn:c"])
aliases = st.lists(st.builds(story, uris, st.integers(0, 2)) | st.builds(kill, uris), max_size=6)


@given(aliases)
def test_in_any_order_the_same_stories_are_killed(arrivals: list[Alias]) -> None:
    expected = {
        each.uri
        for each in arrivals
        if not each.killed and any(k.killed and k.uri != each.uri for k in arrivals)
    }
    for order in list(permutations(arrivals))[:24]:
        assert killed(*order) == expected


@given(aliases)
def test_an_alias_delivered_again_says_again_what_it_said(arrivals: list[Alias]) -> None:
    known: Known | None = None
    first = []
    for offset, alias in enumerate(arrivals):
        known, kills = resolve(alias, offset, 1000, known)
        first.append({(kill.article.uri, kill.partition) for kill in kills})
    for offset, alias in enumerate(arrivals):
        known, kills = resolve(alias, offset, 1000, known)
        assert first[offset] <= {(kill.article.uri, kill.partition) for kill in kills}


text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@given(text, text, text, text)
def test_two_ids_share_a_place_only_if_wire_and_id_are_the_same(
    wire: str, id_: str, other_wire: str, other_id: str
) -> None:
    def key(wire: str, id_: str) -> bytes:
        return key_of(Alias(id_, wire, "urn:a", 0, killed=False, editor_note=None))

    assert (key(wire, id_) == key(other_wire, other_id)) == ((wire, id_) == (other_wire, other_id))
    assert key(wire, id_ + "\0" + other_id) != key(wire + "\0" + id_, other_id)
    assert key("a", "b,c") != key("a,b", "c")
