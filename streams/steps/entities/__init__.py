"""Who, where and what an article speaks of: names from a gazetteer, found in one pass.

    rows of seeds/entities ─┐
    languages/*/forms.yaml ─┴─ compile_gazetteer ─→ Gazetteer ─→ find_entities(headline, body)

Grammar is done once, at start: every form of every name (case endings, attached
prepositions, adjectives of countries) is a pattern of one automaton. An article then costs
one fold of its letters and one pass.
"""

from streams.steps.entities.compiling import clashes, compile_gazetteer
from streams.steps.entities.finding import find, find_entities, rivals
from streams.steps.entities.gazetteer import Gazetteer, unpack
from streams.steps.entities.grammar import FormsSeed
from streams.steps.entities.rows import EntityRow
from streams.steps.entities.titles import TitlesSeed

__all__ = [
    "EntityRow",
    "FormsSeed",
    "Gazetteer",
    "TitlesSeed",
    "clashes",
    "compile_gazetteer",
    "find",
    "find_entities",
    "rivals",
    "unpack",
]
