"""Where the patterns of the gazetteer stand in a text, before anybody decides who is meant."""

from dataclasses import dataclass

from streams.steps.entities.folding import Folded
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

`means` as in the gazetteer. Offsets are those of `Scanned.search`: the pattern begins at
`begin`, with the space before it, the name at `start`. `state`: ALONE, when the name is
enough; OPEN, when it needs support; DOUBTED, when it is a word of the language as well.
"""
ALONE, OPEN, DOUBTED = range(3)

_REACH = 60
"""How far a name may reach that begins inside another one: nearly as long as names are."""
_CUT = "\u02b0"
"""A letter that no name has, behind a cut: a name that the cut ends is not whole."""


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
    local = gazetteer.local.get(language) or gazetteer.local[EVERYWHERE]
    means, prefix, capitals = gazetteer.means, gazetteer.prefix, gazetteer.capitals
    hits: list[Hit] = []
    signs = False
    for begin, end, pattern in _whole_words(search, gazetteer):
        if (meant := means[pattern]) == NONE:
            continue
        start = begin + prefix[pattern]
        if letters := capitals[pattern]:
            at = folded.original(start - 1) if gaps else start - 1
            if not (text[at] if letters == 1 else text[at : at + letters]).isupper():
                continue
        state = ALONE if meant >= 0 else OPEN
        if pattern in local:
            meant, state = _locally(local[pattern], meant, text, folded, end)
        elif meant <= FIRST_GROUP:
            first = gazetteer.groups[FIRST_GROUP - meant][0]
            if first.needs == SURE:
                meant, state = first.entity, ALONE
        elif meant in {BEFORE, AFTER}:
            signs = True
        if meant != NONE:
            hits.append((meant, begin, start, end, pattern, state))
    return Scanned(text, search, folded, hits, signs)


def _locally(mark: int, meant: int, text: str, folded: Folded, end: int) -> tuple[int, int]:
    """What a pattern means, and how surely, whose meaning in this language is another one."""
    if mark >= 0:
        return mark, ALONE
    if mark == DOUBTFUL:
        return meant, DOUBTED
    after = folded.original(end - 2) + 1
    # `Jordan Henderson`: a capitalised word follows at once.
    named = text[after : after + 1] == " " and text[after + 1 : after + 2].isupper()
    return (NONE, OPEN) if mark == NO_NAME or named else (meant, ALONE if meant >= 0 else OPEN)


def _whole_words(search: str, gazetteer: Gazetteer) -> list[tuple[int, int, int]]:
    """The patterns that end where a word ends: `begin, end, pattern`, in order, none in another."""
    open_end, shorter, lengths = gazetteer.open_end, gazetteer.shorter, gazetteer.lengths
    found: list[tuple[int, int, int]] = []
    done = 0
    for begin, match_end, longest in gazetteer.automaton.find(search):
        if begin < done:
            continue
        pattern, end = longest, match_end
        if search[end - 1] == " ":
            # A short name, with the space behind it: the next name's space.
            end -= 1
        else:
            while search[end].isalnum() and not open_end[pattern]:
                pattern = shorter[pattern]
                if pattern == NONE:
                    end = begin + 1
                    break
                end = begin + lengths[pattern]
        if pattern != NONE:
            done = end
            found.append((begin, end, pattern))
        if end != match_end:
            inside = search.find(" ", end, match_end)
            for at, until, other in _passed_over(search, inside, gazetteer) if inside >= 0 else ():
                if inside + at >= match_end:
                    break
                done = inside + until
                found.append((inside + at, done, other))
    return found


def _passed_over(search: str, start: int, gazetteer: Gazetteer) -> list[tuple[int, int, int]]:
    """What begins at or behind `start`, inside what was matched there."""
    rest = search[start : start + _REACH] + _CUT
    # Mostly nothing does: the automaton alone says so cheaply.
    return _whole_words(rest, gazetteer) if gazetteer.automaton.find(rest) else []
