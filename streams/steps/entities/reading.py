"""Decides who is meant by the names of one article: what a name alone does not say."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from streams.steps.entities.gazetteer import (
    COUNTRY,
    FIRST_GROUP,
    FULL_NAME,
    NONE,
    SURE,
    TITLE,
    Claim,
    Gazetteer,
)
from streams.steps.entities.guessing import Guess, announced
from streams.steps.entities.hits import Hit, Scanned

_CITY = 3
_SHORTEST_SURNAME = 4


class Found(NamedTuple):
    """Who is named, and where in the text. `entity`: an index, or a name that was guessed.

    `why`: `name`; or of a short one what made it count: `full name`, `title`, `country`;
    `inside` another name; `guess`. `pattern` is NONE for a guess.
    """

    entity: int | str
    start: int
    end: int
    pattern: int
    why: str


def read(parts: Sequence[Scanned], language: str, gazetteer: Gazetteer) -> list[list[Found]]:
    """Of each part of one article, who is named, in the order of the text."""
    return _Reader(parts, language, gazetteer).found()


class _Reader:
    def __init__(self, parts: Sequence[Scanned], language: str, gazetteer: Gazetteer) -> None:
        self._parts = parts
        self._gazetteer = gazetteer
        self._sure = {hit.means for part in parts for hit in part.hits if hit.sure}
        self._words = gazetteer.titles.get(language)
        self._codes: set[str] | None = None

    def found(self) -> list[list[Found]]:
        titled: list[set[int]] = []
        guesses: list[list[Guess]] = []
        for part in self._parts:
            after = [
                announced(part, place, self._words, self._gazetteer)
                for place, hit in enumerate(part.hits)
                if hit.means == TITLE
            ]
            titled.append({place for place in after if isinstance(place, int)})
            guesses.append([guess for guess in after if isinstance(guess, Guess)])
        surnames = {
            guess.name.rpartition(" ")[2]: guess.name for made in guesses for guess in made
        }
        return [
            self._read(part, places, made, surnames)
            for part, places, made in zip(self._parts, titled, guesses, strict=True)
        ]

    def _read(
        self, part: Scanned, titled: set[int], guesses: list[Guess], surnames: dict[str, str]
    ) -> list[Found]:
        gazetteer = self._gazetteer
        found: list[Found] = []
        for place, hit in enumerate(part.hits):
            entity, why = self._meant(part, hit, place in titled)
            inside = gazetteer.inner.get(hit.pattern)
            if entity != NONE:
                if guesses and any(g.start < hit.end and hit.start < g.end for g in guesses):
                    if gazetteer.kinds[entity] != "person":
                        continue
                    guesses = [g for g in guesses if hit.end <= g.start or g.end <= hit.start]
                found.append(Found(entity, *part.span(hit.start, hit.end), hit.pattern, why))
            if inside and (entity != NONE or hit.means == TITLE):
                for at, pattern in inside:
                    start = hit.begin + at + gazetteer.prefix[pattern]
                    end = hit.begin + at + gazetteer.lengths[pattern]
                    state = gazetteer.means[pattern]
                    found.append(Found(state, *part.span(start, end), pattern, "inside"))
        if surnames:
            found += self._again(part, guesses, surnames)
            found.sort(key=lambda each: each.start)
        return found

    def _meant(self, part: Scanned, hit: Hit, titled: bool) -> tuple[int, str]:
        gazetteer = self._gazetteer
        entity, why = hit.means, "name"
        if entity in {TITLE, NONE}:
            return NONE, ""
        if not hit.sure:
            claims = (
                (Claim(entity, SURE),) if entity >= 0 else gazetteer.groups[FIRST_GROUP - entity]
            )
            if hit.doubted:
                claims = tuple(Claim(c.entity, c.needs or COUNTRY) for c in claims)
            entity, why = self._contested(claims, titled, self._first_name(part, hit))
            if entity == NONE:
                return NONE, ""
        kind = gazetteer.kinds[entity]
        if kind == "place":
            if self._no_place(part, hit, gazetteer.ranks[entity]):
                return NONE, ""
        elif kind == "person":
            initials = gazetteer.initials[entity]
            start = part.span(hit.start, hit.end)[0]
            if _initial(part.text, start) not in initials:
                return NONE, ""
            if hit.sure:
                name = self._first_name(part, hit)
                if name and name not in gazetteer.own[entity]:
                    return NONE, ""
        return entity, why

    def _contested(
        self, claims: Sequence[Claim], titled: bool, first_name: str
    ) -> tuple[int, str]:
        gazetteer = self._gazetteer
        if first_name:
            claims = [c for c in claims if first_name in gazetteer.own[c.entity]]
        for claim in claims:
            if claim.needs != SURE and claim.entity in self._sure:
                return claim.entity, "full name"
        for claim in claims:
            if claim.needs == SURE:
                return claim.entity, "name"
            person = gazetteer.kinds[claim.entity] == "person"
            beside = not self._countries.isdisjoint(gazetteer.countries[claim.entity])
            if claim.needs == COUNTRY and ((titled and person) or beside):
                return claim.entity, "country" if beside else "title"
            if claim.needs == FULL_NAME and titled and person and beside:
                return claim.entity, "title"
        return NONE, ""

    @property
    def _countries(self) -> set[str]:
        if self._codes is None:
            self._codes = {c for e in self._sure for c in self._gazetteer.countries[e]}
        return self._codes

    def _first_name(self, part: Scanned, hit: Hit) -> str:
        """The first name of somebody, written with a capital just before the hit; or empty."""
        if self._words is None or not self._words.cased:
            return ""
        start = part.search.rfind(" ", 0, hit.begin) + 1
        word = part.search[start : hit.begin]
        if word not in self._gazetteer.given or word in self._words.stop:
            return ""
        return word if part.text[part.span(start, start + 1)[0]].isupper() else ""

    def _no_place(self, part: Scanned, hit: Hit, rank: int) -> bool:
        gazetteer, search = self._gazetteer, part.search
        before = search[search.rfind(" ", 0, hit.begin) + 1 : hit.begin]
        if before in gazetteer.not_after:
            return True
        after = search[hit.end + 1 : hit.end + 1 + 24].partition(" ")[0]
        if after in gazetteer.not_before:
            return True
        return rank == _CITY and bool(self._first_name(part, hit))

    def _again(
        self, part: Scanned, guesses: list[Guess], surnames: dict[str, str]
    ) -> Iterator[Found]:
        """The guesses, and where the same surname stands alone."""
        taken = [(hit.start, hit.end) for hit in part.hits]
        for guess in guesses:
            span = part.span(guess.start, guess.end)
            yield Found(guess.name, *span, NONE, "guess")
            taken.append((guess.start, guess.end))
        if self._words is None or not self._words.cased:
            return
        for surname, name in surnames.items():
            folded = self._gazetteer.folder(surname).text
            if len(folded) < _SHORTEST_SURNAME:
                continue
            start = part.search.find(" " + folded)
            while start >= 0:
                begin, end = start + 1, start + 1 + len(folded)
                start = part.search.find(" " + folded, end)
                whole = not part.search[end : end + 1].isalnum()
                if whole and not any(a < end and begin < b for a, b in taken):
                    place = part.span(begin, end)
                    if part.text[place[0]].isupper():
                        yield Found(name, *place, NONE, "guess")


def _initial(text: str, start: int) -> str:
    """The initial of a first name before a surname, `В.Путин`, `В. Путин`; empty if none."""
    point = start - 2 if text[start - 1 : start] == " " else start - 1
    if point < 1 or text[point] != "." or not text[point - 1].isupper():
        return ""
    return "" if point > 1 and text[point - 2].isalnum() else text[point - 1]
