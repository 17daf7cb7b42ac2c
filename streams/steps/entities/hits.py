"""Where the patterns of the gazetteer stand in a text, before anybody decides who is meant."""

from dataclasses import dataclass

from streams.letters import Folded
from streams.steps.entities.gazetteer import (
    AFTER,
    BEFORE,
    DOUBTFUL,
    FIRST_GROUP,
    NO_NAME,
    NONE,
    SURE,
    Gazetteer,
)
from streams.steps.entities.rows import EVERYWHERE

Hit = tuple[int, int, int, int, int, int]
"""`means, begin, start, end, pattern, state`; a plain tuple, as an article makes dozens.

`means` as in the gazetteer. Offsets are those of `Scanned.search`: of the pattern, of the
name in it, and of the end of both. `state`: ALONE, when the name is enough; OPEN, when it
needs support; DOUBTED, when it is a word of the language as well.
"""
ALONE, OPEN, DOUBTED = range(3)


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text, the same folded between two spaces, and the hits in it, in order.

    `signs`: whether a word is among them with which a place's name means no place.
    """

    text: str
    search: str
    folded: Folded
    hits: list[Hit]
    signs: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in `text` of `search[start:end]`, which is not empty."""
        if not self.folded.gaps:
            return start - 1, end - 1
        return self.folded.original(start - 1), self.folded.original(end - 2) + 1


def scan(text: str, language: str, gazetteer: Gazetteer) -> Scanned:
    """One pass of the automaton; hits that are no whole words, or lack capitals, are left out.

    Args:
        text: as it came.
        language: ISO 639 code; some names of other languages are common words of this one.
        gazetteer: the names.
    """
    folded = gazetteer.folder(text)
    search, gaps = f" {folded.text} ", folded.gaps
    spaced = doubled(search)
    local = gazetteer.local.get(language) or gazetteer.local[EVERYWHERE]
    means, prefix, capitals = gazetteer.means, gazetteer.prefix, gazetteer.capitals
    lengths = gazetteer.lengths
    hits: list[Hit] = []
    counted = spaces = 0
    for first, _, pattern in gazetteer.automaton.find(spaced):
        if (meant := means[pattern]) == NONE:
            continue
        # Where the name is in `search`, which has one space for two.
        spaces += spaced.count(" ", counted, first + 1) // 2
        counted = first + 1
        begin = first + (spaced[first] == " ") - spaces
        start, end = begin + prefix[pattern], begin + lengths[pattern]
        state = ALONE if meant >= 0 else OPEN
        at = folded.original(start - 1) if gaps else start - 1
        if (letters := capitals[pattern]) and not text[at : at + letters].isupper():
            meant, state = gazetteer.signs.get(pattern, NONE), OPEN
        elif pattern in local:
            meant, state = _locally(local[pattern], meant, text, folded, end)
        elif meant <= FIRST_GROUP:
            claim = gazetteer.groups[FIRST_GROUP - meant][0]
            if claim.needs == SURE:
                meant, state = claim.entity, ALONE
        if meant != NONE:
            hits.append((meant, begin, start, end, pattern, state))
    signs = any(AFTER <= hit[0] <= BEFORE for hit in hits)
    return Scanned(text, search, folded, hits, signs)


def doubled(search: str) -> str:
    """The text as the automaton reads it: with two spaces for one, see `patterns.key_of`."""
    return search.replace(" ", "  ")


def _locally(mark: int, meant: int, text: str, folded: Folded, end: int) -> tuple[int, int]:
    """What a pattern means, and how surely, whose meaning in this language is another one."""
    if mark >= 0:
        return mark, ALONE
    if mark == DOUBTFUL:
        return meant, DOUBTED
    if mark == NO_NAME or capital_follows(text, folded.original(end - 2) + 1):
        return NONE, OPEN
    return meant, ALONE if meant >= 0 else OPEN


def capital_follows(text: str, end: int) -> bool:
    """Whether a capitalised word stands right behind what ends there: `Jordan Henderson`."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
