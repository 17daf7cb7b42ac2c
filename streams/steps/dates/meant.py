"""A value with what it was counted from, and the arithmetic that all meanings share."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from schemas.enriched import DateKind
from streams.steps.dates.calendar import plus_days, plus_months, week_value
from streams.steps.dates.lexicon import Value

Values = Mapping[str, Value]
"""What the words of a form say, by role."""
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "weekend": 7}
CLOCK_UNITS = frozenset({"second", "minute", "hour"})


SURELY_NEAREST, NEAREST = 31, 120
"""Days from the anchor within which a day of the year is the one that is meant: whatever the
text says, and where it does not say otherwise."""


class Context(NamedTuple):
    """The day to count from, and which way the text points: 1 ahead, -1 back, 0 unsaid."""

    anchor: dt.date | None
    direction: Callable[[], int]

    def nearest(self, days: Iterable[dt.date | None]) -> dt.date | None:
        """The one near the anchor, if any is; else the next or the latest, as the text points."""
        assert self.anchor is not None
        anchor, known = self.anchor, [day for day in days if day]
        found = min(known, key=lambda day: (abs((day - anchor).days), day), default=None)
        if found is None or abs((found - anchor).days) <= SURELY_NEAREST:
            return found
        way = self.direction()
        if abs((found - anchor).days) <= NEAREST and (way == 0 or (found > anchor) is (way > 0)):
            return found
        ahead = way > 0
        pointed = [day for day in known if (day > anchor) is ahead]
        return min(pointed, key=lambda day: abs((day - anchor).days), default=found)


class Meant(NamedTuple):
    """A value, or None when it needs a day to count from and there is none.

    `doubt`: what does not fit.
    """

    value: str | None
    relative: bool = False
    kind: DateKind = "date"
    doubt: str | None = None


UNANCHORED = Meant(None, relative=True)
Meaner = Callable[[Values, Context], Meant | None]
"""Reads one meaning; None when the words cannot mean that after all (31 June)."""


def number_in(values: Values, *roles: str, default: int = 0) -> int:
    """The number of the first of the roles that is there."""
    for role in roles:
        value = values.get(role)
        if isinstance(value, int):
            return value
    return default


def year_in(values: Values) -> int:
    """The year that is named, or 0."""
    return number_in(values, "year", "old_year", "short_year")


def year_away(values: Values) -> int | None:
    """How many years from the anchor's a word puts the rest: `of last year`; None if none does."""
    period = period_in(values)
    if period and period[1] == "year":
        return period[0]
    if "shift" in values and "year" in {values.get("unit"), values.get("unit2")}:
        return number_in(values, "shift")
    return None


def period_in(values: Values) -> tuple[int, str] | None:
    """Shift and unit of a word that is both."""
    period = values.get("period")
    return period if isinstance(period, tuple) else None


def iso(day: dt.date | None, *, relative: bool = False) -> Meant | None:
    """The day itself."""
    return Meant(day.isoformat(), relative) if day else None


def moved(day: dt.date, unit: str, number: int) -> dt.date | None:
    """`number` units later; units below a day do not move it."""
    if unit in DAYS_IN:
        return plus_days(day, number * DAYS_IN[unit])
    return plus_months(day, number * MONTHS_IN[unit]) if unit in MONTHS_IN else day


def at_grain(day: dt.date, unit: str) -> str | None:
    """The value of the unit that the day lies in; None for units below a day."""
    grain = GRAINS.get(unit)
    return grain(day) if grain else None


def _weekend(day: dt.date) -> str | None:
    week = week_value(day)
    return week and f"{week}-WE"


GRAINS: Mapping[str, Callable[[dt.date], str | None]] = {
    "day": dt.date.isoformat,
    "weekend": _weekend,
    "week": week_value,
    "month": lambda day: f"{day.year:04}-{day.month:02}",
    "quarter": lambda day: f"{day.year:04}-Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year:04}",
    "decade": lambda day: f"{day.year // 10:03}X",
    "century": lambda day: f"{day.year // 100:02}XX",
}
