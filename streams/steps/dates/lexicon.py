"""The words of one language: what each may mean, found at any place of a folded text.

Words that may mean the same things share a symbol, one character. A run of words is
thereby a short string, its shape, and a form is a regular expression over shapes.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from streams.steps.dates.roles import PUNCTUATION
from streams.steps.dates.seed import DatesSeed

Value = int | float | str | dt.date | tuple[int, str] | None
TRIGGERS = frozenset(
    {
        "month", "weekday", "season", "near", "unit", "part", "quarter", "half", "decade",
        "counted", "repeat", "now", "holiday", "meridiem", "zone", "hijri", "jalali",
        "period",
    }
)  # fmt: skip
"""Roles of words that can be the heart of an expression; the rest only stands beside one."""

ROLE = re.compile(r"[\w:-]+")
SINGLE_OUT = frozenset({"unit", "shift", "told", "counted", "period"})
"""Roles whose single values a form can ask for: `unit:quarter`; `counted:2` is a dual."""

TOKEN = re.compile(r" *(?:(?P<digit>\d)|(?P<word>[^\W\d_][^\W_]*)|(?P<mark>[^\w\s]))")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word may mean: its value in each role, and the symbol of that set of roles."""

    symbol: str
    values: Mapping[str, Value]


class Token(NamedTuple):
    """A word at its place in the folded text."""

    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class Symbols:
    """One character for each set of roles, given out in the order in which they are met."""

    of: dict[frozenset[str], str] = field(default_factory=dict)

    def entry(self, values: Mapping[str, Value]) -> Entry:
        """The entry with these values."""
        roles = frozenset(values)
        return Entry(self.of.setdefault(roles, chr(0xE000 + len(self.of))), dict(values))

    def class_of(self, roles: frozenset[str]) -> str:
        """A regular expression for one symbol that has any of the roles."""
        found = "".join(symbol for have, symbol in self.of.items() if have & roles)
        return f"[{found}]" if found else "(?!)"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of a language, folded, also with each prefix before them.

    `words`: None for a word that is only a part of phrases.
    `phrases`: first word → longer expressions that begin with it, the longest first.
    `longest`: how long a word is at most, by its first sign, where no spaces part them.
    `signs`: all characters of the words, for a language that does not part them by spaces.
    """

    spaced: bool
    words: Mapping[str, Entry | None]
    phrases: Mapping[str, tuple[tuple[str, Entry], ...]]
    prefixes: frozenset[str]
    longest: Mapping[str, int]
    signs: frozenset[str]

    def token(self, text: str, at: int, number: Callable[[str, int], Token | None]) -> Token | None:
        """The token that begins at `at`, after any blanks; None when it is no word of ours."""
        match = TOKEN.match(text, at)
        if match is None:
            return None
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        if kind == "digit":
            return number(text, start)
        if kind == "word" and not self.spaced:
            return self._unspaced(text, start)
        word = text[start:end]
        if word in self.phrases:
            for phrase, entry in self.phrases[word]:
                stop = start + len(phrase)
                if text.startswith(phrase, start) and not text[stop : stop + 1].isalnum():
                    return Token(start, stop, entry)
        if word in self.words:
            found = self.words[word]
            return Token(start, end, found) if found else None
        digits = self.digits_in(word)
        return number(text, start + digits) if digits else None

    def digits_in(self, word: str) -> int:
        """Where digits begin in a word that is a prefix and digits, `و2015`; 0 in any other."""
        if not word[-1].isdigit():
            return 0
        at = next(i for i, letter in enumerate(word) if letter.isdigit())
        return at if word[:at] in self.prefixes else 0

    def _unspaced(self, text: str, start: int) -> Token | None:
        longest = self.longest.get(text[start], 0)
        for end in range(min(len(text), start + longest), start, -1):
            entry = self.words.get(text[start:end])
            if entry:
                return Token(start, end, entry)
        return None


def lexicon(seed: DatesSeed, fold: Callable[[str], str], symbols: Symbols) -> Lexicon:
    """The seed's words, folded as the text will be."""
    words: dict[str, Entry | None] = {}
    phrases: dict[str, list[tuple[str, Entry]]] = {}
    prefixes = ["", *sorted({fold(prefix) for prefix in seed.prefixes})]
    values = _roles_of_words(seed, fold)
    # A word as it stands comes before one that a prefix makes: واحد is "one", not و and احد.
    for prefix in prefixes:
        for word, roles in values.items():
            first = TOKEN.match(word)
            lettered = first is not None and first.lastgroup == "word"
            entry = symbols.entry(roles)
            if seed.spaced and first and lettered and first.end() < len(word):
                phrases.setdefault(prefix + first.group(), []).append((prefix + word, entry))
            elif lettered or not prefix:
                words.setdefault(prefix + word, entry)
    for phrase in [phrase for found in phrases.values() for phrase, _ in found]:
        for part in phrase.split():
            words.setdefault(part, None)
    return Lexicon(
        spaced=seed.spaced,
        words=words,
        phrases={
            first: tuple(sorted(found, key=lambda item: -len(item[0])))
            for first, found in phrases.items()
        },
        prefixes=frozenset(prefixes[1:]),
        longest={} if seed.spaced else _longest(words),
        signs=frozenset("".join(words) + " :/.-"),
    )


