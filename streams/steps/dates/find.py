"""Finds the time expressions of a text and says which days they mean."""

import datetime as dt

from schemas.enriched import DateMention, Field
from streams.steps.dates.cues import UNSAID, cue_at
from streams.steps.dates.resolve import resolve
from streams.steps.dates.rules import DateRules


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
    folded, offsets = speech.folder.read(text)
    mentions = []
    for begin, end in speech.scanner.windows(folded):
        for parsed in speech.parse(folded[begin:end]):
            cue, found = UNSAID, resolve(parsed, anchor, None)
            if found is None:
                cue = cue_at(folded, begin + parsed.start, begin + parsed.end, speech.telling)
                found = resolve(parsed, anchor, cue.way) or ()
            for one in found:
                start, stop = offsets.span(begin + one.start, begin + one.end)
                mentions.append(
                    DateMention(
                        field,
                        start,
                        stop,
                        text[start:stop],
                        one.kind,
                        one.value,
                        one.relative,
                        one.span,
                        one.precision,
                        cue.word if one.relative or one.doubt else None,
                        one.doubt,
                    )
                )
    return tuple(mentions)
