"""Finds the time expressions of a text and says which days they mean."""

import datetime as dt
from collections.abc import Sequence

from schemas.enriched import DateMention, Field
from streams.steps.dates.calendar import first_day
from streams.steps.dates.cues import UNSAID, Cue, cue_at
from streams.steps.dates.parse import Parsed
from streams.steps.dates.resolve import Resolved, resolve
from streams.steps.dates.roles import FROM_TOLD
from streams.steps.dates.rules import DateRules
from streams.steps.dates.told import Told, joins_one_ahead, told_before


class Expressions:
    """The time expressions of a text, found once: they can be counted from any day.

    Args:
        text: a headline or a body; offsets are code points of it.
        field: which of the two it is.
        language: BCP 47 code; of an unknown one, only dates that need no language are read.
        rules: what `compile_dates` made.
    """

    def __init__(self, text: str, field: Field, language: str, rules: DateRules) -> None:
        speech = rules.of(language)
        self._folded, self._telling = speech.letters(text), speech.telling
        self._text, self._field = text, field
        folded = self._folded.text
        self._forms = [
            (begin, parsed)
            for begin, end in speech.scanner.windows(folded)
            for parsed in speech.parse(folded[begin:end])
        ]
        self._cues: dict[int, Cue] = {}

    def dates(self, anchor: dt.date | None) -> tuple[DateMention, ...]:
        """All that they mean, counted from `anchor`, in order, without overlaps.

        Without an anchor, the value of a relative date is None.
        """
        told: list[Told] = []
        for begin, parsed in self._forms:
            if parsed.meaning in FROM_TOLD:
                told += self._from_told(begin, parsed, told, anchor)
                continue
            cue, found = UNSAID, resolve(parsed, anchor, None)
            if found is None:
                weekday = parsed.meaning == "weekday"
                if weekday and joins_one_ahead(begin + parsed.start, told, anchor):
                    cue = Cue(1, told[-1].date.cue)
                else:
                    cue = self._cue(begin, parsed)
                found = resolve(parsed, anchor, cue.way) or ()
            for one in found:
                told.append(Told(begin + one.end, self._mention(begin, one, cue)))
        return tuple([each.date for each in told])

    def _from_told(
        self, begin: int, parsed: Parsed, told: Sequence[Told], anchor: dt.date | None
    ) -> list[Told]:
        """Where no day was told, an hour is of the anchor's."""
        last = told_before(begin + parsed.start, told, parsed.values)
        day = first_day(last.value or "") if last else None
        if last is None and parsed.meaning == "clock":
            day = anchor
        found = resolve(parsed, day, None) or ()
        if last and not last.relative:
            found = tuple(one._replace(relative=False) for one in found)
        return [Told(begin + one.end, self._mention(begin, one, UNSAID)) for one in found]

    def _mention(self, begin: int, one: Resolved, cue: Cue) -> DateMention:
        start, stop = self._folded.span(begin + one.start, begin + one.end)
        return DateMention(
            self._field,
            start,
            stop,
            self._text[start:stop],
            one.kind,
            one.value,
            one.relative,
            one.span,
            one.precision,
            cue.word if one.relative or one.doubt else None,
            one.doubt,
        )

    def _cue(self, begin: int, parsed: Parsed) -> Cue:
        start = begin + parsed.start
        if start not in self._cues:
            self._cues[start] = cue_at(self._folded.text, start, begin + parsed.end, self._telling)
        return self._cues[start]


def find_dates(
    text: str, field: Field, language: str, anchor: dt.date | None, rules: DateRules
) -> tuple[DateMention, ...]:
    """All time expressions of `text`, counted from `anchor`: see `Expressions`."""
    return Expressions(text, field, language, rules).dates(anchor)
