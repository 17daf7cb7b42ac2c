"""Dates of other calendars: 5 Ramadan 1445, Aban 1403, a bare Ramadan."""

from streams.steps.dates.calendars import days_in, gregorian, year_on
from streams.steps.dates.meant import UNANCHORED, Context, Meaner, Meant, Values, iso, number_in
from streams.steps.dates.seed import Calendar


def calendar_meant(calendar: Calendar) -> Meaner:
    """A day as the Gregorian one; a month or a year as the interval of its days."""

    def found(values: Values, context: Context) -> Meant | None:
        month = number_in(values, calendar)
        day = number_in(values, "day", "ordinal")
        year = number_in(values, "year", "old_year", "number")
        if year:
            named = (gregorian(calendar, year, month, day),) if month and day else ()
            return iso(*named) if named else _interval(calendar, year, month)
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


def _interval(calendar: Calendar, year: int, month: int, *, relative: bool = False) -> Meant | None:
    days = days_in(calendar, year, month or None)
    return Meant(f"{days[0]}/{days[1]}", relative, "interval") if days else None
