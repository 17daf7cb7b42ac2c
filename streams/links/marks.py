"""What two reports of one event name alike in any language: entities and numbers."""

import re

from schemas.enriched import Enriched

TEXT_CHARACTERS = 300
"""Of the body, after the headline: what a report leads with is what it is about."""

_NUMBER = re.compile(r"(?<!\d)(?:\d{1,3}(?:[.,٬'’ \u00a0\u202f]\d{3})+|\d{2,15})(?!\d)")
"""Digits of any script: grouped by thousands, or a plain run. Longer ones are no numbers."""


def text_of(record: Enriched) -> str:
    """What of an article is compared by its meaning."""
    return f"{record.headline or ''}\n{record.body[:TEXT_CHARACTERS]}"


def marks_of(record: Enriched) -> frozenset[str]:
    """Ids of the entities in an article, and its numbers of two or more digits."""
    ids = (entity.id for entity in record.entities if entity.id is not None)
    return frozenset(ids) | numbers(f"{record.headline or ''}\n{record.body}")


def numbers(text: str) -> frozenset[str]:
    """Whole numbers from ten on, as plain ASCII digits: `1.500`, `1,500` and `١٥٠٠` are `1500`."""
    found = (
        int("".join(filter(str.isdecimal, match[0])))
        for match in _NUMBER.finditer(text)
        if len(match[0]) <= 20
    )
    return frozenset(str(number) for number in found if number >= 10)
