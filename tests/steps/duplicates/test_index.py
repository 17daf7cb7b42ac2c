"""What the index counts, and what it says of those that carry a story."""

import os
import subprocess
import sys

import pytest

from schemas.enriched import Duplicate
from streams.settings import ROOT
from streams.steps.duplicates.verdict import HOUR_MS, RELATED_AT_MOST
from tests.steps.duplicates.news import (
    START_MS,
    STORIES,
    WINDOW_MS,
    a_text,
    an_index,
    an_item,
    withdrawal,
)

TEXT = STORIES["en"].told()


def test_an_article_under_embargo_suppresses_nobody_before_its_hour() -> None:
    index, public_ms = an_index(), START_MS + 5 * HOUR_MS
    assert index.judge(an_item("held", TEXT, public_ms=public_ms)).verdict == "new"
    assert index.judge(an_item("early", TEXT, hours=4.9)).verdict == "new"


def test_an_article_counts_from_the_hour_its_embargo_ends() -> None:
    index, public_ms = an_index(), START_MS + 5 * HOUR_MS
    index.judge(an_item("held", TEXT, public_ms=public_ms))
    assert index.judge(an_item("late", TEXT, hours=5)).of == "held"


def test_a_withdrawn_article_suppresses_nobody_and_is_named() -> None:
    index = an_index()
    index.judge(an_item("a", TEXT))
    index.judge(withdrawal("a", hours=1))
    told = index.judge(an_item("b", TEXT, hours=2))
    assert (told.verdict, told.of, told.related) == ("new", None, ("a",))
    assert index.judge(an_item("c", TEXT, hours=3)).of == "b"


def test_the_withdrawal_of_another_article_changes_nothing() -> None:
    index = an_index()
    index.judge(an_item("a", TEXT))
    index.judge(withdrawal("b", hours=1))
    assert index.judge(an_item("c", TEXT, hours=2)).of == "a"


def test_withdrawn_articles_are_named_in_one_order_in_every_process() -> None:
    program = f"from {__name__} import withdrawn_ones; print(withdrawn_ones())"
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "0123"
    }
    assert len(told) == 1


def withdrawn_ones() -> tuple[str, ...]:
    index = an_index()
    for uri in "abcde":
        index.judge(an_item(uri, TEXT))
        index.judge(withdrawal(uri))
    return index.judge(an_item("f", TEXT)).related


def test_a_withdrawal_names_those_that_carry_the_same() -> None:
    index = an_index()
    for uri in "abc":
        index.judge(an_item(uri, TEXT))
    index.judge(an_item("z", a_text(1)))
    told = index.judge(withdrawal("a", hours=1))
    assert (told.verdict, told.supersedes) == ("withdrawn", "a@1")
    assert (told.story, told.related) == ("a", ("b", "c"))


def test_the_withdrawal_of_a_copy_names_the_first_and_the_other_copies() -> None:
    index = an_index()
    for uri in "abc":
        index.judge(an_item(uri, TEXT))
    told = index.judge(withdrawal("b", hours=1))
    assert (told.story, told.related) == ("a", ("a", "c"))


def test_the_withdrawal_of_what_was_never_seen_names_nobody() -> None:
    told = an_index().judge(withdrawal("a"))
    assert (told.verdict, told.story, told.related) == ("withdrawn", "a", ())


def test_a_copy_says_which_wires_carry_the_story_each_once() -> None:
    index = an_index()
    wires = ("first", "second", "third", "second")
    told = [
        index.judge(an_item(str(n), f"{TEXT} {n}", wire=wire, headline=f"Ferry {n}"))
        for n, wire in enumerate(wires)
    ]
    assert [one.also_in for one in told] == [
        (),
        ("second",),
        ("second", "third"),
        ("second", "third"),
    ]
    assert [one.story for one in told] == [None, "0", "0", "0"]


def test_a_version_says_how_much_of_the_one_before_it_is_left() -> None:
    index = an_index()
    index.judge(an_item("a", TEXT))
    index.judge(an_item("b", TEXT))
    known = Duplicate("update", supersedes="a@1")
    told = index.judge(an_item("a", f"{TEXT} It rained.", version=2, known=known, hours=1))
    assert (told.verdict, told.supersedes, told.story) == ("update", "a@1", "a")
    assert told.also_in == ("wire of b",)
    assert told.similarity is not None
    assert 0.9 < told.similarity < 1


def test_a_version_of_what_was_never_seen_is_what_the_history_says() -> None:
    known = Duplicate("correction", supersedes="a@1")
    assert an_index().judge(an_item("a", TEXT, version=2, known=known)) == known


def test_a_copy_of_a_new_version_belongs_to_the_story_of_the_first() -> None:
    index, changed = an_index(), f"{STORIES['en'].told(40)} A second ship has reached the place."
    index.judge(an_item("a", TEXT))
    index.judge(an_item("b", changed))
    assert index.judge(an_item("c", changed)).story == "a"


@pytest.mark.parametrize(("late_ms", "verdict"), [(0, "repeat"), (1, "new")])
def test_the_window_ends_to_the_millisecond(late_ms: int, verdict: str) -> None:
    index, hours = an_index(), (WINDOW_MS + late_ms) / HOUR_MS
    index.judge(an_item("a", TEXT))
    assert index.judge(an_item("b", TEXT, hours=hours)).verdict == verdict


def test_what_a_lagging_partition_brings_counts_too() -> None:
    index = an_index()
    index.judge(an_item("a", TEXT, hours=10))
    assert index.judge(an_item("b", TEXT, hours=0)).of == "a"


def test_many_related_reports_are_not_all_named() -> None:
    index, story = an_index(), STORIES["en"]
    for n in range(8):
        index.judge(an_item(str(n), f"{a_text(n, 48)}\n{story.background}", headline=None))
    told = index.judge(an_item("last", f"{a_text(99, 48)}\n{story.background}", headline=None))
    assert told.verdict == "new"
    assert len(told.related) <= RELATED_AT_MOST


def test_every_replay_finds_its_verdict_in_an_index_of_any_size() -> None:
    # A record comes again after a crash: it must not become a copy of its own copy, not even
    # when so many came after it that the postings have forgotten its name.
    index = an_index()
    items = [an_item(f"urn:{n}", a_text(n // 2, 120), hours=n / 60) for n in range(1500)]
    told = [index.judge(item) for item in items]
    assert [one.verdict for one in told] == ["new", "repeat"] * 750
    rebuilt = an_index()
    rebuilt.load(*(index.save() or (0, b"")))
    for again in (index, rebuilt):
        assert [again.judge(item) for item in items] == told
        assert len(again) == len(items), "it was judged anew"
