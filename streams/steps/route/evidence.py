"""How strongly a text fulfils one condition, and how to say so to a reader.

A place in the headline counts ¾, one in the lead ½, one further down ¼; together at
most 1. An entity or a country counts no more than its share of the text's attention
allows: three tenths of it is central. So one mention in the last line is weak (≤ ¼),
however short the text, and so are four in a text that is about something else.
"""

from collections import Counter
from dataclasses import dataclass

from schemas.enriched import Mention

LEAD = 300
"""Code points of the body that tell what the text is about: a standfirst or two sentences."""

_HEADLINE, _IN_LEAD, _FURTHER_DOWN = 0.75, 0.5, 0.25
_CENTRAL = 0.3
_HEADLINE_BONUS = 0.3
_SURFACES = 3
_SURFACE_LENGTH = 60


@dataclass(slots=True)
class Evidence:
    """Where a condition holds. `salience`: of the entities that it holds for; None for a phrase."""

    label: str
    mentions: list[Mention]
    salience: float | None = None


def strength(evidence: Evidence) -> float:
    """0 to 1, as the head of this file says."""
    places = 0.0
    headline = False
    for mention in evidence.mentions:
        if mention.field == "headline":
            headline = True
            places += _HEADLINE
        else:
            places += _IN_LEAD if mention.start < LEAD else _FURTHER_DOWN
    if evidence.salience is not None:
        attention = evidence.salience / _CENTRAL + (_HEADLINE_BONUS if headline else 0.0)
        places = min(places, attention)
    return min(1.0, places)


def reason(evidence: Evidence) -> str:
    """One line in the text's own words: `country US: "واشنطن" ×3, "الأميركي" (headline)`."""
    counts = Counter(_short(mention.surface) for mention in evidence.mentions)
    headline = {_short(each.surface) for each in evidence.mentions if each.field == "headline"}
    said = [
        f'"{surface}"'
        + (f" ×{count}" if count > 1 else "")
        + (" (headline)" if surface in headline else "")
        for surface, count in counts.most_common(_SURFACES)
    ]
    return f"{evidence.label}: {', '.join(said)}{', …' if len(counts) > _SURFACES else ''}"


def _short(surface: str) -> str:
    words = " ".join(surface.split())
    return words if len(words) <= _SURFACE_LENGTH else words[: _SURFACE_LENGTH - 1] + "…"
