"""Compiles the seeds of all languages into what finding dates runs on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from streams.letters import Letters
from streams.steps.dates.cues import Telling, cues_told
from streams.steps.dates.fold import folder
from streams.steps.dates.lexicon import Symbols, lexicon
from streams.steps.dates.numerals import numerals
from streams.steps.dates.parse import Parsed, parser
from streams.steps.dates.scan import Scanner, scanner
from streams.steps.dates.seed import DatesSeed, Suffixes
from streams.steps.dates.shapes import grammar

Key = TypeVar("Key")
ANY_LANGUAGE = DatesSeed(forms={"day": ("numeric",)})
"""What is read when the language is not known: 2024-11-07 and the like."""


ALL = "mul"


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """One language, compiled."""

    letters: Letters
    scanner: Scanner
    parse: Callable[[str], tuple[Parsed, ...]]
    telling: Telling


@dataclass(frozen=True, slots=True)
class DateRules:
    """Every language, by its code; compiled when a text of it comes, as that takes a while.

    `other`: what is read in a text of a language without a seed.
    """

    seeds: Mapping[str, DatesSeed]
    other: LanguageRules
    _made: dict[str, LanguageRules] = field(default_factory=dict)

    def of(self, language: str) -> LanguageRules:
        """The rules for a BCP 47 code: `pt-BR` is read as `pt`."""
        code = language if language in self.seeds else language.partition("-")[0].lower()
        if code not in self.seeds:
            return self.other
        if code not in self._made:
            self._made[code] = _compiled(self.seeds[code])
        return self._made[code]

    @property
    def any(self) -> LanguageRules:
        """The words of all languages at once, for lines in two languages."""
        if ALL not in self._made:
            self._made[ALL] = _compiled(_merged([self.seeds[code] for code in sorted(self.seeds)]))
        return self._made[ALL]

    def compile_all(self) -> None:
        """Now, so that no article waits for it."""
        for code in self.seeds:
            self.of(code)
        _ = self.any


def compile_dates(languages: Mapping[str, DatesSeed]) -> DateRules:
    """The rules of these languages. The same seeds give the same rules."""
    return DateRules(languages, _compiled(ANY_LANGUAGE))


def _merged(seeds: list[DatesSeed]) -> DatesSeed:
    """The words of all seeds that a date in full may have; no forms."""

    def union(tables: list[dict[Key, tuple[str, ...]]]) -> dict[Key, tuple[str, ...]]:
        merged: dict[Key, tuple[str, ...]] = {}
        for table in tables:
            for key, words in table.items():
                merged[key] = (*merged.get(key, ()), *words)
        return merged

    return DatesSeed(
        fold={key: value for seed in seeds for key, value in seed.fold.items()},
        ignored="".join(seed.ignored for seed in seeds),
        prefixes=(),
        suffixes=Suffixes(ordinal=tuple(s for seed in seeds for s in seed.suffixes.ordinal)),
        months=union([seed.months for seed in seeds]),
        weekdays=union([seed.weekdays for seed in seeds]),
        parts=union([seed.parts for seed in seeds]),
        meridiems=union([seed.meridiems for seed in seeds]),
        zones=union([seed.zones for seed in seeds]),
        words=union([seed.words for seed in seeds]),
    )


def _compiled(seed: DatesSeed) -> LanguageRules:
    folding = folder(sorted(seed.fold.items()), seed.ignored)
    symbols = Symbols()
    words = lexicon(seed, folding.fold, symbols)
    digits = numerals(seed, folding.fold, symbols)
    finds = scanner(words, digits)
    return LanguageRules(
        letters=folding,
        scanner=finds,
        parse=parser(finds, grammar(seed.forms, symbols)),
        telling=cues_told(seed.cues, folding.fold, spaced=seed.spaced),
    )
