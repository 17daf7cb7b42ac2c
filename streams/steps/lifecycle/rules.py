"""The phrases of all languages, compiled: each to the one shape in which it counts."""

import re
from dataclasses import dataclass
from itertools import chain

from streams.steps.lifecycle.fold import fold
from streams.steps.lifecycle.seed import ANYTHING, Action, LifecycleSeed

KEY = 2
"""Characters by which a phrase is looked up."""

GRAVE: frozenset[Action] = frozenset(("kill", "hold"))
"""What takes a story away. A word of an ordinary headline must never do that."""

OPENING = "([{<«【《〈〔「『"
CLOSING = ")]}>»】》〉〕」』"

_BRACKET = f"[{re.escape(CLOSING)}]"
# A hyphen without spaces is a separator after capitals only: "CORRECTED-Oil", "Repeat-offender".
_SEPARATOR = rf"(?:\s*(?:[:*/|;(]|{_BRACKET}|\.(?!\w)|-{{2}}|[–—]|(?m:$))|\s-|(?P<glued>-))"
_GRAVE_SEPARATOR = rf"(?:\s*(?:[:*]|{_BRACKET}|/\s|\.?\s*(?m:$))|\s+[-–—]+\s)"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase. `shape` fits the folded text from the phrase on, its group `words` the phrase.

    `start` is what the fold begins with, `inside` fits what is alone in brackets.
    """

    action: Action
    start: str
    shape: re.Pattern[str]
    inside: re.Pattern[str] | None
    capitals: bool
    bracketed: bool
    note: bool


@dataclass(frozen=True, slots=True)
class LifecycleRules:
    """Made by `compile_lifecycle`. One set for all languages: desks write English in each.

    `starts`: by its first characters, every word with which a marker can begin.
    """

    phrases: dict[str, tuple[Phrase, ...]]
    senders: tuple[str, ...]
    starts: dict[str, tuple[str, ...]]
    signals: dict[str, Action]


def compile_lifecycle(seed: LifecycleSeed) -> LifecycleRules:
    """The rules of `seed`; of two phrases that fit, the longer one counts."""
    known: dict[str, list[Phrase]] = {}
    for phrase in _phrases(seed):
        known.setdefault(phrase.start[:KEY], []).append(phrase)
    senders = tuple(map(fold, seed.senders))
    starts: dict[str, dict[str, None]] = {}
    for word in (*(each.start for each in chain.from_iterable(known.values())), *senders):
        starts.setdefault(word[:KEY], {})[word] = None
    return LifecycleRules(
        phrases={key: tuple(phrases) for key, phrases in known.items()},
        senders=senders,
        starts={key: tuple(words) for key, words in starts.items()},
        signals={signal: action for action, signals in seed.signals.items() for signal in signals},
    )


def _phrases(seed: LifecycleSeed) -> list[Phrase]:
    written = {
        phrase: action
        for words in seed.languages.values()
        for action, phrases in words.phrases.items()
        for phrase in phrases
    }
    # The longer one first: "KILL KILL KILL …" before "KILL:".
    return [_compile(each, written[each]) for each in sorted(written, key=len, reverse=True)]


def _compile(written: str, action: Action) -> Phrase:
    opens = written.startswith("(")
    open_ended = written.endswith(ANYTHING)
    bracketed = opens and not open_ended
    text = fold(
        written.strip(f"({ANYTHING} ").removesuffix(")") if opens or open_ended else written
    )
    words = rf"(?P<words>{_pattern(text)})"
    ends_itself = not (text[-1].isalnum() or text[-1] == "#" or open_ended)
    number = "" if action in GRAVE or "#" in text else r"(?:\s*\d{1,2})?"
    if open_ended:
        shape = rf"{words}(?!\w)"
    elif bracketed:
        shape = rf"(?P<words>{_pattern(text)}{number})\s*{_BRACKET}"
    elif ends_itself:
        shape = words
    else:
        separator = _GRAVE_SEPARATOR if action in GRAVE else _SEPARATOR
        shape = rf"(?P<words>{_pattern(text)}{number}){separator}"
    return Phrase(
        action=action,
        start=text.partition("#")[0].split(maxsplit=1)[0],
        shape=re.compile(shape),
        inside=None if ends_itself or (opens and open_ended) else re.compile(words + number),
        capitals=written != written.lower(),
        bracketed=bracketed,
        note=opens and open_ended,
    )


def _pattern(text: str) -> str:
    """A regular expression for the words of a seed: `#` is a number, a space any spaces."""
    return r"\s+".join(re.escape(word).replace(r"\#", r"\d{1,2}") for word in text.split())
