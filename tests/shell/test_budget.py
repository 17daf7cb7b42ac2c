"""When too many articles are rejected to go on, and what is said of it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.budget import WINDOW, Budget, Fault

BAD = Fault("decode", "not_json", None)


def spent(budget: Budget, articles: Sequence[Fault | None]) -> int | None:
    """How many were taken when the budget was exceeded; None if it never was."""
    for number, fault in enumerate(articles, 1):
        budget.count(fault)
        if budget.excess():
            return number
    return None


def test_the_first_bad_articles_of_a_day_stop_nothing_although_nothing_else_came() -> None:
    assert spent(Budget(0.5), [BAD] * (WINDOW // 2)) is None


def test_when_everything_is_rejected_half_a_window_is_enough() -> None:
    assert spent(Budget(0.5), [BAD] * WINDOW) == WINDOW // 2 + 1


def test_one_in_a_hundred_never_stops_anything() -> None:
    assert spent(Budget(0.05), [BAD, *[None] * 99] * 100) is None


def test_one_bad_wire_among_three_stops_nothing() -> None:
    assert spent(Budget(0.5), [None, None, BAD] * 2 * WINDOW) is None


def test_a_batch_that_fails_as_a_whole_stops_nothing() -> None:
    assert spent(Budget(0.5), [None] * 50 + [BAD] * 100 + [None] * WINDOW + [BAD] * 100) is None


def test_what_lies_further_back_than_the_window_is_forgotten() -> None:
    bursts = ([BAD] * 400 + [None] * WINDOW) * 5
    assert spent(Budget(0.5), bursts) is None


@pytest.mark.parametrize(("most", "taken"), [(0.0, 1), (0.001, 2), (1.0, None)])
def test_nought_stops_at_the_first_one_and_one_never(most: float, taken: int | None) -> None:
    assert spent(Budget(most), [BAD] * 2 * WINDOW) == taken


@given(st.lists(st.booleans(), max_size=3 * WINDOW), st.floats(0, 1))
def test_it_is_exceeded_by_what_a_plain_count_of_the_last_thousand_says(
    rejected: list[bool], most: float
) -> None:
    budget = Budget(most)
    for bad in rejected:
        budget.count(BAD if bad else None)
    assert (budget.excess() is not None) == (sum(rejected[-WINDOW:]) > most * WINDOW)


def test_the_message_names_how_many_and_the_most_frequent_causes_and_wires() -> None:
    budget = Budget(0.006)
    for fault in [
        None,
        *[Fault("decode", "invalid", "tass")] * 4,
        *[Fault("decode", "not_json", None)] * 2,
        Fault("verdict", "internal_error", "evil\x1b[2J" + "x" * 1000),
    ]:
        budget.count(fault)
    text = str(budget.excess())
    assert text.startswith(
        "7 of its last 8 articles were rejected, where NEWSWIRE_REJECTED_MOST allows 6 of 1,000. "
        "Most often: decode: invalid (4), decode: not_json (2), verdict: internal_error (1); "
        "from: 'tass' (4), a wire that cannot be read (2), 'evil\\x1b[2Jx"
    )
    assert len(text) < 400
