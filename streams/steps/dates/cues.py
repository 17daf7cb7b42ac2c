"""Where a date lies that does not say so itself: the words of its sentence that tell.

In the clause of the date the nearest telling word before it decides, else the nearest after
it; if there is none, in the rest of the sentence likewise.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from streams.steps.dates.seed import Cues

PLANNED = 2
"""Ahead, and set for that day."""
REACH = 120
"""Characters before and after a date in which a word may tell."""
SENTENCE_END = re.compile(r"(?<=[^\W_]{3})\. (?!\d)|[!?؟;؛] |[。\n]")
"""Not the point of `U.N. `, `Mr. ` and `Nov. 7`; nobody ends sentences with words so short."""
CLAUSE_END = re.compile("[,،，]")
AROUND = ",.:;!?()[]\"'«»“”،؛"


LONGEST = 5
"""Words of the longest phrase that tells."""


class Cue(NamedTuple):
    """Where a date lies, 1 or PLANNED ahead, -1 behind, 0 unsaid; and the word that says so."""

    way: int
    word: str | None


UNSAID = Cue(0, None)
Telling = Callable[[str], Iterator[Cue]]
"""The telling words of a piece of text, in its order."""


def cue_at(folded: str, start: int, end: int, telling: Telling) -> Cue:
    """What tells where the date at `start` to `end` lies."""
    left = SENTENCE_END.split(folded[max(0, start - REACH) : start])[-1]
    right = SENTENCE_END.split(folded[end : end + REACH], maxsplit=1)[0]
    *before, near = CLAUSE_END.split(left)
    beside, *after = CLAUSE_END.split(right)
    # Before the date the nearest word is the last one of a piece, after it the first one.
    for piece, last in (
        (near, True),
        (beside, False),
        (",".join(before), True),
        (",".join(after), False),
    ):
        if told := tuple(telling(piece)):
            return told[-1 if last else 0]
    return UNSAID


def cues_told(cues: Cues, fold: Callable[[str], str], *, spaced: bool) -> Telling:
    """How telling words are found in the texts of one language."""
    ways = {
        fold(word): way
        for words, way in ((cues.back, -1), (cues.ahead, 1), (cues.planned, PLANNED))
        for word in words
    }
    return _among_words(ways) if spaced else _anywhere(ways)


def _among_words(ways: dict[str, int]) -> Telling:
    starts = {word[:-1]: way for word, way in ways.items() if word.endswith("*")}
    ends = {word[1:]: way for word, way in ways.items() if word.startswith("*")}

    @lru_cache(maxsize=16_384)
    def way_of(word: str) -> int:
        if word in ways:
            return ways[word]
        for part, way in starts.items():
            if word.startswith(part):
                return way
        return next((way for part, way in ends.items() if word.endswith(part)), 0)

    phrases = sorted((phrase for phrase in ways if " " in phrase), key=len, reverse=True)
    firsts = {phrase.partition(" ")[0] for phrase in phrases}

    def telling(text: str) -> Iterator[Cue]:
        words = [word.strip(AROUND) for word in text.split()]
        for at, word in enumerate(words):
            if word in firsts:
                ahead = " ".join(words[at : at + LONGEST])
                phrase = next((p for p in phrases if f"{ahead} ".startswith(f"{p} ")), None)
                if phrase:
                    yield Cue(ways[phrase], phrase)
                    continue
            if way := way_of(word):
                yield Cue(way, word)

    return telling


def _anywhere(ways: dict[str, int]) -> Telling:
    pattern = re.compile(
        "|".join(map(re.escape, sorted(ways, key=lambda w: (-len(w), w)))) or "(?!)"
    )

    def telling(text: str) -> Iterator[Cue]:
        for match in pattern.finditer(text):
            yield Cue(ways[match.group()], match.group())

    return telling
