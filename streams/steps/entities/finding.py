"""Finds the names in one article, decides who is meant, and how much it is about each."""

from schemas.enriched import Entity, Field, Mention
from streams.steps.entities.gazetteer import FIRST_GROUP, NONE, Gazetteer
from streams.steps.entities.hits import scan
from streams.steps.entities.reading import Found, read

LEAD = 400
"""Code points of the body that weigh as its lead: what matters is said there."""
HEADLINE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 6, 4, 2
"""Of a name. A demonym weighs half: `Russian gas` is less about Russia than `Russia` is."""


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
            it decides which of them are also words, and who is announced by a title.
        gazetteer: what `compile_gazetteer` made.

    Returns:
        By salience, the highest first, then by id; mentions in the order of the text. A
        state that is named inside another name, `Bank of Russia`, is a mention too.
    """
    mentions: dict[int | str, list[Mention]] = {}
    weights: dict[int | str, int] = {}
    demonym = gazetteer.demonym
    for field, text, found in find(headline, body, language, gazetteer):
        for entity, start, end, pattern, _ in found:
            mention = Mention(field, start, end, text[start:end])
            weight = HEADLINE_WEIGHT
            if field == "body":
                weight = LEAD_WEIGHT if start < LEAD else BODY_WEIGHT
            if pattern != NONE and demonym[pattern]:
                weight //= 2
            if entity in mentions:
                mentions[entity].append(mention)
                weights[entity] += weight
            else:
                mentions[entity] = [mention]
                weights[entity] = weight
    total = sum(weights.values())
    entities = [
        _entity(entity, weights[entity] / total, tuple(where), gazetteer)
        for entity, where in mentions.items()
    ]
    entities.sort(key=lambda e: (-e.salience, e.id or "", e.name))
    return tuple(entities)


def find(
    headline: str | None, body: str, language: str, gazetteer: Gazetteer
) -> list[tuple[Field, str, list[Found]]]:
    """What is named in each field, in the order of the text, and why it counts."""
    fields: list[tuple[Field, str]] = [("headline", headline)] if headline else []
    fields.append(("body", body))
    code = language.partition("-")[0]
    found = read([scan(text, code, gazetteer) for _, text in fields], code, gazetteer)
    return [(field, text, each) for (field, text), each in zip(fields, found, strict=True)]


def rivals(pattern: int, entity: int, gazetteer: Gazetteer) -> tuple[int, ...]:
    """The other entities that claim the name: those who might have been meant, then the beaten."""
    meant = gazetteer.means[pattern]
    claims = gazetteer.groups[FIRST_GROUP - meant] if meant <= FIRST_GROUP else ()
    others = (*(claim.entity for claim in claims), *gazetteer.beaten.get(pattern, ()))
    return tuple(dict.fromkeys(other for other in others if other != entity))


def _entity(
    entity: int | str, salience: float, mentions: tuple[Mention, ...], gazetteer: Gazetteer
) -> Entity:
    if isinstance(entity, str):
        return Entity(None, entity, "person", (), salience, mentions, guess=True)
    return Entity(
        gazetteer.ids[entity],
        gazetteer.names[entity],
        gazetteer.kinds[entity],
        gazetteer.countries[entity],
        salience,
        mentions,
    )
