"""The day that relative dates are counted from."""

from datetime import UTC, date, datetime, timedelta, timezone

from schemas.enriched import Anchor, DateMention, Span
from streams.steps.anchor import choose_anchor, from_dateline

PUBLISHED = datetime(2024, 11, 7, 23, 30, tzinfo=timezone(timedelta(hours=3)))
RECEIVED = datetime(2024, 11, 8, 9, 0, tzinfo=UTC)
PAGE = [("الثلاثاء 3 ديسمبر / December 2024", date(2024, 12, 3))]


def test_the_publisher_wins_over_the_page() -> None:
    anchor = choose_anchor(PUBLISHED, PAGE, RECEIVED)
    assert anchor is not None
    assert (anchor.date, anchor.source, anchor.confidence) == ("2024-11-07", "published_at", "high")


def test_the_day_is_that_of_the_publishers_own_zone() -> None:
    late = datetime(2024, 11, 8, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    anchor = choose_anchor(late, [], RECEIVED)
    assert anchor is not None
    assert anchor.date == "2024-11-08"


def test_a_page_date_is_an_anchor_of_low_confidence_with_its_evidence() -> None:
    anchor = choose_anchor(None, PAGE, None)
    assert anchor is not None
    assert (anchor.date, anchor.source, anchor.confidence) == ("2024-12-03", "page_date", "low")
    assert anchor.evidence == (PAGE[0][0],)


def test_a_page_date_after_arrival_is_no_anchor() -> None:
    anchor = choose_anchor(None, PAGE, RECEIVED)
    assert anchor is not None
    assert (anchor.date, anchor.source) == ("2024-11-08", "received_at")


def test_a_publication_after_arrival_is_not_trusted() -> None:
    anchor = choose_anchor(RECEIVED + timedelta(days=3), [], RECEIVED)
    assert anchor is not None
    assert anchor.confidence == "low"


def test_without_any_time_there_is_no_anchor() -> None:
    assert choose_anchor(None, [], None) is None


def line(value: str | None) -> DateMention:
    span = Span(value, None) if value else None
    return DateMention("body", 8, 13, "Nov 6", "date", value, relative=True, span=span)


def test_the_dateline_is_a_better_anchor_than_the_page_or_the_arrival() -> None:
    for weaker in (choose_anchor(None, PAGE, None), choose_anchor(None, [], RECEIVED), None):
        anchor = from_dateline(weaker, line("2024-11-06"))
        assert anchor == Anchor("2024-11-06", "dateline", "medium", ("Nov 6",))


def test_the_publishers_word_and_a_dateline_without_a_day_change_nothing() -> None:
    published = choose_anchor(PUBLISHED, PAGE, RECEIVED)
    assert from_dateline(published, line("2024-11-06")) is published
    page = choose_anchor(None, PAGE, None)
    assert from_dateline(page, line(None)) is page
    assert from_dateline(page, None) is page
