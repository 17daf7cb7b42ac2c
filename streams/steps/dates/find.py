"""Finds the time expressions of a text and says which days they mean."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from schemas.enriched import DateMention, Field
from streams.steps.dates.calendar import first_day, precision_of, span_of
from streams.steps.dates.cues import PLANNED, cue_at
from streams.steps.dates.meanings import joined, meant
from streams.steps.dates.meant import Context, Meant
from streams.steps.dates.parse import Parsed
from streams.steps.dates.rules import DateRules, LanguageRules


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
    for begin, end in speech.scanner.windows(folded):
        window = _Window(folded, begin, speech)
        for parsed in speech.parse(folded[begin:end]):
            for one, what in window.resolved(parsed, anchor):
                yield begin + one.start, begin + one.end, what


class _Window(NamedTuple):
    """Where in a text a window begins, and the rules it is read by."""

    folded: str
    begin: int
    speech: LanguageRules

    def resolved(self, parsed: Parsed, anchor: dt.date | None) -> list[tuple[Parsed, Meant]]:
        """The date at a form; the single dates when an interval of them makes no sense."""
        if not parsed.joins:
            what = self._single(parsed, anchor)
            return [(parsed, what)] if what else []
        *_, final = parsed.joins
        last = self._single(final, anchor)
        dates = [last]
        if len(parsed.joins) > 1:
            dates = list(self._both(parsed.joins[0], final, last, anchor))
        known = [date for date in dates if date]
        whole = joined(parsed.meaning, known) if len(known) == len(dates) else None
        if whole:
            return [(final if parsed.meaning == "since" else parsed, whole)]
        return [(one, what) for one, what in zip(parsed.joins, dates, strict=True) if what]

    def _both(
        self, opening: Parsed, closing: Parsed, last: Meant | None, anchor: dt.date | None
    ) -> tuple[Meant | None, Meant | None]:
        """The two ends of an interval: an end without a year takes it from the other."""
        if last is None or last.value is None or not last.relative:
            known = _first_day(last)
            return self._single(opening, known or anchor, -1 if known else None), last
        first = self._single(opening, anchor)
        begin, end = _first_day(first), _first_day(last)
        if begin and end and begin > end and closing.meaning in ("day", "month"):
            # From 1 January to 31 October: it is the end that is near.
            return self._single(opening, end, -1), last
        if begin and closing.meaning in ("day", "month", "weekday"):
            last = self._single(closing, begin, 1)
        return first, last

    def _single(
        self, parsed: Parsed, anchor: dt.date | None, toward: int | None = None
    ) -> Meant | None:
        """What one form means; `toward` says which way to look for a missing year."""
        cue: str | None = None

        def direction() -> int:
            nonlocal cue
            if toward is not None:
                return toward
            start, end = self.begin + parsed.start, self.begin + parsed.end
            way, cue = cue_at(self.folded, start, end, self.speech.telling)
            return way

        what = meant(parsed.meaning, parsed.values, Context(anchor, direction))
        if what is None or anchor is None or what.value is None:
            return what
        if not what.relative and toward is None and parsed.meaning == "day":
            placed = _misplaced(what, anchor, direction)
            return placed._replace(cue=cue) if placed else what
        return what._replace(cue=cue) if cue else what


def _first_day(what: Meant | None) -> dt.date | None:
    return first_day(what.value) if what and what.value else None


def _misplaced(what: Meant, anchor: dt.date, direction: Callable[[], int]) -> Meant | None:
    """A day with its year that is past, but spoken of as planned."""
    span = span_of(what.value or "")
    if span is None or span.end is None or span.end > anchor.isoformat():
        return None
    return what._replace(doubt="said to be planned, but past") if direction() == PLANNED else None
