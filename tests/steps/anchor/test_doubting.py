"""What speaks against an anchor, and what is proposed; whole articles are in tests/evaluation."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.enriched import Anchor, DateMention, Field
from streams.steps.anchor import Happening, dateline, doubted
from streams.steps.dates import compile_dates, find_dates
from tests.steps.dates.conftest import SEEDS

RULES = compile_dates({"en": SEEDS["en"]})
ELECTION = "presidential election"
VOTED = ((dt.date(2020, 11, 3),) * 2, (dt.date(2024, 11, 5),) * 2)
PIECES = [
    ELECTION, "election", "this week", "on Thursday", "yesterday", "two weeks ago", ".", "\n", ",",
    "(7 November 2024)", "Friday, November 7", "scheduled for 20 January 2025", "1 January 0001",
    "31 December 9999", "MOSCOW, Nov 7 (Reuters) -", "on 3 May 1999",
]  # fmt: skip


def doubt(text: str, day: dt.date) -> Anchor:
    def found(anchor: dt.date) -> tuple[DateMention, ...]:
        return find_dates(text, "body", "en", anchor, RULES)

    events, at = [], text.find(ELECTION)
    while at >= 0:
        events.append(Happening("the election", "body", at, at + len(ELECTION), VOTED))
        at = text.find(ELECTION, at + 1)
    dates = found(day)
    anchor = Anchor(day.isoformat(), "published_at", "high", ("published",))
    texts: dict[Field, str] = {"headline": "", "body": text}
    return doubted(anchor, texts, dates, events, dateline(text, dates), found)


@settings(max_examples=300, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), day=st.dates())
def test_any_text_and_any_day_give_an_anchor_of_the_same_day(text: str, day: dt.date) -> None:
    anchor = doubt(text, day)
    assert anchor.date == day.isoformat()
    assert anchor == doubt(text, day)
    assert (anchor.confidence == "low") == (len(anchor.evidence) > 1)
    if anchor.proposed:
        assert anchor.confidence == "low"
        assert anchor.proposed != anchor.date


def test_hints_alone_do_not_make_an_anchor_doubtful() -> None:
    text = "Two weeks ago he spoke of the presidential election. Last week he spoke of it again."
    assert doubt(text, dt.date(2024, 12, 20)).confidence == "high"


def test_an_event_that_comes_again_is_the_one_nearest_to_the_anchor() -> None:
    text = "The presidential election this week was close, they said on Thursday."
    assert doubt(text, dt.date(2020, 11, 5)).confidence == "high"
    assert doubt(text, dt.date(2020, 12, 3)).proposed == "2020-11-05"


def test_of_several_days_that_fit_none_is_proposed_where_no_weekday_tells() -> None:
    anchor = doubt("The presidential election this week was close.", dt.date(2024, 12, 3))
    assert (anchor.confidence, anchor.proposed) == ("low", None)
    assert "2024-11-05" in anchor.evidence[1]


def test_evidence_is_not_said_twice() -> None:
    text = "The presidential election this week. " * 5
    assert len(doubt(text, dt.date(2024, 12, 3)).evidence) == 2
