"""Dates that are counted: weekdays, yesterday, last week, two years ago, the first Monday of."""

import datetime as dt
from collections.abc import Iterator
from typing import get_args

from streams.steps.dates.calendar import day_of, plus_days, span_of
from streams.steps.dates.cues import BESIDE
from streams.steps.dates.elsewhere import calendar_meant
from streams.steps.dates.meant import (
    CLOCK_UNITS,
    DAYS_IN,
    MONTHS_IN,
    UNANCHORED,
    Context,
    Meaner,
    Meant,
    Values,
    at_grain,
    iso,
    moved,
    number_in,
    period_in,
    year_in,
)
from streams.steps.dates.named import day_meant, month_meant, year_meant
from streams.steps.dates.roles import Calendar

LETTER = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "weekend": "WE", "week": "W",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip


def weekday_meant(values: Values, context: Context) -> Meant | None:
    """Thursday: the latest, today included, unless the text points ahead; next Thursday.

    A day six days ago hardly anybody calls by its bare name: it is tomorrow's, unless a word
    right beside it says that it is past.
    """
    anchor = context.anchor
    if anchor is None:
        return UNANCHORED
    weekday, shift = number_in(values, "weekday"), values.get("shift")
    here = (weekday - anchor.isoweekday()) % 7
    by_week = "unit" in values or "weekly" in values
    if by_week or (shift in (0, 1) and "coming" not in values):
        days = weekday - anchor.isoweekday() + 7 * number_in(values, "shift")
    elif shift == 1:
        days = here or 7
    elif shift == -1:
        days = here - 7
    else:
        days = here if here == 0 or _lies_ahead(here, context) else here - 7
    return iso(plus_days(anchor, days), relative=True)


def _lies_ahead(days: int, context: Context) -> bool:
    way = context.direction()
    return way > 0 or (days == 1 and way != BESIDE)


def near_meant(values: Values, context: Context) -> Meant | None:
    """Yesterday, today, tomorrow."""
    if context.anchor is None:
        return UNANCHORED
    return iso(plus_days(context.anchor, number_in(values, "near")), relative=True)


def part_meant(values: Values, context: Context) -> Meant | None:
    """This morning, last night."""
    if context.anchor is None:
        return UNANCHORED
    return iso(plus_days(context.anchor, number_in(values, "shift", default=0)), relative=True)


def unit_meant(values: Values, context: Context) -> Meant | None:
    """Last week, this month, next year."""
    if context.anchor is None:
        return UNANCHORED
    period = period_in(values)
    shift, unit = period or (number_in(values, "shift"), str(values["unit"]))
    bare = period is None and "shift" not in values
    if bare and unit == "weekend" and context.anchor.isoweekday() < 6:
        shift = 0 if context.direction() > 0 else -1
    day = moved(context.anchor, unit, shift)
    value = day and at_grain(day, unit)
    return Meant(value, relative=True) if value else None


