"""Where the patterns of the gazetteer stand in a text, before anybody decides who is meant."""

from dataclasses import dataclass

from streams.steps.entities.folding import Folded
from streams.steps.entities.gazetteer import FIRST_GROUP, NONE, SURE, Gazetteer

Hit = tuple[int, int, int, int, int, int]
"""`means, begin, start, end, pattern, state`; a plain tuple, as an article makes dozens.

`means` as in the gazetteer. Offsets are those of `Scanned.search`: the pattern begins at
`begin`, with the space before it, the name at `start`. `state`: ALONE, when the name is
enough; OPEN, when it needs support; DOUBTED, when it is a word of the language as well.
"""
ALONE, OPEN, DOUBTED = range(3)


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
    words = gazetteer.words.get(language, frozenset())
    means, prefix, capitals = gazetteer.means, gazetteer.prefix, gazetteer.capitals
    open_end, shorter, lengths = gazetteer.open_end, gazetteer.shorter, gazetteer.lengths
    hits: list[Hit] = []
    for begin, match_end, longest in gazetteer.automaton.find(search):
        pattern, end = longest, match_end
        while search[end].isalnum() and not open_end[pattern]:
            pattern = shorter[pattern]
            if pattern == NONE:
                break
            end = begin + lengths[pattern]
        if pattern == NONE or (meant := means[pattern]) == NONE:
            continue
        start = begin + prefix[pattern]
        if letters := capitals[pattern]:
            at = folded.original(start - 1) if gaps else start - 1
            if not text[at : at + letters].isupper():
                continue
        state = ALONE if meant >= 0 else OPEN
        if pattern in words:
            state = DOUBTED
        elif meant <= FIRST_GROUP:
            first = gazetteer.groups[FIRST_GROUP - meant][0]
            if first.needs == SURE:
                meant, state = first.entity, ALONE
        hits.append((meant, begin, start, end, pattern, state))
    return Scanned(text, search, folded, hits)
