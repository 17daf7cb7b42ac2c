"""Finds the time expressions of a text and says which days they mean."""

import datetime as dt
from collections.abc import Callable, Iterator

from schemas.enriched import DateMention, Field
from streams.steps.dates.calendar import first_day, precision_of, span_of
from streams.steps.dates.lexicon import Token, Value
from streams.steps.dates.meanings import joined, meant
from streams.steps.dates.meant import Context, Meant
from streams.steps.dates.rules import PLANNED, DateRules, LanguageRules
from streams.steps.dates.shapes import Found

CUE_REACH = 120
"""Characters before and after a date in which a word may tell whether it lies ahead."""
SENTENCE_ENDS = (". ", "! ", "? ", "\n", "؟", "。", ";", "؛")
AROUND_CUE = ",.:;!?()[]\"'«»“”،؛"


def find_dates(
    text: str, field: Field, language: str, anchor: dt.date | None, rules: DateRules
) -> tuple[DateMention, ...]:
    """All time expressions of `text`, in order, without overlaps.

    Args:
        text: a headline or a body; offsets are code points of it.
        field: which of the two it is.
        language: BCP 47 code; of an unknown one, only dates that need no language are read.
        anchor: the day that relative dates are counted from; without it their value is None.
        rules: what `compile_dates` made.
    """
    speech = rules.of(language)
    folded = speech.folder.fold(text)
    offsets = speech.folder.offsets(text, folded)
    mentions = []
    for start, end, found in _dates(folded, speech, anchor):
        first, last = offsets.span(start, end)
        mentions.append(
            DateMention(
                field=field,
                start=first,
                end=last,
                surface=text[first:last],
                kind=found.kind,
                value=found.value,
                relative=found.relative,
                span=span_of(found.value) if found.value else None,
                precision=precision_of(found.value) if found.value else None,
                cue=found.cue,
                doubt=found.doubt,
            )
        )
    return tuple(mentions)


def _dates(
    folded: str, speech: LanguageRules, anchor: dt.date | None
) -> Iterator[tuple[int, int, Meant]]:
    for run in speech.scanner.runs(folded):
        shape = "".join([token.entry.symbol for token in run])
        for found in speech.read(shape):
            for first, last, what in _resolved(found, run, folded, speech, anchor):
                yield run[first].start, run[last].end, what


def _resolved(
    found: Found, run: list[Token], folded: str, speech: LanguageRules, anchor: dt.date | None
) -> list[tuple[int, int, Meant]]:
    """The date at a form; the single dates when an interval of them makes no sense."""
    if not found.joins:
        what = _single(found, run, folded, speech, anchor)
        return [(found.first, found.last, what)] if what else []
    *_, final = found.joins
    last = _single(final, run, folded, speech, anchor)
    dates = [last]
    if len(found.joins) > 1:
        dates = list(_both(found.joins[0], final, last, run, folded, speech, anchor))
    known = [date for date in dates if date]
    whole = joined(found.meaning, known) if len(known) == len(dates) else None
    if whole and found.meaning == "since":
        return [(final.first, final.last, whole)]
    if whole:
        return [(found.first, found.last, whole)]
    return [
        (one.first, one.last, what) for one, what in zip(found.joins, dates, strict=True) if what
    ]


def _both(
    opening: Found,
    closing: Found,
    last: Meant | None,
    run: list[Token],
    folded: str,
    speech: LanguageRules,
    anchor: dt.date | None,
) -> tuple[Meant | None, Meant | None]:
    """The two ends of an interval: an end without a year takes it from the other."""
    if last is None or last.value is None or not last.relative:
        known = _first_day(last)
        return _single(opening, run, folded, speech, known or anchor, -1 if known else None), last
    first = _single(opening, run, folded, speech, anchor)
    begin = _first_day(first)
    if begin and closing.meaning in ("day", "month", "weekday"):
        last = _single(closing, run, folded, speech, begin, 1)
    return first, last


def _first_day(what: Meant | None) -> dt.date | None:
    return first_day(what.value) if what and what.value else None


def _single(
    found: Found,
    run: list[Token],
    folded: str,
    speech: LanguageRules,
    anchor: dt.date | None,
    toward: int | None = None,
) -> Meant | None:
    """What one form means; `toward` says which way to look for a missing year."""
    values: dict[str, Value] = {}
    for role, index in found.roles:
        entry = run[index].entry.values
        values[role] = entry[role.rstrip("23")]
        # A word of one meaning may carry another: "tonight" is a part of the day as well.
        for also in ("part", "coming", "clock", "zone"):
            if also in entry:
                values.setdefault(also, entry[also])

    cue: str | None = None

    def direction() -> int:
        nonlocal cue
        if toward is not None:
            return toward
        way, cue = pointed(folded, run[found.first].start, run[found.last].end, speech)
        return way

    what = meant(found.meaning, values, Context(anchor, direction))
    if what is None or anchor is None or what.value is None:
        return what
    if not what.relative and toward is None and found.meaning == "day":
        placed = _misplaced(what, anchor, direction)
        return placed._replace(cue=cue) if placed else what
    return what._replace(cue=cue) if cue else what


def _misplaced(what: Meant, anchor: dt.date, direction: Callable[[], int]) -> Meant | None:
    """A day with its year that is past, but spoken of as planned."""
    span = span_of(what.value or "")
    if span is None or span.end is None or span.end > anchor.isoformat():
        return None
    return what._replace(doubt="said to be planned, but past") if direction() == PLANNED else None


def pointed(folded: str, start: int, end: int, speech: LanguageRules) -> tuple[int, str | None]:
    """Whether the sentence speaks of what lies ahead (1, PLANNED) or is past (-1), by which word.

    The nearest such word before `start`; if there is none, the nearest one after `end`.
    """
    left = folded[max(0, start - CUE_REACH) : start]
    left = left[max(left.rfind(mark) for mark in SENTENCE_ENDS) + 1 :]
    right = folded[end : end + CUE_REACH]
    right = right[
        : min((at for mark in SENTENCE_ENDS if (at := right.find(mark)) >= 0), default=None)
    ]
    for word in (*reversed(left.split()), *right.split()):
        bare = word.strip(AROUND_CUE)
        if way := speech.way(bare):
            return way, bare
    return 0, None