def _longest(words: Iterable[str]) -> dict[str, int]:
    """How long the words are that begin with a sign, at most."""
    found: dict[str, int] = {}
    for word in words:
        found[word[0]] = max(found.get(word[0], 0), len(word))
    return found


def _roles_of_words(seed: DatesSeed, fold: Callable[[str], str]) -> dict[str, dict[str, Value]]:
    """Each folded word with its value in every role it may play."""
    values: dict[str, dict[str, Value]] = {}
    for word, role, value in _listed(seed):
        values.setdefault(fold(word), {}).setdefault(role, value)
    doubtful = {fold(word) for word in seed.doubtful}
    for word, roles in values.items():
        for role in {"month", "weekday"} & roles.keys():
            if word not in doubtful:
                roles[f"clear_{role}"] = None
        for role in SINGLE_OUT & roles.keys():
            value = roles[role]
            for one in value if isinstance(value, tuple) else (value,):
                roles[f"{role}:{one}"] = None
    return values


def joined_before(text: str, start: int, floor: int = 0) -> str:
    """The letters and digits before `start`, without a blank, back to `floor`."""
    begin = start
    while begin > floor and text[begin - 1].isalnum():
        begin -= 1
    return text[begin:start]


def triggers(found: Lexicon) -> tuple[str, ...]:
    """The words and phrases that a text is searched for.

    A word with a prefix is found by what follows the prefix, but for one that another word would
    hide: of `החודשים` its beginning, `החודש`, is a word itself.
    """
    phrases = [item for every in found.phrases.values() for item in every]
    entries = {
        word: of
        for word, of in (*found.words.items(), *phrases)
        if of and TRIGGERS & of.values.keys()
    }
    behind = {
        (word, len(prefix))
        for word, of in entries.items()
        for prefix in found.prefixes
        if word.startswith(prefix) and entries.get(word[len(prefix) :]) == of
    }
    bare = entries.keys() - {word for word, _ in behind}
    found_by_it = {
        word for word, start in behind if word[start:] in bare and not _is_hidden(word, start, bare)
    }
    return tuple(sorted(entries.keys() - found_by_it))


def _is_hidden(word: str, start: int, bare: AbstractSet[str]) -> bool:
    return any(
        word[begin:end] in bare for begin in range(start) for end in range(begin + 1, len(word))
    )


def _listed(seed: DatesSeed) -> Iterator[tuple[str, str, Value]]:
    """Word, role, value: all that the seed lists."""
    tables: tuple[tuple[str, Mapping[Any, tuple[str, ...]]], ...] = (
        ("month", seed.months),
        ("weekday", seed.weekdays),
        ("season", seed.seasons),
        ("part", seed.parts),
        ("unit", seed.units),
        ("quarter", seed.quarters),
        ("half", seed.halves),
        ("decade", seed.decades),
        ("number", seed.numbers),
        ("ordinal", seed.ordinals),
        ("near", seed.near),
        ("shift", seed.shifts),
        ("told", seed.told),
        ("repeat", seed.repeats),
        ("holiday", seed.holidays),
        ("meridiem", seed.meridiems),
        ("zone", seed.zones),
        *seed.calendars.items(),
    )
    for role, table in tables:
        for value, words in table.items():
            for word in words:
                yield word, role, value
    for role, both in (("counted", seed.counted), ("period", seed.periods)):
        yield from ((word, role, (n, unit)) for unit, n, word in _two_in_one(both))
    for word in seed.coming:
        yield word, "shift", 1
        yield word, "coming", 1
    for word in seed.weekly:
        yield word, "weekly", None
    for name, words in (*seed.words.items(), *_marks(seed)):
        for word in words:
            yield word, name, None


def _two_in_one(
    table: Mapping[Any, Mapping[Any, tuple[str, ...]]],
) -> Iterator[tuple[str, int, str]]:
    for unit, by_number in table.items():
        for number, words in by_number.items():
            for word in words:
                yield unit, number, word


def _marks(seed: DatesSeed) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Punctuation that some form has; any other would only make runs longer."""
    used = {role for forms in seed.forms.values() for form in forms for role in ROLE.findall(form)}
    for name in sorted(PUNCTUATION.keys() & used):
        yield name, PUNCTUATION[name]
