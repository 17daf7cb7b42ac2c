"""Decides who is meant by the names of one article: what a name alone does not say."""

from collections.abc import Iterator, Sequence

from streams.steps.entities.gazetteer import (
    AFTER,
    BEFORE,
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
from streams.steps.entities.hits import ALONE, DOUBTED, Hit, Scanned

Found = tuple[int | str, int, int, int, str]
"""`entity, start, end, pattern, why`: who is named, and where in the text.

`entity` is an index of the gazetteer, or a name that was guessed, with NONE for its pattern.
`why`: `name`; of one that is not enough alone, what made it count: `full name`, `title`,
`country`; `inside` another name; `guess`.
"""

_CITY = 3
_SHORTEST_SURNAME = 4


def read(parts: Sequence[Scanned], language: str, gazetteer: Gazetteer) -> list[list[Found]]:
    """Of each part of one article, who is named, in the order of the text."""
    return _Reader(parts, language, gazetteer).found()


class _Reader:
    def __init__(self, parts: Sequence[Scanned], language: str, gazetteer: Gazetteer) -> None:
        self._parts = parts
        self._gazetteer = gazetteer
        self._sure = {hit[0] for part in parts for hit in part.hits if hit[5] == ALONE}
        inside = (gazetteer.inner.get(hit[4], ()) for part in parts for hit in part.hits)
        self._sure.update(whose for names in inside for _, _, whose in names)
        self._words = gazetteer.titles.get(language)
        self._codes: set[str] | None = None

    def found(self) -> list[list[Found]]:
        titled: list[set[int]] = []
        guesses: list[list[Guess]] = []
        for part in self._parts:
            after = [
                announced(part, place, self._words, self._gazetteer)
                for place, hit in enumerate(part.hits)
                if hit[0] == TITLE
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
        gazetteer, hits, gaps = self._gazetteer, part.hits, part.folded.gaps
        kinds, ranks, inner = gazetteer.kinds, gazetteer.ranks, gazetteer.inner
        signs = any(AFTER <= hit[0] <= BEFORE for hit in hits)
        found: list[Found] = []
        for place, hit in enumerate(hits):
            entity, begin, start, end, pattern, state = hit
            why = "name"
            if state != ALONE:
                entity, why = self._supported(part, hit, place in titled)
            if entity >= 0:
                kind = kinds[entity]
                if kind == "place":
                    if signs and _beside(hits, place):
                        continue
                    if ranks[entity] == _CITY and self._first_name(part, hit):
                        continue
                elif kind == "person" and self._namesake(part, hit, entity):
                    continue
                if guesses and any(g.start < end and start < g.end for g in guesses):
                    if kind != "person":
                        continue
                    guesses = [g for g in guesses if end <= g.start or g.end <= start]
                if gaps:
                    found.append((entity, *part.span(start, end), pattern, why))
                else:
                    found.append((entity, start - 1, end - 1, pattern, why))
            if pattern in inner and (entity >= 0 or hit[0] == TITLE):
                for at, name, whose in inner[pattern]:
                    first = begin + at + gazetteer.prefix[name]
                    span = part.span(first, begin + at + gazetteer.lengths[name])
                    found.append((whose, *span, name, "inside"))
        if surnames:
            found += self._again(part, guesses, surnames)
            found.sort(key=lambda each: each[1])
        return found

    def _supported(self, part: Scanned, hit: Hit, titled: bool) -> tuple[int, str]:
        """Whom a name means that is not enough alone, and what supports it."""
        meant, state = hit[0], hit[5]
        if meant >= 0:
            claims: tuple[Claim, ...] = (Claim(meant, SURE),)
        elif meant <= FIRST_GROUP:
            claims = self._gazetteer.groups[FIRST_GROUP - meant]
        else:
            return NONE, ""
        if state == DOUBTED:
            claims = tuple(Claim(claim.entity, claim.needs or COUNTRY) for claim in claims)
        gazetteer = self._gazetteer
        if first_name := self._first_name(part, hit):
            claims = tuple(c for c in claims if first_name in gazetteer.own[c.entity])
        for claim in claims:
            if claim.needs != SURE and claim.entity in self._sure:
                return claim.entity, "full name"
        for claim in claims:
            if claim.needs == SURE:
                return claim.entity, "name"
            person = titled and gazetteer.kinds[claim.entity] == "person"
            beside = not self._countries.isdisjoint(gazetteer.countries[claim.entity])
            if claim.needs == COUNTRY and (person or beside):
                return claim.entity, "country" if beside else "title"
            if claim.needs == FULL_NAME and person and beside:
                return claim.entity, "title"
        return NONE, ""

    @property
    def _countries(self) -> set[str]:
        if self._codes is None:
            self._codes = {c for e in self._sure for c in self._gazetteer.countries[e]}
        return self._codes

    def _namesake(self, part: Scanned, hit: Hit, person: int) -> bool:
        """Whether another first name, or its initial, stands before a person's surname."""
        _, _, start, end, _, state = hit
        if " " in part.search[start:end]:
            return False
        name = self._first_name(part, hit) if state == ALONE else ""
        if name and name not in self._gazetteer.own[person]:
            return True
        initial = _initial(part.text, part.span(start, end)[0])
        return initial not in self._gazetteer.initials[person]

    def _first_name(self, part: Scanned, hit: Hit) -> str:
        """The first name of somebody, written with a capital just before the hit; or empty."""
        if self._words is None or not self._words.cased:
            return ""
        start = part.search.rfind(" ", 0, hit[1]) + 1
        word = part.search[start : hit[1]]
        if word not in self._gazetteer.given or word in self._words.stop:
            return ""
        return word if part.text[part.span(start, start + 1)[0]].isupper() else ""

    def _again(
        self, part: Scanned, guesses: list[Guess], surnames: dict[str, str]
    ) -> Iterator[Found]:
        """The guesses, and where the same surname stands alone."""
        taken = [(start, end) for _, _, start, end, _, _ in part.hits]
        for guess in guesses:
            yield (guess.name, *part.span(guess.start, guess.end), NONE, "guess")
            taken.append((guess.start, guess.end))
        if self._words is None or not self._words.cased:
            return
        for surname, name in surnames.items():
            whole, folded = (self._gazetteer.folder(each).text for each in (name, surname))
            if len(folded) < _SHORTEST_SURNAME:
                continue
            at = part.search.find(f" {folded} ")
            while at >= 0:
                start, end = at + 1, at + 1 + len(folded)
                at = part.search.find(f" {folded} ", end)
                if any(a < end and start < b for a, b in taken):
                    continue
                if part.search.endswith(" " + whole, 0, end):
                    start = end - len(whole)
                span = part.span(start, end)
                if part.text[span[0]].isupper():
                    yield (name, *span, NONE, "guess")


def _beside(hits: Sequence[Hit], place: int) -> bool:
    """Whether a place stands beside a word with which it means none: a team's, a street's."""
    if place and hits[place - 1][0] == BEFORE and hits[place - 1][3] == hits[place][1]:
        return True
    following = place + 1
    return (
        following < len(hits)
        and hits[following][0] == AFTER
        and hits[following][1] == hits[place][3]
    )


def _initial(text: str, start: int) -> str:
    """The initial of a first name before a surname, `В.Путин`, `В. Путин`; empty if none."""
    point = start - 2 if text[start - 1 : start] == " " else start - 1
    if point < 1 or text[point] != "." or not text[point - 1].isupper():
        return ""
    return "" if point > 1 and text[point - 2].isalnum() else text[point - 1]