def nth_meant(values: Values, context: Context) -> Meant | None:
    """The first Monday of May, the last week of 2016, the third day of next month."""
    number = number_in(values, "ordinal") or number_in(values, "shift")
    whole = _whole(values, context)
    if whole is None or whole.value is None:
        return whole
    span = span_of(whole.value)
    if span is None or span.begin is None or span.end is None:
        return None
    begin, end = dt.date.fromisoformat(span.begin), dt.date.fromisoformat(span.end)
    unit = "week" if "weekday" in values else str(values["unit"])
    # A week belongs to the month that its Thursday is in.
    weekday = number_in(values, "weekday", default=4)
    first = begin if unit == "day" else plus_days(begin, (weekday - begin.isoweekday()) % 7)
    step = DAYS_IN.get(unit)
    if first is None or step is None or not -1 <= number <= 31 or number == 0:
        return None
    count = -((first - end).days // step) if number == -1 else number
    day = plus_days(first, step * (count - 1))
    if day is None or day >= end:
        return None
    return Meant(at_grain(day, unit if "weekday" not in values else "day"), whole.relative)


def _whole(values: Values, context: Context) -> Meant | None:
    """The month or year that an ordinal counts in."""
    if "month" in values:
        return month_meant({role: values[role] for role in values.keys() - {"shift"}}, context)
    if year_in(values):
        return year_meant(values, context)
    unit = values.get("unit2") or (values.get("unit") if "weekday" in values else None)
    shift = values.get("shift2", 0 if values.get("ordinal") is None else values.get("shift", 0))
    return unit_meant({"unit": unit, "shift": shift}, context) if unit else None


def counted_meant(sign: int) -> Meaner:
    """Two weeks ago, in three days: the day; of years the year, but today 50 years ago."""

    def found(values: Values, context: Context) -> Meant | None:
        if context.anchor is None:
            return UNANCHORED
        day = plus_days(context.anchor, number_in(values, "near"))
        grain = "day"
        for number, unit in _amounts(values):
            day = day and moved(day, unit, sign * number)
            if unit in ("year", "decade", "century") and "near" not in values:
                grain = "year"
            elif unit in CLOCK_UNITS:
                return duration_meant(values, context)
        value = day and at_grain(day, grain if len(list(_amounts(values))) == 1 else "day")
        return Meant(value, relative=True) if value else None

    return found


def span_meant(sign: int) -> Meaner:
    """The last two weeks: up to the anchor; the next three days: from the day after it.

    The last 24 hours are no days, but a length of time.
    """

    def found(values: Values, context: Context) -> Meant | None:
        if context.anchor is None:
            return UNANCHORED._replace(kind="interval")
        number, unit = next(_amounts(values), (0, ""))
        if unit in CLOCK_UNITS:
            return duration_meant(values, context)
        near = context.anchor if sign < 0 else plus_days(context.anchor, 1)
        far = near and moved(near, unit, sign * number)
        if near is None or far is None:
            return None
        first, last = sorted((near, far))
        return Meant(f"{first}/{last}", relative=True, kind="interval")

    return found


def duration_meant(values: Values, context: Context) -> Meant | None:
    """Two weeks: a length of time."""
    del context
    number: float
    number, unit = next(_amounts(values), (0, ""))
    fraction = values.get("number")
    if isinstance(fraction, float):
        number, unit = fraction, str(values["unit"])
    if not unit:
        return None
    if unit in ("decade", "century"):
        number, unit = number * MONTHS_IN[unit] // 12, "year"
    time = "T" if unit in CLOCK_UNITS else ""
    return Meant(f"P{time}{number:g}{LETTER[unit]}", kind="duration")


def set_meant(values: Values, context: Context) -> Meant | None:
    """Every Monday, daily."""
    del context
    if "weekday" in values:
        return Meant(f"XXXX-WXX-{values['weekday']}", kind="set")
    counted = values.get("counted")
    if isinstance(counted, tuple):
        number, unit = counted
    else:
        number = number_in(values, "number", default=1)
        unit = str(values.get("repeat") or values["unit"])
    time = "T" if unit in CLOCK_UNITS else ""
    return Meant(f"P{time}{number}{LETTER[unit]}", kind="set")


def days_meant(values: Values, context: Context) -> Meant | None:
    """Between 3 and 5 May: two days of one month."""
    closing = {**values, "day": number_in(values, "day2", "ordinal2", "number2")}
    calendar: Calendar | None = next((c for c in get_args(Calendar) if c in values), None)
    meaner = calendar_meant(calendar) if calendar else day_meant
    last = meaner(closing, context)
    if last is None or last.value is None:
        return last and last._replace(kind="interval")
    end = dt.date.fromisoformat(last.value[:10])
    if calendar:
        begin = plus_days(end, number_in(values, "day") - number_in(closing, "day"))
    else:
        first = number_in(values, "day", "ordinal", "number")
        begin = day_of(end.year, end.month, first)
    if begin is None or begin > end:
        return None
    return Meant(f"{begin}/{end}", last.relative, "interval")


def now_meant(values: Values, context: Context) -> Meant | None:
    """Now."""
    del values, context
    return Meant("PRESENT_REF")


def nothing_meant(values: Values, context: Context) -> Meant | None:
    """Words that look like a date and are none."""
    del values, context
    return None


def _amounts(values: Values) -> Iterator[tuple[int, str]]:
    """Number and unit, as often as the form has them; a fraction counts no calendar days."""
    for mark in ("", "2", "3"):
        counted = values.get(f"counted{mark}")
        if isinstance(counted, tuple):
            yield counted
        elif f"unit{mark}" in values:
            number = values.get(f"number{mark}", 1)
            if isinstance(number, int):
                yield number, str(values[f"unit{mark}"])
