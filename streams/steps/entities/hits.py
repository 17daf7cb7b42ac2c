"""Where the patterns of the gazetteer stand in a text, before anybody decides who is meant."""

from dataclasses import dataclass
from typing import NamedTuple

from streams.steps.entities.folding import Folded
from streams.steps.entities.gazetteer import BLOCKED, FIRST_GROUP, NONE, SURE, Gazetteer


class Hit(NamedTuple):
    """A pattern in a text; offsets are those of `Scanned.search`.

    `means` as in the gazetteer; the pattern begins at `begin`, with the space before it, the
    name at `start`. `sure`: it needs nothing else to be the name of `means`. `doubted`: it
    is a word of the language too, so that nobody has it without support.
    """

    means: int
    begin: int
    start: int
    end: int
    pattern: int
    sure: bool
    doubted: bool


@dataclass(frozen=True, slots=True)
class Scanned:
    """A text, the same folded with a space before it, and the hits in it, in order."""

    text: str
    search: str
    folded: Folded
    hits: list[Hit]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in `text` of `search[start:end]`."""
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
    search, gaps = " " + folded.text, folded.gaps
    length = len(search)
    quirks = gazetteer.quirks.get(language, {})
    means, prefix, capitals = gazetteer.means, gazetteer.prefix, gazetteer.capitals
    open_end = gazetteer.open_end
    hits: list[Hit] = []
    for begin, match_end, longest in gazetteer.automaton.find(search):
        pattern, end = longest, match_end
        while end < length and search[end].isalnum() and not open_end[pattern]:
            pattern = gazetteer.shorter[pattern]
            if pattern == NONE:
                break
            end = begin + gazetteer.lengths[pattern]
        if pattern == NONE or (meant := means[pattern]) == NONE:
            continue
        start = begin + prefix[pattern]
        if letters := capitals[pattern]:
            at = folded.original(start - 1) if gaps else start - 1
            if not text[at : at + letters].isupper():
                continue
        quirk = quirks.get(pattern)
        if quirk == BLOCKED:
            continue
        if meant <= FIRST_GROUP and quirk is None:
            first = gazetteer.groups[FIRST_GROUP - meant][0]
            meant = first.entity if first.needs == SURE else meant
        doubted = quirk is not None
        hits.append(Hit(meant, begin, start, end, pattern, meant >= 0 and not doubted, doubted))
    return Scanned(text, search, folded, hits)
