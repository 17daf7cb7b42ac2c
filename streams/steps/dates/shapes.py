"""Reads the shape of a run of words: which forms it holds, and which word plays which role."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import digits

from streams.steps.dates.lexicon import Symbols
from streams.steps.dates.roles import PAIRED, PUNCTUATION, Meaning, base_of

DATED = frozenset(
    {
        "day", "month", "year", "decade", "century", "quarter", "half", "season", "weekday",
        "near", "part", "unit", "nth", "ago", "ahead", "hijri", "jalali",
    }
)  # fmt: skip
"""Meanings that `date` stands for in the forms of an interval."""
DATE, OTHER = "\ue800", "\ue801"


@dataclass(frozen=True, slots=True)
class Found:
    """A form at words `first` to `last` of a run; `roles`: role → index of its word.

    `joins`: the dates that an interval joins, each a form of its own.
    """

    meaning: Meaning
    first: int
    last: int
    roles: tuple[tuple[str, int], ...]
    joins: tuple["Found", ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled form; its groups are its elements, each with the roles it may play.

    `opening`, `following`: the roles that the first word of it can have, and the second.
    `short`: one word may be all of it.
    """

    meaning: Meaning
    pattern: re.Pattern[str]
    elements: tuple[tuple[str, ...], ...]
    opening: frozenset[str]
    following: frozenset[str]
    short: bool


class Forms:
    """Forms by the two symbols that they can begin with: of some 250, at a word two are tried."""

    def __init__(self, forms: tuple[Form, ...], roles_of: Mapping[str, frozenset[str]]) -> None:
        self._forms = forms
        self._roles_of = roles_of
        self._by_symbol: dict[str, tuple[Form, ...]] = {}
        self._by_symbols: dict[str, tuple[Form, ...]] = {}

    def __len__(self) -> int:
        return len(self._forms)

    def beginning(self, symbols: str) -> tuple[Form, ...]:
        """Those that can begin with two symbols, or be the last one of a shape: in their order.

        None begins with punctuation.
        """
        known = self._by_symbols.get(symbols)
        if known is None:
            second = self.roles(symbols[1:])
            known = tuple(
                form
                for form in self._opened_by(symbols[0])
                if form.short or not form.following.isdisjoint(second)
            )
            self._by_symbols[symbols] = known
        return known

    def _opened_by(self, symbol: str) -> tuple[Form, ...]:
        known = self._by_symbol.get(symbol)
        if known is None:
            roles = self.roles(symbol)
            marks = not PUNCTUATION.keys().isdisjoint(roles)
            forms = () if marks else self._forms
            known = tuple(form for form in forms if not form.opening.isdisjoint(roles))
            self._by_symbol[symbol] = known
        return known

    def roles(self, symbol: str) -> frozenset[str]:
        """What a word with this symbol may be."""
        return frozenset({"date"}) if symbol == DATE else self._roles_of.get(symbol, frozenset())


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms of one language, over the symbols of its words."""

    forms: Forms
    joining: Forms

    def read(self, shape: str) -> tuple[Found, ...]:
        """What the shape holds, left to right, without overlaps."""
        found = _longest(self.forms, shape)
        if not self.joining or len(found) == 0:
            return found
        return self._joined(found, shape)

    def _joined(self, found: tuple[Found, ...], shape: str) -> tuple[Found, ...]:
        """The same with each form one symbol, and the forms of intervals read over that."""
        symbols: list[str] = []
        spans: list[tuple[int, int, Found | None]] = []
        at = 0
        for one in found:
            for i in range(at, one.first):
                symbols.append(shape[i])
                spans.append((i, i, None))
            symbols.append(DATE if one.meaning in DATED else OTHER)
            spans.append((one.first, one.last, one))
            at = one.last + 1
        for i in range(at, len(shape)):
            symbols.append(shape[i])
            spans.append((i, i, None))
        result: dict[int, Found] = {one.first: one for one in found}
        for pair in _longest(self.joining, "".join(symbols)):
            inner = tuple(spans[i][2] for role, i in pair.roles if role.startswith("date"))
            joins = tuple(one for one in inner if one is not None)
            for one in joins:
                del result[one.first]
            first, last = spans[pair.first][0], spans[pair.last][1]
            result[first] = Found(pair.meaning, first, last, (), joins)
        return tuple(result[first] for first in sorted(result))


def grammar(forms: Mapping[Meaning, tuple[str, ...]], symbols: Symbols) -> Grammar:
    """Compiles a seed's forms; call it when every word has its symbol."""
    simple: list[Form] = []
    joining: list[Form] = []
    for meaning, texts in forms.items():
        for text in texts:
            (joining if meaning in PAIRED else simple).append(_form(meaning, text, symbols))
    roles_of = {symbol: roles for roles, symbol in symbols.of.items()}
    return Grammar(Forms(tuple(simple), roles_of), Forms(tuple(joining), roles_of))


def _form(meaning: Meaning, text: str, symbols: Symbols) -> Form:
    pattern, before, after = "", "", ""
    elements: list[tuple[str, ...]] = []
    opening, following, needed = set[str](), set[str](), 0
    for element in text.split():
        roles = tuple(element.strip("()?").split("|"))
        kinds = DATE if "date" in roles else symbols.class_of(frozenset(roles))
        if not element.startswith("("):
            pattern += f"({kinds}){'?' if element.endswith('?') else ''}"
            elements.append(roles)
            if needed == 0:
                opening.update(roles)
            if needed <= 1 and len(elements) > 1:
                following.update(roles)
            needed += not element.endswith("?")
        elif elements:
            after += kinds
        else:
            before += kinds
    compiled = re.compile(f"(?<={before}){pattern}(?={after})")
    return Form(
        meaning,
        compiled,
        tuple(elements),
        frozenset(opening),
        frozenset(following),
        short=needed <= 1,
    )


def _longest(forms: Forms, shape: str) -> tuple[Found, ...]:
    found: list[Found] = []
    at = 0
    while at < len(shape):
        best: tuple[Form, re.Match[str]] | None = None
        for form in forms.beginning(shape[at : at + 2]):
            match = form.pattern.match(shape, at)
            if match and match.end() > (best[1].end() if best else at):
                best = form, match
        if best is None:
            at += 1
            continue
        found.append(_found(*best, forms.roles))
        at = best[1].end()
    return tuple(found)


def _found(form: Form, match: re.Match[str], roles_of: Callable[[str], frozenset[str]]) -> Found:
    named: dict[str, int] = {}
    for group, roles in enumerate(form.elements, start=1):
        if match[group] is None:
            continue
        have = roles_of(match[group])
        role = base_of(next(role for role in roles if role in have))
        again = sum(name.rstrip(digits) == role for name in named)
        named[f"{role}{again + 1}" if again else role] = match.start(group)
    return Found(form.meaning, match.start(), match.end() - 1, tuple(named.items()))
