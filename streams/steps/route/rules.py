"""A stream's conditions as a tree over numbered atoms, and how strongly the tree holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Union

from schemas.stream import Condition, CountryCondition, EntityCondition, Group, PhraseCondition

Part = Union[int, "Rule"]
"""An atom (one entity, country or phrase, wherever it is asked for), or a group of parts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A group of conditions."""

    all: tuple[Part, ...]
    any: tuple[Part, ...]
    none: tuple[Part, ...]


Wordings = tuple[tuple[str, tuple[str, ...]], ...]
"""A phrase condition as a key: (language, what it may say) in order."""


@dataclass(slots=True)
class Atoms:
    """Numbers what streams ask for; the same condition of two streams is one atom."""

    entities: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    phrases: dict[Wordings, int] = field(default_factory=dict)

    def number(self, condition: EntityCondition | CountryCondition | PhraseCondition) -> int:
        """The number of the condition's atom, a new one if it has none."""
        new = len(self.entities) + len(self.countries) + len(self.phrases)
        match condition:
            case EntityCondition():
                return self.entities.setdefault(condition.entity, new)
            case CountryCondition():
                return self.countries.setdefault(condition.country, new)
            case PhraseCondition():
                return self.phrases.setdefault(tuple(sorted(condition.phrase.items())), new)


def compile_rule(group: Group, atoms: Atoms) -> Rule:
    """The group with every condition replaced by the number of its atom."""

    def parts(conditions: tuple[Condition, ...]) -> tuple[Part, ...]:
        return tuple(
            compile_rule(each, atoms) if isinstance(each, Group) else atoms.number(each)
            for each in conditions
        )

    return Rule(parts(group.all), parts(group.any), parts(group.none))


def score(part: Part, held: Mapping[int, float], minimum: float) -> float:
    """How strongly the part holds, 0 to 1.

    `all` is as strong as its weakest part. In `any` weak parts add up: 1 - Π(1 - part).
    A part of `none` that reaches `minimum` makes it 0; a passing word does not.
    """
    if isinstance(part, int):
        return held.get(part, 0.0)
    weakest = 1.0
    for each in part.all:
        weakest = min(weakest, score(each, held, minimum))
        if not weakest:
            return 0.0
    if part.any:
        missing = 1.0
        for each in part.any:
            missing *= 1.0 - score(each, held, minimum)
        weakest = min(weakest, 1.0 - missing)
    if weakest and any(score(each, held, minimum) >= minimum for each in part.none):
        return 0.0
    return weakest


def wanted(part: Part) -> Iterator[int]:
    """The atoms that speak for the part, in the order of the file."""
    if isinstance(part, int):
        yield part
    else:
        for each in (*part.all, *part.any):
            yield from wanted(each)


def anchors(part: Part, popularity: Mapping[int, int]) -> frozenset[int]:
    """Atoms of which at least one holds whenever the part does; the fewer ask for them the better.

    A stream is looked at only when one of its anchors is in the text. So ten thousand
    streams about one country each meet an article about two of them at a few hundred.
    """
    if isinstance(part, int):
        return frozenset((part,))
    choices = [anchors(each, popularity) for each in part.all]
    if part.any:
        choices.append(frozenset().union(*(anchors(each, popularity) for each in part.any)))
    return min(choices, key=lambda atoms: (sum(popularity[a] for a in atoms), sorted(atoms)))
