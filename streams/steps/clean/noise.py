"""Noise of all languages, compiled, and the rule that knows a line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from streams.steps.clean.fold import begins, ends, fold, fold_end, fold_start, holds
from streams.steps.clean.noise_seed import NoiseRule, NoiseSeed

_BETWEEN_BUTTONS = ("|", "·", "•", "/", "  ", "\t")
_LONGEST_ROW = 160
_KEY = 2
"""Characters by which beginnings are looked up: there are hundreds, a line can have a few."""


_UNSPACED_FROM = "\u2e80"
"""From here on scripts write no spaces: a phrase is not found by its first word."""

_Pattern = tuple[str, NoiseRule, Callable[[str, str], bool]]


@dataclass(frozen=True, slots=True)
class NoiseRules:
    """Made by `compile_noise`. One set for all languages: a page in one has buttons in another."""

    exact: dict[str, NoiseRule]
    prefixes: dict[str, tuple[tuple[str, NoiseRule], ...]]
    by_word: dict[str, tuple[_Pattern, ...]]
    unspaced: tuple[_Pattern, ...]
    longest: int
    photo_credits: tuple[str, ...]
    agencies: frozenset[str]


def compile_noise(seeds: Iterable[NoiseSeed]) -> NoiseRules:
    """The rules of all `seeds`; where two know the same line, the first one names it."""
    exact: dict[str, NoiseRule] = {}
    prefixes: dict[str, dict[str, NoiseRule]] = {}
    by_word: dict[str, list[_Pattern]] = {}
    photo_credits: dict[str, None] = {}
    agencies: set[str] = set()
    longest = 0
    for seed in seeds:
        for rule in seed.rules:
            for phrase in rule.exact:
                exact.setdefault(fold(phrase), rule)
            for phrase in map(fold_start, rule.prefix):
                prefixes.setdefault(phrase[:_KEY], {}).setdefault(phrase, rule)
            for phrase in map(fold_end, rule.suffix):
                by_word.setdefault(_first_word(phrase), []).append((phrase, rule, ends))
            for phrase in map(fold, rule.contains):
                by_word.setdefault(_first_word(phrase), []).append((phrase, rule, holds))
            longest = max(longest, rule.longest, *map(len, rule.exact), 0)
        photo_credits.update(dict.fromkeys(map(fold, seed.photo_credits)))
        agencies.update(map(fold, seed.agencies))
    return NoiseRules(
        exact=exact,
        prefixes={key: tuple(known.items()) for key, known in prefixes.items()},
        by_word={word: tuple(known) for word, known in by_word.items() if word},
        unspaced=tuple(by_word.get("", ())),
        # Folding takes some characters off a line, never that many.
        longest=longest + 40,
        photo_credits=tuple(photo_credits),
        agencies=frozenset(agencies),
    )


def rule_of(line: str, text: str, rules: NoiseRules) -> NoiseRule | None:
    """The rule that knows `line`, whose fold is `text`; None if it may be the article's own."""
    if not text or len(line) > rules.longest:
        return None
    rule = rules.exact.get(text)
    if rule is not None:
        return rule
    for key in (text[:_KEY], text[:1]):
        for phrase, rule in rules.prefixes.get(key, ()):
            if len(line) <= rule.longest and begins(text, phrase):
                return rule
    words = text.split()
    patterns = rules.unspaced
    if not rules.by_word.keys().isdisjoint(words):
        patterns += tuple(chain.from_iterable(rules.by_word.get(word, ()) for word in words))
    for phrase, rule, test in patterns:
        if len(line) <= rule.longest and test(text, phrase):
            return rule
    return _row_of_buttons(line, words, rules)


def _first_word(phrase: str) -> str:
    return "" if phrase >= _UNSPACED_FROM else phrase.split(maxsplit=1)[0]


def _row_of_buttons(line: str, words: list[str], rules: NoiseRules) -> NoiseRule | None:
    """The first button's rule, when `line` is nothing but buttons: "Share | Print | Close"."""
    if len(line) > _LONGEST_ROW:
        return None
    for separator in _BETWEEN_BUTTONS:
        if separator in line:
            buttons = [fold(part) for part in line.split(separator)]
            break
    else:
        buttons = words
    known = [rules.exact.get(button) for button in buttons if button]
    return known[0] if len(known) > 1 and all(known) else None
