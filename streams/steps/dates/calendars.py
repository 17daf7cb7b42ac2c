"""Days of the Hijri calendar (Umm al-Qura) and of the Jalali calendar, as Gregorian days."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from streams.steps.dates.calendar import plus_days
from streams.steps.dates.roles import Calendar


class _Conversion(NamedTuple):
    day_of: Callable[[int, int, int], dt.date]
    year_on: Callable[[dt.date], int]


def _hijri_day(year: int, month: int, day: int) -> dt.date:
    found = Hijri(year, month, day).to_gregorian()
    return dt.date(found.year, found.month, found.day)


def _hijri_year(day: dt.date) -> int:
    return Gregorian.fromdate(day).to_hijri().year


def _jalali_day(year: int, month: int, day: int) -> dt.date:
    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]


def _jalali_year(day: dt.date) -> int:
    return JalaliDate(day).year  # type: ignore[no-untyped-call]


CONVERSIONS: Mapping[Calendar, _Conversion] = {
    "hijri": _Conversion(_hijri_day, _hijri_year),
    "jalali": _Conversion(_jalali_day, _jalali_year),
}


def gregorian(calendar: Calendar, year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day; None when there is none such, or it is beyond the known tables.

    Umm al-Qura is known for the years 1343 to 1500; Jalali years are 1 to 9377.
    """
    try:
        return CONVERSIONS[calendar].day_of(year, month, day)
    except (ValueError, OverflowError):
        return None


def year_on(calendar: Calendar, day: dt.date) -> int | None:
    """The year of the other calendar on a Gregorian day; None beyond the known tables."""
    try:
        return CONVERSIONS[calendar].year_on(day)
    except (ValueError, OverflowError):
        return None


def days_in(calendar: Calendar, year: int, month: int | None) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a month, or of a whole year."""
    begin = gregorian(calendar, year, month or 1, 1)
    following = (year, month + 1) if month and month < 12 else (year + 1, 1)
    after = gregorian(calendar, *following, 1)
    last = after and plus_days(after, -1)
    return (begin, last) if begin and last else None
