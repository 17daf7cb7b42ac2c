"""Decides who is meant by the names of one article: what a name alone does not say."""

from collections.abc import Iterator, Mapping, Sequence

from streams.steps.entities.gazetteer import (
    AFTER,
    BEFORE,
    CITY,
    COUNTRY,
    FIRST_GROUP,
    HOME,
    NONE,
    PERSON,
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
`country`, `home`; `inside` another name; `guess`.
"""

Surname = tuple[str, str, str]
"""Of somebody guessed: the name, the same folded, and the surname folded."""

_SHORTEST_SURNAME = 4


def read(parts: Sequence[Scanned], language: str, gazetteer: Gazetteer) -> list[list[Found]]:
    """Of each part of one article, who is named, in the order of the text."""
    reader = _Reader(parts, language, gazetteer)
    told = [reader.announcements(part) for part in parts]
    names = {guess.name.rpartition(" ")[2]: guess.name for _, guesses in told for guess in guesses}
    surnames = reader.surnames(names)
    found = []
    for part, (titled, guesses) in zip(parts, told, strict=True):
        named = list(reader.named(part, titled))
        found.append(reader.with_guesses(part, named, guesses, surnames) if names else named)
    return found


class _Reader:
    """What is known of the whole article while its parts are read."""

    def __init__(self, parts: Sequence[Scanned], language: str, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._words = gazetteer.titles.get(language)
        self._home = gazetteer.home.get(language, frozenset())
        self._sure: set[int] = set()
        for part in parts:
            for meant, _, _, _, pattern, state in part.hits:
                if state == ALONE:
                    self._sure.add(meant)
                if pattern in gazetteer.inner:
                    self._sure.update(whose for _, _, whose in gazetteer.inner[pattern])
        self._codes: set[str] | None = None

    def announcements(self, part: Scanned) -> tuple[set[int], list[Guess]]:
        """The places of hits that a title announces, and the persons that nobody has listed."""
        after = [
            announced(part, place, self._words, self._gazetteer)
            for place, hit in enumerate(part.hits)
            if hit[0] == TITLE
        ]
        return {a for a in after if isinstance(a, int)}, [a for a in after if isinstance(a, Guess)]

    def surnames(self, names: Mapping[str, str]) -> list[Surname]:
        """Of names by surname, those that may stand again, as they look in `search`."""
        if self._words is None or not self._words.cased:
            return []
        fold = self._gazetteer.folder.fold
        folded = ((name, fold(name), fold(surname)) for surname, name in names.items())
        return [each for each in folded if len(each[2]) >= _SHORTEST_SURNAME]

    def named(self, part: Scanned, titled: set[int]) -> Iterator[Found]:
        """Who of the gazetteer is named."""
        inner, gaps, care = self._gazetteer.inner, part.folded.gaps, self._gazetteer.care
        for place, hit in enumerate(part.hits):
            entity, _, start, end, pattern, state = hit
            why = "name"
            if state != ALONE:
                entity, why = self._supported(part, place, titled=place in titled)
            if (
                entity >= 0
                and (care[entity] or part.signs)
                and not self._stands(part, place, entity)
            ):
                entity, why = self._relative(part, hit), "full name"
            if entity >= 0:
                if gaps:
                    yield (entity, *part.span(start, end), pattern, why)
                else:
                    yield (entity, start - 1, end - 1, pattern, why)
            elif hit[0] != TITLE:
                continue
            if pattern in inner:
                yield from self._inside(part, hit)

    def with_guesses(
        self,
        part: Scanned,
        named: list[Found],
        guesses: Sequence[Guess],
        surnames: Sequence[Surname],
    ) -> list[Found]:
        """`named`, with the guesses and where their surnames stand again, in order.

        A listed person inside a guess is right, and the guess wrong; anything else is a part
        of the person's name.
        """
        kinds = self._gazetteer.kinds
        people = [each for each in named if isinstance(each[0], int) and kinds[each[0]] == "person"]
        spans: list[Found] = []
        for guess in guesses:
            start, end = part.span(guess.start, guess.end)
            if not any(a < end and start < b for _, a, b, _, _ in people):
                spans.append((guess.name, start, end, NONE, "guess"))
        kept = [
            each
            for each in named
            if not any(a < each[2] and each[1] < b for _, a, b, _, _ in spans)
        ]
        spans += self._again(part, kept + spans, surnames)
        return sorted(kept + spans, key=lambda each: each[1])

    def _inside(self, part: Scanned, hit: Hit) -> Iterator[Found]:
        gazetteer, begin = self._gazetteer, hit[1]
        for at, name, whose in gazetteer.inner[hit[4]]:
            start = begin + at + gazetteer.prefix[name]
            span = part.span(start, begin + at + gazetteer.lengths[name])
            yield (whose, *span, name, "inside")

    def _supported(self, part: Scanned, place: int, *, titled: bool) -> tuple[int, str]:
        """Whom a name means that is not enough alone, and what supports it."""
        hit = part.hits[place]
        claims = self._claims(hit)
        if not claims:
            return NONE, ""
        if first_name := self._first_name(part, hit):
            claims = [c for c in claims if first_name in self._gazetteer.own[c.entity]]
        for claim in claims:
            if claim.needs != SURE and claim.entity in self._sure:
                return claim.entity, "full name"
        for claim in claims:
            if claim.needs == SURE:
                return claim.entity, "name"
            if why := self._support(claim, titled=titled):
                return claim.entity, why
        return NONE, ""

    def _claims(self, hit: Hit) -> Sequence[Claim]:
        meant, state = hit[0], hit[5]
        if meant >= 0:
            claims: Sequence[Claim] = (Claim(meant, SURE),)
        elif meant <= FIRST_GROUP:
            claims = self._gazetteer.groups[FIRST_GROUP - meant]
        else:
            return ()
        if state == DOUBTED:
            return [Claim(claim.entity, max(claim.needs, COUNTRY)) for claim in claims]
        return claims

    def _support(self, claim: Claim, *, titled: bool) -> str:
        gazetteer = self._gazetteer
        announced_person = titled and gazetteer.kinds[claim.entity] == "person"
        beside = not self._countries.isdisjoint(gazetteer.countries[claim.entity])
        if claim.needs == HOME and not self._home.isdisjoint(gazetteer.countries[claim.entity]):
            return "home"
        if claim.needs <= COUNTRY:
            return "country" if beside else "title" if announced_person else ""
        return "title" if announced_person and beside else ""

    @property
    def _countries(self) -> set[str]:
        if self._codes is None:
            self._codes = {c for e in self._sure for c in self._gazetteer.countries[e]}
        return self._codes

    def _stands(self, part: Scanned, place: int, entity: int) -> bool:
        """Whether nothing beside the name says that it means something else here."""
        care = self._gazetteer.care[entity]
        if care == PERSON:
            return not self._namesake(part, part.hits[place], entity)
        if part.signs and self._gazetteer.kinds[entity] == "place" and _beside(part.hits, place):
            return False
        return not (care == CITY and self._first_name(part, part.hits[place]))

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

    def _relative(self, part: Scanned, hit: Hit) -> int:
        """Somebody else of the same surname, whom the article names in full; or NONE."""
        for other in self._gazetteer.beaten.get(hit[4], ()):
            if other in self._sure and self._gazetteer.kinds[other] == "person":
                return NONE if self._namesake(part, hit, other) else other
        return NONE

    def _first_name(self, part: Scanned, hit: Hit) -> str:
        """The first name of somebody, written with a capital just before the hit; or empty."""
        if self._words is None or not self._words.cased:
            return ""
        space = hit[1] - 1
        start = part.search.rfind(" ", 0, max(0, space)) + 1
        word = part.search[start:space]
        if word not in self._gazetteer.given or word in self._words.stop:
            return ""
        return word if part.text[part.span(start, start + 1)[0]].isupper() else ""

    def _again(
        self, part: Scanned, taken: Sequence[Found], surnames: Sequence[Surname]
    ) -> Iterator[Found]:
        """Where the surname of somebody guessed stands again, with the first name or without."""
        for name, whole, surname in surnames:
            at = part.search.find(f" {surname} ")
            while at >= 0:
                start, end = at + 1, at + 1 + len(surname)
                at = part.search.find(f" {surname} ", end)
                if part.search.endswith(" " + whole, 0, end):
                    start = end - len(whole)
                first, last = part.span(start, end)
                free = not any(a < last and first < b for _, a, b, _, _ in taken)
                if free and part.text[first].isupper():
                    yield (name, first, last, NONE, "guess")


def _beside(hits: Sequence[Hit], place: int) -> bool:
    """Whether a place stands beside a word with which it means none: a team's, a street's."""
    if place and hits[place - 1][0] == BEFORE and hits[place - 1][3] + 1 == hits[place][1]:
        return True
    following = place + 1
    return (
        following < len(hits)
        and hits[following][0] == AFTER
        and hits[following][1] == hits[place][3] + 1
    )


def _initial(text: str, start: int) -> str:
    """The initial of a first name before a surname, `В.Путин`, `В. Путин`; empty if none."""
    point = start - 2 if text[start - 1 : start] == " " else start - 1
    if point < 1 or text[point] != "." or not text[point - 1].isupper():
        return ""
    return "" if point > 1 and text[point - 2].isalnum() else text[point - 1]
