"""`languages.yaml`, compiled, with the detector it completes."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import eldc

from streams.steps.language.seed import LanguagesSeed, Telltale

_RANKED = 8
"""Languages that the detector scores, best first."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A telltale, its letters and words as sets."""

    code: str
    letters: frozenset[str]
    never: frozenset[str]
    words: frozenset[str]
    against: frozenset[str]
    instead_of: frozenset[str]
    least: float


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """Made by `compile_languages`.

    Attributes:
        scores: the likeliest languages of a text, best first.
        script_of: which script a letter belongs to; None if to none that is known.
        strange_to: by language, what finds letters that its alphabet has not.
        telling: by script, what finds a letter that is one of its `signs`.
    """

    scores: Callable[[str], dict[str, float]]
    script_of: Callable[[str], str | None]
    only: dict[str, str]
    weights: dict[str, int]
    scripts_of: dict[str, frozenset[str]]
    strange_to: dict[str, re.Pattern[str]]
    signs: dict[str, tuple[Signs, ...]]
    telling: dict[str, re.Pattern[str]]
    codes: dict[str, str]
    alike: dict[str, frozenset[str]]


def compile_languages(seed: LanguagesSeed) -> LanguageRules:
    """Loads the detector, once for the process, and what it is completed by."""
    ranges = sorted(
        (int(text.split("-")[0], 16), int(text.split("-")[1], 16), code)
        for code, script in seed.scripts.items()
        for text in script.ranges
    )
    only = {code: script.only for code, script in seed.scripts.items() if script.only}
    scripts_of = {code: set(language.scripts) for code, language in seed.languages.items()}
    for script, code in only.items():
        scripts_of.setdefault(code, set()).add(script)
    signs: dict[str, list[Signs]] = {}
    for telltale in seed.telltales:
        for script in scripts_of[telltale.code]:
            signs.setdefault(script, []).append(_signs(telltale))
    known = {code: code for code in scripts_of}
    by_three_letters = dict(zip(eldc.LANGUAGES_ISO2T, eldc.LANGUAGES, strict=True))
    return LanguageRules(
        scores=_detector(),
        script_of=_script_of(ranges),
        only=only,
        weights={code: script.weight for code, script in seed.scripts.items()},
        scripts_of={code: frozenset(scripts) for code, scripts in scripts_of.items()},
        strange_to={
            code: re.compile(f"[^{re.escape(language.letters)}]")
            for code, language in seed.languages.items()
            if language.letters
        },
        signs={script: tuple(found) for script, found in signs.items()},
        telling={
            script: re.compile(f"[{re.escape(letters)}]")
            for script, found in signs.items()
            if (letters := "".join(letter for sign in found for letter in sign.letters))
        },
        codes=by_three_letters | seed.aliases | known,
        alike={code: frozenset(group) for group in seed.alike for code in group},
    )


def _detector() -> Callable[[str], dict[str, float]]:
    eldc.init()
    detector = eldc.instance()
    detector.set_scheme("iso639-1")
    detector.set_scores(_RANKED)

    def scores(text: str) -> dict[str, float]:
        # It takes its text as C does: UTF-8, up to the first NUL.
        readable = text.replace("\0", " ")
        try:
            details = detector.detect_details(readable)
        except UnicodeEncodeError:  # half a character
            details = detector.detect_details(readable.encode("utf-8", "ignore").decode())
        found: dict[str, float] = details.scores
        return found

    return scores


def _signs(telltale: Telltale) -> Signs:
    return Signs(
        telltale.code,
        frozenset(telltale.letters),
        frozenset(telltale.never),
        frozenset(telltale.words),
        frozenset(telltale.against),
        frozenset(telltale.instead_of),
        telltale.least,
    )


def _script_of(ranges: list[tuple[int, int, str]]) -> Callable[[str], str | None]:
    starts = [start for start, _, _ in ranges]

    @lru_cache(maxsize=8192)  # letters are few, and each text asks for dozens
    def script_of(letter: str) -> str | None:
        point = ord(letter)
        place = bisect_right(starts, point) - 1
        _, end, code = ranges[place]
        return code if place >= 0 and point <= end else None

    return script_of
