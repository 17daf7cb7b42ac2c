"""Arithmetic on days that ends in None, never in an error, outside the years 1 to 9999."""

import datetime as dt
import re
from functools import lru_cache
from typing import get_args

from schemas.enriched import Precision, Span

VALUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-W(?P<week>\d\d)(?P<weekend>-WE)?|-Q(?P<quarter>[1-4])|-H(?P<half>[12])"
    r"|-(?P<season>SP|SU|FA|WI)|-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>.+))?)?)?"
    r"|(?P<decade>\d{3})X|(?P<century>\d\d)XX"
)
COARSENESS = {name: rank for rank, name in enumerate(get_args(Precision))}
"""Of a precision: the more, the less exactly it tells when."""
NAMED_PRECISIONS: tuple[Precision, ...] = (
    "day", "month", "quarter", "half", "season", "decade", "century", "year",
)  # fmt: skip
FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None when there is none such (31 June, the year 0)."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def plus_days(day: dt.date, days: int) -> dt.date | None:
    """`days` later (earlier when negative)."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def plus_months(day: dt.date, months: int) -> dt.date | None:
    """`months` later; on the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day and (found := day_of(year, month + 1, last)):
            return found
    return None


def week_value(day: dt.date) -> str | None:
    """`2024-W45`: the ISO week of the day."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}" if 1 <= year <= 9999 else None


@lru_cache(maxsize=4096)
def span_of(value: str) -> Span | None:
    """The days that a value covers, half open; None when it names no calendar span."""
    if "/" in value:
        first, _, last = value.partition("/")
        begin = None if first == ".." else _begin_end(first)
        end = None if last == ".." else _begin_end(last)
        return Span(_iso(begin and begin[0]), _iso(end and end[1])) if begin or end else None
    found = _begin_end(value)
    return Span(_iso(found[0]), _iso(found[1])) if found else None


@lru_cache(maxsize=4096)
def precision_of(value: str) -> Precision | None:
    """How exactly a value tells when; None of an interval, a length or a set."""
    match = VALUE.fullmatch(value)
    if match is None:
        return None
    if match["time"]:
        return "minute" if match["time"][:1].isdigit() else "part"
    if match["week"]:
        return "weekend" if match["weekend"] else "week"
    return next((name for name in NAMED_PRECISIONS if match[name]), None)


def first_day(value: str) -> dt.date | None:
    """The first day that a value covers."""
    found = _begin_end(value)
    return found[0] if found else None


def _begin_end(value: str) -> tuple[dt.date, dt.date | None] | None:
    """The first day, and the day after the last; that one is None after the year 9999."""
    match = VALUE.fullmatch(value)
    if not match:
        return None
    part = match.groupdict()
    if part["week"]:
        return _week(int(part["year"]), int(part["week"]), weekend=part["weekend"] is not None)
    year, month, months = _months(part)
    begin = day_of(year, month, int(part["day"] or 1))
    if begin is None:
        return None
    return begin, plus_days(begin, 1) if part["day"] else plus_months(begin, months)


def _months(part: dict[str, str | None]) -> tuple[int, int, int]:
    """Year, first month, and number of months."""
    if part["decade"]:
        return int(part["decade"]) * 10, 1, 120
    if part["century"]:
        return int(part["century"]) * 100, 1, 1200
    year = int(part["year"] or 0)
    for name, length in (("month", 1), ("quarter", 3), ("half", 6)):
        if which := part[name]:
            return year, (int(which) - 1) * length + 1, length
    if part["season"]:
        return year, FIRST_MONTH[part["season"]], 3
    return year, 1, 12


def _week(year: int, week: int, *, weekend: bool) -> tuple[dt.date, dt.date | None] | None:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    begin = plus_days(monday, 5) if weekend else monday
    return (begin, plus_days(monday, 7)) if begin else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
