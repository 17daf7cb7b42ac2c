"""What in a text does not fit the day that its dates are counted from."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from schemas.enriched import DateMention, Field

CERTAIN, LIKELY, HINT = 3, 2, 1
"""How much a clue weighs. One that is CERTAIN says that the anchor is wrong, one that is LIKELY
together with any other; HINTs alone never do."""
BEFORE, BEHIND, BESIDE = 3, 4, 15
"""Code points between an event and a date before it or behind it that belong together, or may."""
SENTENCE_END = re.compile(r"[.!?؟。]\s|\n")
BETWEEN = " ,،(–—-"
DAYS = frozenset({"day", "part", "minute"})
WEEKS = frozenset({"week", "weekend"})
SOON = DAYS | WEEKS
A_DAY = dt.timedelta(days=1)
NOT_AWAY = dt.timedelta(0)
COUNTED_TOLERANCE = dt.timedelta(days=3)
"""Of `two weeks ago`, which is seldom meant to the day."""
COUNTED = 6
"""From so many days on a date is counted, `two weeks ago`; below it may be a weekday."""
SHORTEST_HEAD, LONGEST_WORD = 5, 40
"""Letters by which a word of an event's name is known again in another form."""
SENTENCE = 400
"""Code points of the longest sentence that is looked at, on either side of a date."""
MOST_DATES, MOST_EVENTS = 100, 20
"""Looked at; more tell no more, and every pair takes its time."""
EARLY, LATE = dt.timedelta(days=1), dt.timedelta(days=3)
"""How far before and after its dateline an article may be published."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that the text names at `start` to `end`, and the days that it took or takes."""

    name: str
    field: Field
    start: int
    end: int
    spans: tuple[tuple[dt.date, dt.date], ...]

    def nearest(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """Of an event that comes again, the time that is nearest to `day`."""
        return min(self.spans, key=lambda span: abs((span[0] - day).days))


class Clue(NamedTuple):
    """Something that does not fit: how much it weighs, and what it is."""

    weight: int
    text: str


def clues(
    day: dt.date,
    texts: Mapping[Field, str],
    dates: Sequence[DateMention],
    happenings: Sequence[Happening],
    line: dt.date | None,
    tolerance: dt.timedelta = A_DAY,
) -> list[Clue]:
    """All that speaks against `day`, from which `dates` were counted.

    Args:
        day: the anchor.
        texts: by field.
        dates: in the order of each text.
        happenings: the events of known date that are named.
        line: the day of the dateline.
        tolerance: how far a date may be from the event that it is said to be of.
    """
    found = [*_misfits(dates), *_pairs(texts, dates)]
    if line is not None and not line - EARLY <= day <= line + LATE:
        found.append(Clue(CERTAIN, f"the dateline says {line}"))
    if happenings:
        near = (date for date in dates if date.relative and date.precision in SOON)
        for date in islice(near, MOST_DATES):
            found += _events(day, texts[date.field], date, happenings[:MOST_EVENTS], tolerance)
    return found


def enough(found: Sequence[Clue]) -> bool:
    """Whether the clues together say that the anchor is wrong."""
    weights = [clue.weight for clue in found]
    return max(weights, default=0) >= LIKELY and sum(weights) > LIKELY


def _misfits(dates: Sequence[DateMention]) -> Iterator[Clue]:
    # A weekday that does not fit a date with its year is the writer's slip, whatever the anchor.
    for date in dates:
        if date.doubt and (date.relative or date.cue):
            yield Clue(CERTAIN if date.relative else LIKELY, f"“{date.surface}”: {date.doubt}")


def _pairs(texts: Mapping[Field, str], dates: Sequence[DateMention]) -> Iterator[Clue]:
    """`Yesterday (6 November)`: two ways to say one day, which are two.

    Not certain: a story tells of `the next day, 7 January` too.
    """
    for first, second in pairwise(dates):
        if first.field != second.field or second.start - first.end > 3:
            continue
        if texts[first.field][first.end : second.start].strip(BETWEEN):
            continue
        counted, dated = (second, first) if has_digits(first) else (first, second)
        if has_digits(counted) or not has_digits(dated) or dated.precision != "day":
            continue
        if (
            counted.relative
            and counted.precision in DAYS
            and first_day(counted) != first_day(dated)
        ):
            yield Clue(LIKELY, f"“{counted.surface}” is {first_day(counted)}, not {dated.value}")


def _events(
    day: dt.date,
    text: str,
    date: DateMention,
    happenings: Sequence[Happening],
    tolerance: dt.timedelta,
) -> Iterator[Clue]:
    sentence = _sentence(text, date)
    for event in happenings:
        if event.field != date.field:
            continue
        begin, end = event.nearest(day)
        words = f"“{date.surface}” is {date.value}, but {event.name} was on {begin}"
        within = sentence[0] <= event.start < sentence[1]
        if within and (weight := _beside(date, event)):
            if _away(date, begin, end) > tolerance:
                yield Clue(weight, words)
        elif _named_again(text, date, event):
            if _away(date, begin, end) > tolerance:
                yield Clue(LIKELY, words)
        elif within and _counted(date, day) and _away(date, begin, end) > COUNTED_TOLERANCE:
            yield Clue(HINT, words)


def _beside(date: DateMention, event: Happening) -> int:
    """How surely a date says when the event beside it was; 0 when it is not beside it.

    `Yesterday's election` and `the summit this week` do; `met after the summit on Tuesday` may
    tell of the meeting.
    """
    if 0 <= event.start - date.end <= BEFORE:
        return CERTAIN
    gap = date.start - event.end
    if 0 <= gap <= BEHIND and date.precision in WEEKS:
        return CERTAIN
    return LIKELY if 0 <= gap <= BESIDE else 0


def _named_again(text: str, date: DateMention, event: Happening) -> bool:
    """Whether the word right before the date is one of the event's: `the election this week`.

    Of a name with capitals the small words count, which are no place's; else the first one.
    """
    word = text[max(0, date.start - LONGEST_WORD) : date.start].rstrip().rpartition(" ")[2]
    if len(word) < SHORTEST_HEAD or not word[-1].isalnum():
        return False
    named = text[event.start : event.end].split()
    cased = word[0].lower() != word[0].upper()
    heads = [each for each in named if each[0].islower()] if cased else named[:1]
    return any(
        len(head) >= SHORTEST_HEAD and head[:SHORTEST_HEAD] == word[:SHORTEST_HEAD]
        for head in heads
    )


def _counted(date: DateMention, day: dt.date) -> bool:
    begin = first_day(date)
    return date.precision in WEEKS or (begin is not None and abs((begin - day).days) > COUNTED)


def _away(date: DateMention, begin: dt.date, end: dt.date) -> dt.timedelta:
    """How far the date is from an event; zero when they meet."""
    first = first_day(date)
    if first is None or date.span is None or date.span.end is None:
        return NOT_AWAY
    after = dt.date.fromisoformat(date.span.end)
    return max(first - end, begin - after + A_DAY, NOT_AWAY)


def _sentence(text: str, date: DateMention) -> tuple[int, int]:
    floor = max(0, date.start - SENTENCE)
    ends = SENTENCE_END.finditer(text, floor, date.start)
    left = max((mark.end() for mark in ends), default=floor)
    right = SENTENCE_END.search(text, date.end, date.end + SENTENCE)
    return left, right.start() if right else min(len(text), date.end + SENTENCE)


def first_day(date: DateMention) -> dt.date | None:
    """The day on which a date begins; None of one that no other day could be counted from."""
    if date.span is None or date.span.begin is None:
        return None
    day = dt.date.fromisoformat(date.span.begin)
    return day if dt.MINYEAR < day.year < dt.MAXYEAR else None


def has_digits(date: DateMention) -> bool:
    """Whether a date is written with digits: it says itself which day it is."""
    return any(map(str.isdigit, date.surface))
