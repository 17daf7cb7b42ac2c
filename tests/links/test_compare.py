"""The window of vectors: what is close, shared and recent enough to be linked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.links.compare import CLOSE, HOUR_MS, WINDOW_MS, Shelf, Told, Vector, Window

NOON = 1_700_000_000_000


def told(uri: str, language: str = "ar", at_ms: int = NOON, *marks: str) -> Told:
    return Told(uri, language, at_ms, frozenset(marks or ("Q1",)))


def at_cosine(cosine: float) -> Vector:
    """A unit vector whose product with `at_cosine(1)` is this."""
    return np.array([cosine, (1 - cosine**2) ** 0.5, 0], np.float32)


def linked(window: Window, article: Told, vector: Vector) -> list[str]:
    """Uris of what the article is linked with."""
    both = [{link.uri, link.of} for link in window.links(article, vector)]
    return [uri for uris in both for uri in uris - {article.uri}]


def test_a_link_names_the_later_article_first_and_says_what_both_share() -> None:
    window = Window()
    window.put(told("ru", "ru", NOON - HOUR_MS, "Q1", "35", "Q2"), at_cosine(0.8))
    (link,) = window.links(told("ar", "ar", NOON, "35", "Q1", "77"), at_cosine(1))
    assert (link.uri, link.language, link.of, link.of_language) == ("ar", "ar", "ru", "ru")
    assert link.similarity == 0.8
    assert link.shared == ("35", "Q1")
    assert link.linked_at == "2023-11-14T22:13:20+00:00"


def test_the_later_article_is_the_one_delivered_later_in_whatever_order_they_are_read() -> None:
    early, late = told("early", "ru", NOON), told("late", "ar", NOON + 1)
    forwards, backwards = Window(), Window()
    forwards.put(early, at_cosine(1))
    backwards.put(late, at_cosine(1))
    assert list(forwards.links(late, at_cosine(1))) == list(backwards.links(early, at_cosine(1)))


@pytest.mark.parametrize(("cosine", "found"), [(CLOSE + 0.01, ["ru"]), (CLOSE - 0.01, [])])
def test_texts_further_apart_than_the_threshold_are_not_linked(
    cosine: float, found: list[str]
) -> None:
    window = Window()
    window.put(told("ru", "ru"), at_cosine(cosine))
    assert linked(window, told("ar"), at_cosine(1)) == found


@pytest.mark.parametrize(("hours", "found"), [(48, ["ru"]), (49, []), (-48, ["ru"]), (-49, [])])
def test_articles_more_than_48_hours_apart_are_not_linked(hours: int, found: list[str]) -> None:
    window = Window()
    window.put(told("ru", "ru", NOON - hours * HOUR_MS), at_cosine(1))
    assert linked(window, told("ar"), at_cosine(1)) == found


def test_articles_of_one_language_or_without_a_shared_mark_are_not_linked() -> None:
    window = Window()
    window.put(told("same", "ar"), at_cosine(1))
    window.put(told("other", "ru", NOON, "Q2"), at_cosine(1))
    assert linked(window, told("ar", "ar", NOON, "Q1"), at_cosine(1)) == []


def test_only_the_closest_article_of_each_language_is_linked() -> None:
    window = Window()
    for uri, language, cosine in (
        ("ru far", "ru", 0.7),
        ("ru close", "ru", 0.9),
        ("en", "en", 0.65),
    ):
        window.put(told(uri, language), at_cosine(cosine))
    assert linked(window, told("ar"), at_cosine(1)) == ["ru close", "en"]


def test_the_closest_is_passed_over_when_it_shares_no_mark() -> None:
    window = Window()
    window.put(told("closest", "ru", NOON, "Q2"), at_cosine(1))
    window.put(told("next", "ru", NOON, "Q1"), at_cosine(0.7))
    assert linked(window, told("ar", "ar", NOON, "Q1"), at_cosine(1)) == ["next"]


def test_a_new_version_takes_the_place_of_the_old_one_even_in_another_language() -> None:
    window = Window()
    window.put(told("a", "ru"), at_cosine(1))
    window.put(told("a", "en"), at_cosine(0.7))
    assert len(window) == 1
    (link,) = window.links(told("b"), at_cosine(1))
    assert (link.of_language, link.similarity) == ("en", 0.7)


def test_the_window_holds_what_is_younger_than_two_days_and_an_hour() -> None:
    window = Window()
    for hour in range(200):
        window.put(told(f"{hour}", "ru", NOON + hour * HOUR_MS), at_cosine(1))
    assert len(window) <= WINDOW_MS // HOUR_MS + 2
    assert "199" in window
    assert "100" not in window


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["put", "drop", "forget"]), st.integers(0, 40), st.integers(0, 99)),
    max_size=200,
)


@given(ACTIONS)
def test_a_shelf_finds_what_a_plain_dictionary_would(actions: list[tuple[str, int, int]]) -> None:
    shelf, plain = Shelf(3), dict[str, tuple[Told, Vector]]()
    for action, number, amount in actions:
        uri = f"u{number:02}"
        if action == "put":
            entry = told(uri, "ru", NOON + amount), at_cosine(amount / 100)
            shelf.put(*entry)
            plain[uri] = entry
        elif action == "drop":
            shelf.drop(uri)
            plain.pop(uri, None)
        else:
            shelf.forget(NOON + amount)
            plain = {u: each for u, each in plain.items() if each[0].at_ms >= NOON + amount}
        assert len(shelf) == len(plain)
    close = [(float(v[0]), each) for each, v in plain.values() if v[0] >= CLOSE]
    best = min(close, key=lambda each: (-each[0], each[1].uri), default=None)
    found = shelf.nearest(told("new"), at_cosine(1))
    assert (found and found[1]) == (best and best[1])
    assert all(uri in shelf for uri in plain)
