"""Dates that have a name of their own: days of a year, months, years, decades, seasons."""

import datetime as dt

from streams.steps.dates.calendar import day_of, plus_days, plus_months, span_of
from streams.steps.dates.cues import BESIDE
from streams.steps.dates.meant import (
    UNANCHORED,
    Context,
    Meaner,
    Meant,
    Values,
    iso,
    number_in,
    period_in,
    year_away,
    year_in,
)

YEARS_AWAY = (0, -1, 1, -2, 2, -3, 3, -4, 4)
"""Years in which a day without a year may lie, counted from the anchor's."""
HALF_A_YEAR = 183
"""Days from which on a quarter or season to come is rather the one of last year."""
A_MONTH = 31
SOON = 2
"""Months ahead within which a bare month is the coming one where no word says otherwise."""
NEAR = 3
"""Days ahead within which a day without a month is still of the anchor's month."""
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
    fixed = values.get("holiday") or values.get("day_month")
    if isinstance(fixed, str):
        month, day = map(int, fixed.split("-"))
    else:
        month, day = number_in(values, "month"), number_in(values, "day", "ordinal", "number")
    if not month:
        by_weekday = "weekday" in values and not {"shift", "period"} & values.keys()
        return _by_weekday(values, context) if by_weekday else day_of_month(values, context)
    year = _year(values, context)
    if year:
        return iso(day_of(year, month, day), relative=not year_in(values))
    if context.anchor is None:
        return UNANCHORED if day_of(2024, month, day) else None
    return iso(_nearest(month, day, values, context), relative=True)


def _by_weekday(values: Values, context: Context) -> Meant | None:
    """Thursday the 14th: the one nearest to the anchor."""
    if context.anchor is None:
        return UNANCHORED
    days = (plus_days(context.anchor, n) for n in range(-A_MONTH, A_MONTH + 1))
    wanted = (number_in(values, "day", "ordinal"), number_in(values, "weekday"))
    return iso(
        context.nearest(day for day in days if day and (day.day, day.isoweekday()) == wanted),
        relative=True,
    )


def day_of_month(values: Values, context: Context) -> Meant | None:
    """The 20th of next month."""
    if context.anchor is None:
        return UNANCHORED
    period = period_in(values)
    if period is None and "shift" not in values:
        return _lone_day(number_in(values, "day", "ordinal", "number"), context)
    shift = period[0] if period else number_in(values, "shift")
    month = plus_months(context.anchor.replace(day=1), shift)
    day = number_in(values, "day", "ordinal", "number")
    return iso(month and day_of(month.year, month.month, day), relative=True)


def _lone_day(day: int, context: Context) -> Meant | None:
    """The 7th: of this month when it is past or near; else of the last, or the next if ahead."""
    anchor = context.anchor
    if anchor is None or not 1 <= day <= 31:
        return None
    here = day_of(anchor.year, anchor.month, day)
    way = context.direction()
    if here and ((here - anchor).days <= NEAR if way <= 0 else here >= anchor):
        return iso(here, relative=True)
    months = (plus_months(anchor.replace(day=1), n) for n in ((1, 2) if way > 0 else (-1, -2)))
    days = (found for m in months if m and (found := day_of(m.year, m.month, day)))
    return iso(next(days, None), relative=True)


def _year(values: Values, context: Context) -> int:
    """The year that is named, or counted from the anchor's; 0 if neither is."""
    away = year_away(values)
    if year_in(values) or away is None or context.anchor is None:
        return year_in(values)
    return context.anchor.year + away


def _nearest(month: int, day: int, values: Values, context: Context) -> dt.date | None:
    """The day of the year near the anchor; `last` and `next` say on which side of it."""
    anchor, shift = context.anchor, values.get("shift")
    assert anchor is not None
    days = [day_of(anchor.year + n, month, day) for n in YEARS_AWAY]
    if shift in (-1, 1):
        days = [d for d in days if d and (d > anchor if shift == 1 else d < anchor)]
    return context.nearest(days)


def month_meant(values: Values, context: Context) -> Meant | None:
    """May 2024, last May; a bare May is the latest one, unless the text points ahead."""
    numeric = values.get("month_numeric")
    if isinstance(numeric, dt.date):
        return Meant(f"{numeric:%Y-%m}")
    month, year = number_in(values, "month", "number"), _year(values, context)
    anchor = context.anchor
    if not 1 <= month <= 12:
        return None
    if year:
        known = 1 <= year <= 9999
        return Meant(f"{year:04}-{month:02}", not year_in(values)) if known else None
    if anchor is None:
        return UNANCHORED
    shift = values.get("shift")
    if shift == 0:
        year = anchor.year
    elif shift == 1 or (shift is None and _lies_ahead(month, anchor, context)):
        ahead = month > anchor.month or (shift is None and month == anchor.month)
        year = anchor.year if ahead else anchor.year + 1
    else:
        behind = month < anchor.month or (shift is None and month == anchor.month)
        year = anchor.year if behind else anchor.year - 1
    return Meant(f"{year:04}-{month:02}", relative=True) if 1 <= year <= 9999 else None


def _lies_ahead(month: int, anchor: dt.date, context: Context) -> bool:
    """Whether a bare month is to come: it is said, or near and no word beside it says past."""
    way = context.direction()
    return way > 0 or (way != BESIDE and 1 <= (month - anchor.month) % 12 <= SOON)


def year_meant(values: Values, context: Context) -> Meant | None:
    """2010."""
    del context
    year = year_in(values)
    return Meant(f"{year:04}") if year else None


def decade_meant(values: Values, context: Context) -> Meant | None:
    """The 1990s; 19世纪70年代, the seventies of the 19th century."""
    del context
    decade, century = number_in(values, "decade"), number_in(values, "ordinal", "number")
    if century:
        decade = (century - 1) * 100 + decade % 100
    return Meant(f"{decade // 10:03}X") if 0 <= decade <= 9990 else None


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
        if year := _year(values, context):
            return Meant(f"{year:04}-{name}", not year_in(values)) if 1 <= year <= 9999 else None
        return _part_near(name, values, context)

    return found


def _part_near(name: str, values: Values, context: Context) -> Meant | None:
    """Last and next summer; else the latest or the next as the text points, or this year's."""
    anchor = context.anchor
    if anchor is None:
        return UNANCHORED
    shift = values.get("shift")
    if shift == 0:
        return Meant(f"{anchor.year:04}-{name}", relative=True)
    spans = {}
    for year in range(anchor.year - 2, anchor.year + 3):
        span = span_of(f"{year:04}-{name}")
        if span and span.begin and span.end:
            begin, end = dt.date.fromisoformat(span.begin), dt.date.fromisoformat(span.end)
            spans[year] = ((begin - anchor).days, (end - anchor).days)
    # Of what was said to be past, more is the day on which somebody said it.
    way = number_in(values, "shift") or max(context.direction(), 0)
    if way > 0:
        fitting = [year for year, (begin, _) in spans.items() if begin > 0][:1]
    elif way < 0:
        # Last summer is over; the summer that somebody spoke of may be this one.
        which = 1 if shift == -1 else 0
        fitting = [year for year, span in spans.items() if span[which] <= 0][-1:]
    else:
        far = anchor.year in spans and spans[anchor.year][0] > HALF_A_YEAR
        fitting = [anchor.year - far]
    return Meant(f"{fitting[0]:04}-{name}", relative=True) if fitting else None
