"""Dates counted from one that the text told before: the following day, that night, a week later."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple, get_args

from schemas.enriched import DateMention, Precision
from streams.steps.dates import counted, named
from streams.steps.dates.calendar import day_of, first_day, plus_days
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
DAYS = frozenset({"day", "part", "minute"})
FINER = {name: rank for rank, name in enumerate(get_args(Precision))}


class Told(NamedTuple):
    """A date that the text told, and where it ends there, once folded: blanks are one."""

    end: int
    date: DateMention


def told_before(start: int, told: Sequence[Told], values: Values) -> DateMention | None:
    """The latest date before `start` that is exact enough to count the unit of `values` from."""
    exact = max(FINER["day"], FINER.get(str(values.get("unit")), 0))
    for end, date in reversed(told):
        if start - end > REACH:
            return None
        if date.precision and FINER[date.precision] <= exact:
            return date
    return None


def joins_one_ahead(start: int, told: Sequence[Told], anchor: dt.date | None) -> bool:
    """Whether it is the second of `Monday and Tuesday`, and the first lies ahead."""
    if anchor is None or not told or start - told[-1].end > AND:
        return False
    last = told[-1].date
    day = first_day(last.value) if last.value and last.relative else None
    return day is not None and day > anchor and last.precision in DAYS


def told_meant(values: Values, context: Context) -> Meant | None:
    """That day, the following week; May of that year; the same month last year."""
    if context.anchor is None:
        return None
    shift, unit = period_in(values) or (number_in(values, "told"), str(values.get("unit", "day")))
    told = moved(context.anchor, unit, shift)
    told = told and moved(told, "year", _years_away(values))
    if told is None:
        return None
    if "weekday" in values:
        return _day(_weekday_near(context.anchor, number_in(values, "weekday"), shift))
    if "month" in values:
        return _in_year(told.year, values, context)
    return _day_named(told, unit, values) or _relative(at_grain(told, unit))


def _day_named(told: dt.date, unit: str, values: Values) -> Meant | None:
    """The 5th of that month, the same day of 1957."""
    if unit == "month" and (day := number_in(values, "day", "ordinal")):
        return _day(day_of(told.year, told.month, day))
    year = year_in(values) if unit == "day" else 0
    return _day(day_of(year, told.month, told.day)) if year else None


def _relative(value: str | None) -> Meant | None:
    return Meant(value, relative=True) if value else None


def _years_away(values: Values) -> int:
    """The same month last year, a year ago."""
    if "shift" in values:
        return year_away(values) or 0
    return -number_in(values, "number") if values.get("unit2") == "year" else 0


def _in_year(year: int, values: Values, context: Context) -> Meant | None:
    meaner = named.month_meant if {"day", "ordinal"}.isdisjoint(values) else named.day_meant
    found = meaner({**values, "year": year}, context)
    return found and found._replace(relative=True)


def _day(day: dt.date | None) -> Meant | None:
    return iso(day, relative=True)


def counted_meant(sign: int) -> Meaner:
    """Two weeks later, a day earlier; a length of time where no date was told before."""
    count = counted.counted_meant(sign)

    def found(values: Values, context: Context) -> Meant | None:
        if context.anchor is None:
            return counted.duration_meant(values, context)
        return count(values, context)

    return found


def _weekday_near(told: dt.date, weekday: int, shift: int) -> dt.date | None:
    ahead = (weekday - told.isoweekday()) % 7
    if shift == 0:
        return told if ahead == 0 else None
    return plus_days(told, ahead or 7) if shift > 0 else plus_days(told, ahead - 7)
