"""Dates that have a name of their own: days of a year, months, years, decades, seasons."""

import datetime as dt

from streams.steps.dates.calendar import day_of, plus_months
from streams.steps.dates.meant import (
    UNANCHORED,
    Context,
    Meaner,
    Meant,
    Values,
    iso,
    number_in,
    year_in,
)

YEARS_AWAY = (0, -1, 1, -2, 2, -3, 3, -4, 4)
"""Years in which a day without a year may lie, counted from the anchor's."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_meant(values: Values, context: Context) -> Meant | None:
    """7 November 2024, 7.11.2024, 7 November, the 7th of next month; Christmas."""
    found = _day_meant(values, context)
    weekday = number_in(values, "weekday")
    if found is None or found.value is None or not weekday:
        return found
    day = dt.date.fromisoformat(found.value)
    if day.isoweekday() == weekday:
        return found
    named, real = WEEKDAYS[weekday - 1], WEEKDAYS[day.isoweekday() - 1]
    return found._replace(doubt=f"said to be a {named}, but {day} is a {real}")


def _day_meant(values: Values, context: Context) -> Meant | None:
    numeric = values.get("numeric")
    if isinstance(numeric, dt.date):
        return iso(numeric)
    holiday = values.get("holiday")
    if isinstance(holiday, str):
        return _holiday_meant(holiday, values, context)
    if "shift" in values:
        return day_of_month(values, context)
    month, day = number_in(values, "month"), number_in(values, "day", "ordinal", "number")
    year = year_in(values)
    if year:
        return iso(day_of(year, month, day))
    if context.anchor is None:
        return UNANCHORED if day_of(2024, month, day) else None
    return iso(_nearest(month, day, context), relative=True)


def _holiday_meant(holiday: str, values: Values, context: Context) -> Meant | None:
    month, day = map(int, holiday.split("-"))
    if year := year_in(values):
        return iso(day_of(year, month, day))
    if context.anchor is None:
        return UNANCHORED
    shift = number_in(values, "shift")
    if shift in (-1, 1):
        days = (day_of(context.anchor.year + n, month, day) for n in (-1, 0, 1))
        onward = [d for d in days if d and (d > context.anchor) is (shift > 0)]
        return iso(min(onward) if shift > 0 else max(onward), relative=True) if onward else None
    return iso(_nearest(month, day, context), relative=True)


def day_of_month(values: Values, context: Context) -> Meant | None:
    """The 20th of next month."""
    if context.anchor is None:
        return UNANCHORED
    month = plus_months(context.anchor.replace(day=1), number_in(values, "shift"))
    day = number_in(values, "day", "ordinal")
    return iso(month and day_of(month.year, month.month, day), relative=True)


def _nearest(month: int, day: int, context: Context) -> dt.date | None:
    assert context.anchor is not None
    return context.nearest(day_of(context.anchor.year + n, month, day) for n in YEARS_AWAY)


def month_meant(values: Values, context: Context) -> Meant | None:
    """May 2024, last May; a bare May is the latest one, unless the text points ahead."""
    numeric = values.get("month_numeric")
    if isinstance(numeric, dt.date):
        return Meant(f"{numeric:%Y-%m}")
    month, year = number_in(values, "month"), year_in(values)
    if year:
        return Meant(f"{year:04}-{month:02}") if 1 <= year <= 9999 else None
    anchor = context.anchor
    if anchor is None:
        return UNANCHORED
    shift = values.get("shift")
    if shift == 0:
        year = anchor.year
    elif shift == 1 or (shift is None and context.direction() > 0):
        ahead = month > anchor.month or (shift is None and month == anchor.month)
        year = anchor.year if ahead else anchor.year + 1
    else:
        behind = month < anchor.month or (shift is None and month == anchor.month)
        year = anchor.year if behind else anchor.year - 1
    return Meant(f"{year:04}-{month:02}", relative=True) if 1 <= year <= 9999 else None


def year_meant(values: Values, context: Context) -> Meant | None:
    """2010."""
    del context
    year = year_in(values)
    return Meant(f"{year:04}") if year else None


def decade_meant(values: Values, context: Context) -> Meant | None:
    """The 1990s."""
    del context
    return Meant(f"{number_in(values, 'decade') // 10:03}X")


def century_meant(values: Values, context: Context) -> Meant | None:
    """The 19th century."""
    del context
    century = number_in(values, "ordinal", "number") - 1
    return Meant(f"{century:02}XX") if 1 <= century <= 98 else None


def part_of_year(mark: str) -> Meaner:
    """A quarter, half or season, of a named year or of the anchor's."""

    def found(values: Values, context: Context) -> Meant | None:
        if mark == "":
            name = str(values["season"])
        else:
            number = number_in(values, "quarter", "half", "ordinal", "number")
            number = (4 if mark == "Q" else 2) if number == -1 else number
            if not 1 <= number <= (4 if mark == "Q" else 2):
                return None
            name = f"{mark}{number}"
        year = year_in(values)
        if year:
            return Meant(f"{year:04}-{name}")
        if context.anchor is None:
            return UNANCHORED
        year = context.anchor.year + number_in(values, "shift", default=0)
        return Meant(f"{year:04}-{name}", relative=True) if 1 <= year <= 9999 else None

    return found
