import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.steps.dates import DateRules, compile_dates, page_date
from tests.steps.dates.conftest import SEEDS

RULES = compile_dates(SEEDS)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("الثلاثاء 3 ديسمبر / December 2024", dt.date(2024, 12, 3)),
        ("Thursday, 7 November 2024", dt.date(2024, 11, 7)),
        ("7 ноября 2024, 15:30", dt.date(2024, 11, 7)),
        ("2024-11-07", dt.date(2024, 11, 7)),
        ("٧ نوفمبر ٢٠٢٤", dt.date(2024, 11, 7)),
        ("Updated: Nov 7, 2024 | 15:30 GMT", dt.date(2024, 11, 7)),
        ("2024-11-07T15:30:00Z", dt.date(2024, 11, 7)),
        ("13.12.2024", dt.date(2024, 12, 13)),
        ("الخميس 7 تشرين الثاني/ نوفمبر 2024", dt.date(2024, 11, 7)),
    ],
)
def test_a_line_that_is_a_date_names_its_day(line: str, day: dt.date, rules: DateRules) -> None:
    assert page_date(line, rules) == day


@pytest.mark.parametrize(
    "line",
    [
        "",
        "7 November",
        "November 2024",
        "yesterday",
        "Four people died on 7 November 2024",
        "3/4/2024",
        "31 June 2024",
        "7 November 2024 - 9 November 2024",
        "7 November / December 2024",
        "Share this story",
        "2024",
    ],
)
def test_any_other_line_names_none(line: str, rules: DateRules) -> None:
    assert page_date(line, rules) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120) | st.text(st.characters(), max_size=40))
def test_any_line_is_answered(line: str) -> None:
    day = page_date(line, RULES)
    assert day is None or isinstance(day, dt.date)
