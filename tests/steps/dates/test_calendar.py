import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched import Span
from streams.steps.dates.calendar import first_day, plus_days, plus_months, span_of, week_value

NUMBERS = st.integers(-(10**9), 10**9)


@given(st.dates(), NUMBERS)
def test_no_sum_of_days_or_months_overflows(day: dt.date, number: int) -> None:
    for moved in (plus_days(day, number), plus_months(day, number)):
        assert moved is None or (moved >= day) is (number >= 0)


@given(st.dates())
def test_a_day_lies_in_the_span_of_its_week(day: dt.date) -> None:
    week = week_value(day)
    span = week and span_of(week)
    if span and span.begin and span.end:
        assert span.begin <= day.isoformat() < span.end


def test_a_month_later_ends_on_the_last_day_of_a_shorter_month() -> None:
    assert plus_months(dt.date(2024, 1, 31), 1) == dt.date(2024, 2, 29)
    assert plus_months(dt.date(2023, 1, 31), 1) == dt.date(2023, 2, 28)


def test_each_kind_of_value_covers_its_days() -> None:
    expected = {
        "2024-11-07": Span("2024-11-07", "2024-11-08"),
        "2024-11-06TMO": Span("2024-11-06", "2024-11-07"),
        "2024-W45": Span("2024-11-04", "2024-11-11"),
        "2024-W45-WE": Span("2024-11-09", "2024-11-11"),
        "2024-11": Span("2024-11-01", "2024-12-01"),
        "2024-Q3": Span("2024-07-01", "2024-10-01"),
        "2024-H2": Span("2024-07-01", "2025-01-01"),
        "2024-WI": Span("2024-12-01", "2025-03-01"),
        "2024": Span("2024-01-01", "2025-01-01"),
        "199X": Span("1990-01-01", "2000-01-01"),
        "19XX": Span("1900-01-01", "2000-01-01"),
        "2022-02-24/..": Span("2022-02-24", None),
        "2024-05-03/2024-05-05": Span("2024-05-03", "2024-05-06"),
        "9999": Span("9999-01-01", None),
    }
    assert {value: span_of(value) for value in expected} == expected


def test_a_value_off_the_calendar_covers_no_days() -> None:
    for value in ("PT24H", "PRESENT_REF", "XXXX-WXX-1", "2024-13", "2024-W60", "0000-01-01", ""):
        assert span_of(value) is None
        assert first_day(value) is None
