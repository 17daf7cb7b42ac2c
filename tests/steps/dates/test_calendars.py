import datetime as dt
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from streams.steps.dates.calendars import days_in, gregorian, year_on
from streams.steps.dates.roles import Calendar

A_CALENDAR = st.sampled_from(get_args(Calendar))


def test_known_days_of_other_calendars() -> None:
    assert gregorian("hijri", 1436, 10, 25) == dt.date(2015, 8, 10)
    assert gregorian("hijri", 1445, 9, 1) == dt.date(2024, 3, 11)
    assert gregorian("jalali", 1403, 8, 17) == dt.date(2024, 11, 7)
    assert gregorian("jalali", 1403, 12, 30) == dt.date(2025, 3, 20)


def test_the_thirtieth_of_a_month_of_twenty_nine_days_is_none() -> None:
    assert gregorian("hijri", 1445, 9, 31) is None
    assert gregorian("jalali", 1402, 12, 30) is None


@given(A_CALENDAR, st.integers(-9, 99_999), st.integers(-1, 14), st.integers(-1, 33))
def test_any_numbers_give_a_day_or_none(calendar: Calendar, y: int, m: int, d: int) -> None:
    day = gregorian(calendar, y, m, d)
    assert day is None or year_on(calendar, day) == y


@given(A_CALENDAR, st.dates(dt.date(1925, 1, 1), dt.date(2075, 1, 1)))
def test_a_day_is_in_its_year_and_the_year_is_in_one_piece(
    calendar: Calendar, day: dt.date
) -> None:
    year = year_on(calendar, day)
    assert year is not None
    whole, following = days_in(calendar, year, None), days_in(calendar, year + 1, None)
    assert whole is not None and following is not None  # noqa: PT018
    assert whole[0] <= day <= whole[1]
    assert following[0] - whole[1] == dt.timedelta(days=1)
