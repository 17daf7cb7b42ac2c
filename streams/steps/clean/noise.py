"""Noise of all languages, compiled, and the rule that knows a line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from streams.steps.clean.fold import begins, ends, fold, fold_end, fold_start, holds
from streams.steps.clean.noise_seed import NoiseRule, NoiseSeed

_BETWEEN_BUTTONS = ("|", "·", "•", "/", "  ", "\t")
_Pattern = tuple[str, NoiseRule, Callable[[str, str], bool]]


@dataclass(frozen=True, slots=True)
class NoiseRules:
    """Made by `compile_noise`. One set for all languages: a page in one has buttons in another."""

    exact: dict[str, NoiseRule]
    patterns: tuple[_Pattern, ...]
    longest: int
    photo_credits: tuple[str, ...]
    agencies: frozenset[str]


def compile_noise(seeds: Iterable[NoiseSeed]) -> NoiseRules:
    """The rules of all `seeds`; where two know the same line, the first one names it."""
    exact: dict[str, NoiseRule] = {}
    patterns: dict[tuple[str, Callable[[str, str], bool]], NoiseRule] = {}
    photo_credits: dict[str, None] = {}
    agencies: set[str] = set()
    for seed in seeds:
        for rule in seed.rules:
            for phrase in rule.exact:
                exact.setdefault(fold(phrase), rule)
            for phrase in rule.prefix:
                patterns.setdefault((fold_start(phrase), begins), rule)
            for phrase in rule.suffix:
                patterns.setdefault((fold_end(phrase), ends), rule)
            for phrase in rule.contains:
                patterns.setdefault((fold(phrase), holds), rule)
        photo_credits.update(dict.fromkeys(map(fold, seed.photo_credits)))
        agencies.update(map(fold, seed.agencies))
    lengths = [*map(len, exact), *(rule.longest for rule in patterns.values())]
    return NoiseRules(
        exact=exact,
        patterns=tuple((phrase, rule, test) for (phrase, test), rule in patterns.items()),
        # Folding takes some characters off a line, never that many.
        longest=max(lengths, default=0) + 40,
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
    for phrase, candidate, test in rules.patterns:
        if phrase in text and len(line) <= candidate.longest and test(text, phrase):
            return candidate
    return _row_of_buttons(line, rules)


def _row_of_buttons(line: str, rules: NoiseRules) -> NoiseRule | None:
    """The first button's rule, when `line` is nothing but buttons: "Share | Print | Close"."""
    for separator in _BETWEEN_BUTTONS:
        if separator in line:
            buttons = [fold(part) for part in line.split(separator)]
            break
    else:
        buttons = [fold(word) for word in line.split()]
    known = [rules.exact.get(button) for button in buttons if button]
    return known[0] if len(known) > 1 and all(known) else None
