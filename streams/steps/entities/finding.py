"""Finds the names in one article, decides who is meant, and how much it is about each."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.enriched import Entity, Field, Mention
from streams.steps.entities.gazetteer import COUNTRY, NONE, SURE, Gazetteer

LEAD = 400
"""Code points of the body that weigh as its lead: what matters is said there."""
HEADLINE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 6, 4, 2
"""Of a name. A demonym weighs half: `Russian gas` is less about Russia than `Russia` is."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A pattern in the text: `start` and `end` as in the text given."""

    field: Field
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
    hits = list(_hits("headline", headline, gazetteer)) if headline else []
    hits += _hits("body", body, gazetteer)
    texts = {"headline": headline or "", "body": body}
    mentions: dict[int, list[Mention]] = {}
    weights: dict[int, int] = {}
    for entity, hit in _meant(hits, language, gazetteer):
        surface = texts[hit.field][hit.start : hit.end]
        mentions.setdefault(entity, []).append(Mention(hit.field, hit.start, hit.end, surface))
        weights[entity] = weights.get(entity, 0) + _weight(hit, gazetteer)
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


def _hits(field: Field, text: str, gazetteer: Gazetteer) -> Iterator[_Hit]:
    folded = gazetteer.folder(text)
    # A space before the text: offsets in `search` are one more than in `folded`.
    search = " " + folded.text
    length = len(search)
    for begin, match_end, longest in gazetteer.automaton.find(search):
        pattern, end = longest, match_end
        while not gazetteer.open_end[pattern] and end < length and search[end].isalnum():
            pattern = gazetteer.shorter[pattern]
            if pattern == NONE:
                break
            end = begin + gazetteer.lengths[pattern]
        if pattern == NONE:
            continue
        start = begin + gazetteer.prefix[pattern] - 1
        end -= 1
        if folded.gaps:
            start, end = folded.original(start), folded.original(end - 1) + 1
        capitals = gazetteer.capitals[pattern]
        if not capitals or text[start : start + capitals].isupper():
            yield _Hit(field, start, end, pattern)


def _meant(
    hits: list[_Hit], language: str, gazetteer: Gazetteer
) -> Iterator[tuple[int, _Hit]]:
    """Each hit with the entity it names; hits that name none, or cannot be told, are left out."""
    ambiguous = gazetteer.ambiguous.get(language.partition("-")[0], frozenset())
    sure = {
        claim.entity
        for hit in hits
        if hit.pattern not in ambiguous
        for claim in gazetteer.claims[hit.pattern]
        if claim.needs == SURE
    }
    countries = {code for entity in sure for code in gazetteer.countries[entity]}
    for hit in hits:
        for claim in gazetteer.claims[hit.pattern]:
            needs = COUNTRY if hit.pattern in ambiguous else claim.needs
            if (
                needs == SURE
                or claim.entity in sure
                or (needs == COUNTRY and not countries.isdisjoint(gazetteer.countries[claim.entity]))
            ):
                yield claim.entity, hit
                break


def _weight(hit: _Hit, gazetteer: Gazetteer) -> int:
    weight = BODY_WEIGHT
    if hit.field == "headline":
        weight = HEADLINE_WEIGHT
    elif hit.start < LEAD:
        weight = LEAD_WEIGHT
    return weight // 2 if gazetteer.demonym[hit.pattern] else weight
