"""What a window of known words says, before anybody asks from which day it counts.

A window is read once and remembered: nothing outside it, and no anchor, changes what it holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import digits

from streams.steps.dates.lexicon import Token
from streams.steps.dates.meant import Values
from streams.steps.dates.roles import Meaning
from streams.steps.dates.scan import Scanner
from streams.steps.dates.shapes import Found, Grammar

REMEMBERED = 16_384
ALSO = ("part", "told", "coming", "weekly", "clock", "zone")
"""A word of one meaning may carry another: `tonight` is a part of the day as well."""

HOURS = frozenset({"clock", "dotted_clock", "meridiem"})
"""Beside these, a word that says morning or evening says which of the two hours it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A form at `start` to `end` of a window, and what its words say.

    `joins`: the dates that an interval joins, each a form of its own. Equal is only what is the
    same, as windows are read once, and what they hold is a key of what it means.
    """

    start: int
    end: int
    meaning: Meaning
    values: Values
    joins: tuple["Parsed", ...]


def parser(scanner: Scanner, grammar: Grammar) -> Callable[[str], tuple[Parsed, ...]]:
    """Reads windows: all forms in one, left to right, without overlaps."""

    def parse(window: str) -> tuple[Parsed, ...]:
        return tuple(
            _parsed(found, run)
            for run in scanner.runs(window)
            for found in grammar.read("".join(token.entry.symbol for token in run))
        )

    return lru_cache(maxsize=REMEMBERED)(parse)


def _parsed(found: Found, run: Sequence[Token]) -> Parsed:
    values = {}
    # Of `днем`, "by a day", that it is the afternoon too says nothing.
    for role, index in found.roles:
        entry = run[index].entry.values
        values[role] = entry[role.rstrip(digits)]
        for also in ALSO if role != "counted" else ():
            if also in entry:
                values.setdefault(also, entry[also])
    halves = (run[index].entry.values.get("meridiem") for _, index in found.roles)
    half = next((half for half in halves if half in ("am", "pm")), None)
    if half and not HOURS.isdisjoint(values):
        values["meridiem"] = half
    joins = tuple(_parsed(join, run) for join in found.joins)
    return Parsed(run[found.first].start, run[found.last].end, found.meaning, values, joins)
