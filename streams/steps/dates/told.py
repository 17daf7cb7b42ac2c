"""Dates counted from one that the text told before: the following day, that night, a week later."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from schemas.enriched import DateMention
from streams.steps.dates import counted, named
from streams.steps.dates.calendar import COARSENESS, day_of, first_day
from streams.steps.dates.meant import (
    Context,
    Meaner,
    Meant,
    Values,
    at_grain,
    iso,
    moved,
    number_in,
    period_in,
    year_away,
    year_in,
)

REACH = 300
"""Characters back in which a date is still the one that is spoken of."""
AND = 5
"""Characters at most between two days that are named together: ` and `, `, `."""
A_DAY = COARSENESS["day"]


class Told(NamedTuple):
    """A date that the text told, and where it ends there, once folded: blanks are one."""

    end: int
    date: DateMention


def told_before(start: int, told: Sequence[Told], values: Values) -> DateMention | None:
    """The latest date before `start` that is exact enough to count the unit of `values` from."""
    exact = max(A_DAY, COARSENESS.get(str(values.get("unit")), 0))
    for end, date in reversed(told):
        if start - end > REACH:
            return None
        if _is_exact(date, exact):
            return date
    return None


def joins_one_ahead(start: int, told: Sequence[Told], anchor: dt.date | None) -> bool:
    """Whether it is the second of `Monday and Tuesday`, and the first lies ahead."""
    if anchor is None or not told or start - told[-1].end > AND:
        return False
    last = told[-1].date
    day = first_day(last.value) if last.value and last.relative else None
    return day is not None and day > anchor and _is_exact(last, A_DAY)


def _is_exact(date: DateMention, coarseness: int) -> bool:
    return date.precision is not None and COARSENESS[date.precision] <= coarseness


def told_meant(values: Values, context: Context) -> Meant | None:
    """That day, the following week; May of that year; the same month last year."""
    found = _told_meant(values, context)
    return found and found._replace(relative=True)


def _told_meant(values: Values, context: Context) -> Meant | None:
    if context.anchor is None:
        return None
    shift, unit = period_in(values) or (number_in(values, "told"), str(values.get("unit", "day")))
    told = moved(context.anchor, unit, shift)
    told = told and moved(told, "year", _years_away(values))
    if told is None:
        return None
    if "weekday" in values:
        return _weekday_meant(number_in(values, "weekday"), shift, context)
    if "month" in values:
        meaner = named.month_meant if {"day", "ordinal"}.isdisjoint(values) else named.day_meant
        return meaner({**values, "year": told.year}, context)
    value = at_grain(told, unit)
    return _day_named(told, unit, values) or (Meant(value) if value else None)


def _day_named(told: dt.date, unit: str, values: Values) -> Meant | None:
    """The 5th of that month, the same day of 1957."""
    if unit == "month" and (day := number_in(values, "day", "ordinal")):
        return iso(day_of(told.year, told.month, day))
    year = year_in(values) if unit == "day" else 0
    return iso(day_of(year, told.month, told.day)) if year else None


def _weekday_meant(weekday: int, shift: int, context: Context) -> Meant | None:
    """The Thursday before or after the day that was told; that Thursday, if it is one."""
    if shift:
        return counted.weekday_meant({"weekday": weekday, "shift": shift, "coming": 1}, context)
    told = context.anchor
    return iso(told) if told and told.isoweekday() == weekday else None


def _years_away(values: Values) -> int:
    """The same month last year, a year ago."""
    if "shift" in values:
        return year_away(values) or 0
    return -number_in(values, "number") if values.get("unit2") == "year" else 0


def counted_meant(sign: int) -> Meaner:
    """Two weeks later, a day earlier; a length of time where no date was told before."""
    count = counted.counted_meant(sign)

    def found(values: Values, context: Context) -> Meant | None:
        if context.anchor is None:
            return counted.duration_meant(values, context)
        return count(values, context)

    return found
