"""Finds the names in one article, decides who is meant, and how much it is about each."""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.enriched import Entity, Field, Mention
from streams.steps.entities.gazetteer import CONTESTED, COUNTRY, NONE, SURE, Claim, Gazetteer

LEAD = 400
"""Code points of the body that weigh as its lead: what matters is said there."""
HEADLINE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 6, 4, 2
"""Of a name. A demonym weighs half: `Russian gas` is less about Russia than `Russia` is."""


class _Hit(NamedTuple):
    """A pattern in the text. `means` as in the gazetteer; offsets as in the text given."""

    means: int
    start: int
    end: int
    pattern: int


def find_entities(
    headline: str | None, body: str, language: str, gazetteer: Gazetteer
) -> tuple[Entity, ...]:
    """Who, where and what is named, the one the article is most about first.

    `salience` is the entity's share of the weights of all mentions: 6 in the headline, 4 in
    the first 400 code points of the body, 2 after, and half of that for a demonym.

    Args:
        headline: may be missing.
        body: plain text; offsets of mentions are code points into it.
        language: BCP 47 code or `und`. Names of every language are found whatever it says;
            it only makes forms that are also words of that language need their country.
        gazetteer: what `compile_gazetteer` made.

    Returns:
        By salience, the highest first, then by id; mentions in the order of the text.
    """
    ambiguous = gazetteer.ambiguous.get(language.partition("-")[0], frozenset())
    in_headline = list(_hits(headline, ambiguous, gazetteer)) if headline else []
    in_body = list(_hits(body, ambiguous, gazetteer))
    sure = {hit.means for hit in in_headline + in_body if hit.means >= 0}
    mentions: dict[int, list[Mention]] = {}
    weights: dict[int, int] = {}
    parts: tuple[tuple[Field, str, list[_Hit]], ...] = (
        ("headline", headline or "", in_headline),
        ("body", body, in_body),
    )
    for field, text, hits in parts:
        for entity, hit in _meant(text, hits, sure, gazetteer):
            mention = Mention(field, hit.start, hit.end, text[hit.start : hit.end])
            mentions.setdefault(entity, []).append(mention)
            weight = HEADLINE_WEIGHT
            if field == "body":
                weight = LEAD_WEIGHT if hit.start < LEAD else BODY_WEIGHT
            if gazetteer.demonym[hit.pattern]:
                weight //= 2
            weights[entity] = weights.get(entity, 0) + weight
    total = sum(weights.values())
    found = [
        Entity(
            gazetteer.ids[entity],
            gazetteer.names[entity],
            gazetteer.kinds[entity],
            gazetteer.countries[entity],
            weights[entity] / total,
            tuple(where),
        )
        for entity, where in mentions.items()
    ]
    return tuple(sorted(found, key=lambda e: (-e.salience, e.id or "", e.name)))


def _hits(text: str, ambiguous: frozenset[int], gazetteer: Gazetteer) -> Iterator[_Hit]:
    folded = gazetteer.folder(text)
    # A space before the text: offsets in `search` are one more than in `folded`.
    search = " " + folded.text
    length = len(search)
    for begin, match_end, longest in gazetteer.automaton.find(search):
        pattern, end = longest, match_end
        while end < length and search[end].isalnum() and not gazetteer.open_end[pattern]:
            pattern = gazetteer.shorter[pattern]
            if pattern == NONE:
                break
            end = begin + gazetteer.lengths[pattern]
        if pattern == NONE or gazetteer.means[pattern] == NONE:
            continue
        start = begin + gazetteer.prefix[pattern] - 1
        end -= 1
        if folded.gaps:
            start, end = folded.original(start), folded.original(end - 1) + 1
        capitals = gazetteer.capitals[pattern]
        if capitals and not text[start : start + capitals].isupper():
            continue
        means = CONTESTED if pattern in ambiguous else gazetteer.means[pattern]
        yield _Hit(means, start, end, pattern)


def _meant(
    text: str, hits: list[_Hit], sure: set[int], gazetteer: Gazetteer
) -> Iterator[tuple[int, _Hit]]:
    """Each hit with the entity it names; those that cannot be told are left out."""
    countries: set[str] | None = None
    for hit in hits:
        entity = hit.means
        if entity == CONTESTED:
            if countries is None:
                countries = {code for e in sure for code in gazetteer.countries[e]}
            entity = _contested(hit.pattern, sure, countries, gazetteer)
            if entity == NONE:
                continue
        initials = gazetteer.initials[entity]
        if not initials or _initial(text, hit.start) in initials:
            yield entity, hit


def _initial(text: str, start: int) -> str:
    """The initial of a first name before a surname, `В.Путин`, `В. Путин`; empty if none."""
    point = start - 2 if text[start - 1 : start] == " " else start - 1
    if point < 1 or text[point] != "." or not text[point - 1].isupper():
        return ""
    return "" if point > 1 and text[point - 2].isalnum() else text[point - 1]


def _contested(pattern: int, sure: set[int], countries: set[str], gazetteer: Gazetteer) -> int:
    # A sure name that is a word of this language needs its country there.
    claims = gazetteer.claims.get(pattern) or (Claim(gazetteer.means[pattern], COUNTRY),)
    for claim in claims:
        if claim.needs == SURE or claim.entity in sure:
            return claim.entity
        if claim.needs == COUNTRY and not countries.isdisjoint(gazetteer.countries[claim.entity]):
            return claim.entity
    return NONE
