"""Where a date lies that does not say so itself: the words of its sentence that tell.

In the clause of the date the nearest telling word before it decides, else the nearest after
it; if there is none, in the rest of the sentence likewise.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from streams.steps.dates.seed import Cues

PLANNED = 2
"""Ahead, and set for that day."""
BESIDE = -2
"""Behind, and said right beside the date."""
NEAR_BY = 3
"""Words from the date within which a word stands beside it."""
REACH = 120
"""Characters before and after a date in which a word may tell."""
SENTENCE_ENDS = ("! ", "? ", "؟ ", "; ", "؛ ", "。", "\n")
SHORT = 3
"""Letters: the point of `U.N. ` and `Mr. ` ends no sentence, nor does that of `Nov. 7`."""
CLAUSE_ENDS = ",،，"
AROUND = ",.:;!?()[]\"'«»“”،؛"
LONGEST = 5
"""Words of the longest phrase that tells."""


class Cue(NamedTuple):
    """Where a date lies, 1 or PLANNED ahead, -1 or BESIDE behind, 0 unsaid; and the word for it."""

    way: int
    word: str | None


UNSAID = Cue(0, None)
Telling = Callable[[str, int], Cue]
"""The first (1) or last (-1) telling word of a piece of text, or UNSAID."""


def cue_at(folded: str, start: int, end: int, telling: Telling) -> Cue:
    """What tells where the date at `start` to `end` lies."""
    begin = _sentence_begin(folded, max(0, start - REACH), start)
    clause = max(begin, *(folded.rfind(mark, begin, start) for mark in CLAUSE_ENDS))
    before = telling(folded[clause:start], -1)
    if before.way:
        return before
    stop = _sentence_end(folded, end, min(len(folded), end + REACH))
    ends = [at for mark in CLAUSE_ENDS if (at := folded.find(mark, end, stop)) >= 0]
    clause_end = min(ends, default=stop)
    return (
        _told(telling(folded[end:clause_end], 1))
        or _told(telling(folded[begin:clause], -1))
        or telling(folded[clause_end:stop], 1)
    )


def _told(cue: Cue) -> Cue | None:
    return cue if cue.way else None


def _sentence_begin(text: str, floor: int, start: int) -> int:
    begin = floor
    for mark in SENTENCE_ENDS:
        at = text.rfind(mark, begin, start)
        begin = at + len(mark) if at >= 0 else begin
    at = text.rfind(". ", begin, start)
    while at >= 0 and not _is_end(text, at):
        at = text.rfind(". ", begin, at)
    return at + len(". ") if at >= 0 else begin


def _sentence_end(text: str, end: int, ceiling: int) -> int:
    stop = ceiling
    for mark in SENTENCE_ENDS:
        at = text.find(mark, end, stop)
        stop = at if at >= 0 else stop
    at = text.find(". ", end, stop)
    while at >= 0 and not _is_end(text, at):
        at = text.find(". ", at + 1, stop)
    return at if at >= 0 else stop


def _is_end(text: str, point: int) -> bool:
    word = text[max(0, point - SHORT) : point]
    return len(word) == SHORT and word.isalnum() and not text[point + 2 : point + 3].isdigit()


def cues_told(cues: Cues, fold: Callable[[str], str], *, spaced: bool) -> Telling:
    """How telling words are found in the texts of one language."""
    ways = {
        fold(word): way
        for words, way in ((cues.back, -1), (cues.ahead, 1), (cues.planned, PLANNED))
        for word in words
    }
    unless_after = frozenset(map(fold, cues.unless_after))
    return _among_words(ways, unless_after) if spaced else _anywhere(ways)


def _among_words(ways: dict[str, int], unless_after: frozenset[str]) -> Telling:
    way_of = _way_of(ways)
    phrases = sorted((phrase for phrase in ways if " " in phrase), key=len, reverse=True)
    firsts = {phrase.partition(" ")[0] for phrase in phrases}

    @lru_cache(maxsize=16_384)
    def may_tell(written: str) -> tuple[str, int, bool] | None:
        """The word, its way, and whether a phrase may begin with it; None of nearly all words."""
        word = written.strip(AROUND)
        way, first = way_of(word), word in firsts
        return (word, way, first) if way or first else None

    def telling(text: str, step: int) -> Cue:
        words = text.split()
        for away, written in enumerate(words[::step]):
            told = may_tell(written)
            if told is None:
                continue
            word, way, first = told
            at = away if step > 0 else len(words) - 1 - away
            if way < 0 and at and words[at - 1] in unless_after:
                continue
            if first:
                here = " ".join(each.strip(AROUND) for each in words[at : at + LONGEST]) + " "
                phrase = next((phrase for phrase in phrases if here.startswith(f"{phrase} ")), None)
                word, way = (phrase, ways[phrase]) if phrase else (word, way)
            if way:
                return Cue(BESIDE if way < 0 and away < NEAR_BY else way, word)
        return UNSAID

    return telling


def _way_of(ways: dict[str, int]) -> Callable[[str], int]:
    starts = {word[:-1]: way for word, way in ways.items() if word.endswith("*")}
    ends = {word[1:]: way for word, way in ways.items() if word.startswith("*")}
    any_start, any_end = tuple(starts), tuple(ends)

    def way_of(word: str) -> int:
        if word in ways:
            return ways[word]
        # Most words are none: all parts are asked for at once before it is asked which it was.
        if word.startswith(any_start):
            return next(way for part, way in starts.items() if word.startswith(part))
        if word.endswith(any_end):
            return next(way for part, way in ends.items() if word.endswith(part))
        return 0

    return way_of


def _anywhere(ways: dict[str, int]) -> Telling:
    pattern = re.compile(
        "|".join(map(re.escape, sorted(ways, key=lambda w: (-len(w), w)))) or "(?!)"
    )

    def telling(text: str, step: int) -> Cue:
        found = pattern.findall(text)[::step]
        if not found:
            return UNSAID
        return Cue(BESIDE if ways[found[0]] < 0 else ways[found[0]], found[0])

    return telling
