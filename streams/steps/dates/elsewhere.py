"""Dates of other calendars: 5 Ramadan 1445, Aban 1403, a bare Ramadan."""

from streams.steps.dates.calendars import days_in, gregorian, year_on
from streams.steps.dates.meant import UNANCHORED, Context, Meaner, Meant, Values, iso, number_in
from streams.steps.dates.roles import Calendar

TOO_LATE = 1600
"""A bare year from here on is a Gregorian one."""


def calendar_meant(calendar: Calendar) -> Meaner:
    """A day as the Gregorian one; a month or a year as the interval of its days."""

    def found(values: Values, context: Context) -> Meant | None:
        month = number_in(values, calendar)
        day = number_in(values, "day", "ordinal")
        if year := _year(values, calendar):
            return _named(calendar, year, month, day)
        if context.anchor is None:
            return UNANCHORED
        here = year_on(calendar, context.anchor)
        if here is None:
            return None
        if not month:
            return _interval(calendar, here + number_in(values, "shift"), 0, relative=True)
        begins = {gregorian(calendar, here + n, month, day or 1): here + n for n in (-1, 0, 1)}
        begin = context.nearest(begins)
        if begin is None or day:
            return iso(begin, relative=True)
        return _interval(calendar, begins[begin], month, relative=True)

    return found


def _named(calendar: Calendar, year: int, month: int, day: int) -> Meant | None:
    if year >= TOO_LATE and not month:
        return Meant(f"{year:04}")
    if month and day:
        return iso(gregorian(calendar, year, month, day))
    return _interval(calendar, year, month)


def _year(values: Values, calendar: Calendar) -> int:
    """The year that is named; one of two digits, as Iranians write it, from 1330 to 1429."""
    short = number_in(values, "short_year") % 100
    if short and calendar == "jalali":
        return short + (1300 if short >= 30 else 1400)
    return number_in(values, "year", "old_year", "number")


def _interval(calendar: Calendar, year: int, month: int, *, relative: bool = False) -> Meant | None:
    days = days_in(calendar, year, month or None)
    return Meant(f"{days[0]}/{days[1]}", relative, "interval") if days else None
