"""Dates counted from one that the text told before: the following day, that night, a week later."""

import datetime as dt
from collections.abc import Sequence
from typing import get_args

from schemas.enriched import DateMention, Precision
from streams.steps.dates import counted, named
from streams.steps.dates.calendar import day_of, plus_days
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

REACH = 250
"""Characters back in which a date is still the one that is spoken of."""
FINER = {name: rank for rank, name in enumerate(get_args(Precision))}


def told_before(mentions: Sequence[DateMention], start: int, values: Values) -> DateMention | None:
    """The latest date before `start` that is exact enough to count the unit of `values` from."""
    exact = max(FINER["day"], FINER.get(str(values.get("unit")), 0))
    for mention in reversed(mentions):
        if start - mention.end > REACH:
            return None
        if mention.precision and FINER[mention.precision] <= exact:
            return mention
    return None


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
        return iso(_weekday_near(context.anchor, number_in(values, "weekday"), shift))
    if "month" in values:
        return _in_year(told.year, values, context)
    if unit == "month" and (day := number_in(values, "day", "ordinal")):
        return iso(day_of(told.year, told.month, day))
    if unit == "day" and (year := year_in(values)):
        return iso(day_of(year, told.month, told.day))
    value = at_grain(told, unit)
    return Meant(value) if value else None


def _years_away(values: Values) -> int:
    """The same month last year, a year ago."""
    if "shift" in values:
        return year_away(values) or 0
    return -number_in(values, "number") if values.get("unit2") == "year" else 0


def _in_year(year: int, values: Values, context: Context) -> Meant | None:
    meaner = named.month_meant if {"day", "ordinal"}.isdisjoint(values) else named.day_meant
    return meaner({**values, "year": year}, context)


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
