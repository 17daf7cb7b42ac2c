"""What a form that was read means from a given day: pure, and remembered.

News of one day say the same few things over and over, and all count from that day. Only where
the text must tell whether a date lies ahead does it depend on more, and then it asks.
"""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from schemas.enriched import DateKind, Precision, Span
from streams.steps.dates.calendar import first_day, precision_of, span_of
from streams.steps.dates.cues import PLANNED
from streams.steps.dates.meanings import joined, meant
from streams.steps.dates.meant import Context, Meant, year_away
from streams.steps.dates.parse import Parsed

REMEMBERED = 65_536
A_WHILE = dt.timedelta(days=800)
"""How long a planned day may be past so that somebody may still take it for one to come."""


class Resolved(NamedTuple):
    """A date at `start` to `end` of its window."""

    start: int
    end: int
    kind: DateKind
    value: str | None
    relative: bool
    span: Span | None
    precision: Precision | None
    doubt: str | None


class _Asked(Exception):
    pass


@lru_cache(maxsize=REMEMBERED)
def resolve(parsed: Parsed, anchor: dt.date | None, way: int | None) -> tuple[Resolved, ...] | None:
    """The dates that a form gives, none or one, or both ends of an interval that makes no sense.

    Args:
        parsed: what `parse` gave.
        anchor: the day to count from.
        way: where the text says that a date lies, see `cues`; None while nobody has looked.

    Returns:
        None when it must be known which way the text points.
    """
    try:
        found = _Resolver(anchor, way).dates(parsed)
    except _Asked:
        return None
    return tuple(
        Resolved(
            one.start,
            one.end,
            what.kind,
            what.value,
            what.relative,
            span_of(what.value) if what.value else None,
            precision_of(what.value) if what.value else None,
            what.doubt,
        )
        for one, what in found
    )


class _Resolver(NamedTuple):
    anchor: dt.date | None
    way: int | None

    def dates(self, parsed: Parsed) -> list[tuple[Parsed, Meant]]:
        if not parsed.joins:
            what = self._single(parsed, self.anchor)
            return [(parsed, what)] if what else []
        *_, final = parsed.joins
        last = self._single(final, self.anchor)
        dates = [last]
        if len(parsed.joins) > 1:
            dates = list(self._both(parsed.joins[0], final, last))
        known = [date for date in dates if date]
        whole = joined(parsed.meaning, known) if len(known) == len(dates) else None
        if whole:
            return [(final if parsed.meaning == "since" else parsed, whole)]
        return [(one, what) for one, what in zip(parsed.joins, dates, strict=True) if what]

    def _both(
        self, opening: Parsed, closing: Parsed, last: Meant | None
    ) -> tuple[Meant | None, Meant | None]:
        """The two ends of an interval: an end without a year takes it from the other."""
        if last is None or last.value is None or not last.relative:
            known = _first_day(last)
            return self._single(opening, known or self.anchor, -1 if known else None), last
        first = self._single(opening, self.anchor)
        begin, end = _first_day(first), _first_day(last)
        if first is None or begin is None or end is None:
            return first, last
        of_its_own = year_away(closing.values) is not None  # to March of this year
        if first.relative and (of_its_own or begin > end) and closing.meaning in ("day", "month"):
            # From 1 January to 31 October: it is the end that is near.
            return self._single(opening, end, -1), last
        if not of_its_own and closing.meaning in ("day", "month", "weekday"):
            last = self._single(closing, begin, 1)
        return first, last

    def _single(
        self, parsed: Parsed, anchor: dt.date | None, toward: int | None = None
    ) -> Meant | None:
        """What one form means; `toward` says which way to look for a missing year."""
        direction = self._direction if toward is None else lambda: toward
        what = meant(parsed.meaning, parsed.values, Context(anchor, direction))
        if what is None or anchor is None or what.value is None:
            return what
        if not what.relative and toward is None and parsed.meaning == "day":
            return _misplaced(what, anchor, direction)
        return what

    def _direction(self) -> int:
        if self.way is None:
            raise _Asked
        return self.way


def _first_day(what: Meant | None) -> dt.date | None:
    return first_day(what.value) if what and what.value else None


def _misplaced(what: Meant, anchor: dt.date, direction: Callable[[], int]) -> Meant:
    """The same, with a doubt when the day is past, but spoken of as planned."""
    day = _first_day(what)
    if day is None or not dt.timedelta(0) < anchor - day < A_WHILE or direction() != PLANNED:
        return what
    return what._replace(doubt="said to be planned, but past")
