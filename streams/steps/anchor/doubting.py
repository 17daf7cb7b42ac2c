"""An anchor with what speaks against it, and the day that would fit better, if it is one."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from schemas.enriched import Anchor, DateMention, Field
from streams.steps.anchor.clues import (
    DAYS,
    NOT_AWAY,
    Clue,
    Happening,
    clues,
    enough,
    first_day,
    has_digits,
)

BEFORE, AFTER = 10, 45
"""Days around an event in which an article that names it beside a date may have appeared."""
MOST_DAYS = 150
"""Days that are tried: those around events first, then those around dates of the text."""
FRESH = 7
"""Days back to which a weekday reaches."""

Resolve = Callable[[dt.date], Sequence[DateMention]]
"""The dates of the article, counted from another day."""


def doubted(
    anchor: Anchor,
    texts: Mapping[Field, str],
    dates: Sequence[DateMention],
    happenings: Sequence[Happening],
    line: DateMention | None,
    resolve: Resolve,
) -> Anchor:
    """The same anchor where nothing speaks against it; else of low confidence, with the evidence.

    `proposed` is the day on which nothing would, if there is exactly one: of several, the one
    on which the weekdays of the text are the freshest news.
    """
    day = dt.date.fromisoformat(anchor.date)
    written = first_day(line) if line is not None else None
    found = clues(day, texts, dates, happenings, written)
    if not enough(found):
        return anchor
    proposed = written or _freshest(
        (other, counted, clues(other, texts, counted, happenings, None, NOT_AWAY))
        for other in sorted(set(islice(_candidates(day, dates, happenings), MOST_DAYS)))
        for counted in (resolve(other),)
    )
    return replace(
        anchor,
        confidence="low",
        evidence=(*anchor.evidence, *dict.fromkeys(clue.text for clue in found)),
        proposed=proposed.isoformat() if proposed and proposed != day else None,
    )


def _candidates(
    day: dt.date, dates: Sequence[DateMention], happenings: Sequence[Happening]
) -> Iterator[dt.date]:
    centres = {event.nearest(day)[0]: None for event in happenings}
    ranges = [(centre, BEFORE, AFTER) for centre in centres]
    days = (date for date in dates if date.precision == "day" and has_digits(date))
    ranges += [(named, FRESH, FRESH) for date in days if (named := first_day(date))]
    for centre, before, after in ranges:
        yield from (centre + dt.timedelta(days=n) for n in range(-before, after + 1))


def _freshest(
    days: Iterable[tuple[dt.date, Sequence[DateMention], Sequence[Clue]]],
) -> dt.date | None:
    """The one day with the fewest clues against it, and of these the one of the freshest news."""
    ranked = sorted(
        (len(found), _age(day, dates), day) for day, dates, found in days if not enough(found)
    )
    if not ranked:
        return None
    unique = len(ranked) == 1 or ranked[0][:2] != ranked[1][:2]
    return ranked[0][2] if unique else None


def _age(day: dt.date, dates: Sequence[DateMention]) -> int:
    """Days by which the weekdays and `yesterday`s of the text are past, together.

    Tomorrow is no news: a weekday that is counted so would be six days past.
    """
    begins = [first_day(date) for date in dates if date.relative and date.precision in DAYS]
    ages = [(day - begin).days for begin in begins if begin]
    return sum(age if age >= 0 else age + 7 for age in ages if -1 <= age <= FRESH)
