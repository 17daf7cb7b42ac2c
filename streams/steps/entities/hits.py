"""Where the patterns of the gazetteer stand in a text, before anybody decides who is meant."""

from dataclasses import dataclass

from streams.steps.entities.folding import Folded
from streams.steps.entities.gazetteer import (
    DOUBTFUL,
    FIRST_GROUP,
    NAMESAKE,
    NO_NAME,
    NONE,
    SURE,
    Gazetteer,
)

Hit = tuple[int, int, int, int, int, int]
"""`means, begin, start, end, pattern, state`; a plain tuple, as an article makes dozens.

`means` as in the gazetteer. Offsets are those of `Scanned.search`: the pattern begins at
`begin`, with the space before it, the name at `start`. `state`: ALONE, when the name is
enough; OPEN, when it needs support; DOUBTED, when it is a word of the language as well.
"""
ALONE, OPEN, DOUBTED = range(3)

_REACH = 100
"""How far a name may reach that begins inside another one: nearly as long as names are."""
_CUT = "\u02b0"
"""A letter that no name has, behind a cut: a name that the cut ends is not whole."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text, the same folded between two spaces, and the hits in it, in order."""

    text: str
    search: str
    folded: Folded
    hits: list[Hit]

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
    local = gazetteer.local.get(language, {})
    means, prefix, capitals = gazetteer.means, gazetteer.prefix, gazetteer.capitals
    hits: list[Hit] = []
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
            there = local[pattern]
            if there == NO_NAME or (there == NAMESAKE and _first_name(text, folded, end)):
                continue
            if there >= 0:
                meant, state = there, ALONE
            elif there == DOUBTFUL:
                state = DOUBTED
        elif meant <= FIRST_GROUP:
            first = gazetteer.groups[FIRST_GROUP - meant][0]
            if first.needs == SURE:
                meant, state = first.entity, ALONE
        hits.append((meant, begin, start, end, pattern, state))
    return Scanned(text, search, folded, hits)


def _first_name(text: str, folded: Folded, end: int) -> bool:
    """Whether another capitalised word follows at once: `Jordan Henderson`."""
    after = folded.original(end - 2) + 1
    return text[after : after + 1] == " " and text[after + 1 : after + 2].isupper()


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
                    break
                end = begin + lengths[pattern]
        if pattern != NONE:
            done = end
            found.append((begin, end, pattern))
        if end != match_end or pattern == NONE:
            # What begins inside what was matched was passed over.
            inside = search.find(" ", begin + 1 if pattern == NONE else end, match_end)
            if inside >= 0:
                # The letter behind the cut: a name that the cut ends is not whole.
                within = search[inside : inside + _REACH] + _CUT
                for at, until, other in _whole_words(within, gazetteer):
                    if inside + at >= match_end:
                        break
                    done = inside + until
                    found.append((inside + at, done, other))
    return found
