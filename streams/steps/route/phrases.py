"""Finds the phrases of all streams in one pass over the text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import daachorse

from schemas.enriched import Field, Mention

# Vowel signs, tatweel, stress marks, soft hyphens, joiners, bidi controls, lone surrogates.
_HIDDEN = re.compile(
    "[\u00ad\u0300\u0301\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
_ONE_SPELLING = (
    *(("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ئ", "ي")),
    *(("ؤ", "و"), ("ة", "ه"), ("ک", "ك"), ("ё", "е"), ("ı", "i")),
    *(("\n", " "), ("\t", " "), ("\u00a0", " "), ("\u202f", " ")),
    *(("’", "'"), ("-", " "), ("‐", " "), ("‑", " "), ("–", " "), ("—", " ")),
)
# Scripts that put no space between words: Thai to Khmer, kana, Han.
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# What an Arabic word may carry in front: and, so, by, for, as, the.
_CLITICS = frozenset(
    (
        *("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل"),
        *("ال", "وال", "فال", "بال", "وبال", "فبال", "كال", "لل", "ولل", "فلل"),
    )
)
_LONGEST_CLITIC = max(map(len, _CLITICS))
_LONGEST_ENDING = 24


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What follows the piece that the automaton found.

    `rest`: the pieces after each `*`. `open`: the phrase ends with `*`.
    """

    atom: int
    rest: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases, ready to be found: `patterns[i]` belong to the automaton's piece i."""

    automaton: daachorse.CharwiseDoubleArrayAhoCorasick
    patterns: tuple[tuple[_Pattern, ...], ...]


def compile_phrases(
    phrases: Iterable[tuple[int, Mapping[str, tuple[str, ...]]]],
) -> dict[str, Phrases]:
    """The phrases, given as (atom, language → wordings), by language; under `und` all."""
    pieces: dict[str, dict[str, list[_Pattern]]] = {"und": {}}
    for atom, wordings in phrases:
        for language, phrase in ((key, each) for key in wordings for each in wordings[key]):
            first, *rest = (_folded(piece) for piece in _plain(phrase).split("*"))
            opened = bool(rest) and not rest[-1]
            pattern = _Pattern(atom, tuple(rest[:-1] if opened else rest), opened)
            firsts = [first] if first else []  # nothing is left of what is all vowel signs
            if first.startswith("ال"):
                # "for the" is written in one: للبيت الأبيض.
                firsts.append("لل" + first[2:])
            for piece in firsts:
                for spoken in (language, "und"):
                    pieces.setdefault(spoken, {}).setdefault(piece, []).append(pattern)
    return {
        language: Phrases(
            daachorse.CharwiseDoubleArrayAhoCorasick(list(found)),
            tuple(tuple(patterns) for patterns in found.values()),
        )
        for language, found in pieces.items()
    }


def find_phrases(
    headline: str | None, body: str, language: str, phrases: Mapping[str, Phrases]
) -> dict[int, list[Mention]]:
    """Where each phrase is said, by atom.

    Args:
        headline: The text's headline, if any.
        body: The text.
        language: Its BCP 47 code. A phrase counts in a text of its own language, and
            in one whose language is not known (`und`).
        phrases: From `compile_phrases`.

    Returns:
        Mentions in order, none within another of the same atom. Their offsets are
        into the text as compared: one space between words, no vowel signs.
    """
    found: dict[int, list[Mention]] = {}
    spoken = phrases.get(language.partition("-")[0])
    if spoken is None:
        return found
    if headline:
        _find_in("headline", headline, spoken, found)
    _find_in("body", body, spoken, found)
    return found


def _find_in(field: Field, text: str, phrases: Phrases, found: dict[int, list[Mention]]) -> None:
    plain = _plain(text)
    folded = _folded(plain)
    spans = [
        (start, -last, pattern.atom)
        for start, end, index in phrases.automaton.find_overlapping(folded)
        if _starts_word(folded, start)
        for pattern in phrases.patterns[index]
        if (last := _end(folded, end, pattern))
    ]
    ends: dict[int, int] = {}
    for start, minus_last, atom in sorted(spans):
        if start >= ends.get(atom, 0):
            ends[atom] = -minus_last
            mention = Mention(field, start, -minus_last, plain[start:-minus_last])
            found.setdefault(atom, []).append(mention)


def _plain(text: str) -> str:
    """The text as its readers see it: composed, nothing hidden, one space between words."""
    if not text.isascii():
        text = _HIDDEN.sub("", unicodedata.normalize("NFC", text))
    if "  " in text or " \n" in text or "\r" in text:
        # Rare, and as dear as all the rest: only for lines that a wire broke and indented.
        text = " ".join(text.split())
    return text


def _folded(plain: str) -> str:
    """`plain` without differences of spelling; each character stays at its place."""
    # The only letter whose lower case is longer than itself.
    folded = plain.replace("İ", "i").lower()
    for variant, one in _ONE_SPELLING:
        folded = folded.replace(variant, one)
    return folded


def _starts_word(text: str, at: int) -> bool:
    if at == 0 or not text[at - 1].isalnum() or _UNSPACED.match(text, at):
        return True
    start = at - 1
    while start > 0 and at - start <= _LONGEST_CLITIC and text[start - 1].isalnum():
        start -= 1
    return text[start:at] in _CLITICS


def _end(text: str, at: int, pattern: _Pattern) -> int:
    """Where the phrase ends whose first piece ended at `at`; 0 when it is not said."""
    for piece in pattern.rest:
        at = _word_end(text, at)
        if not text.startswith(piece, at):
            return 0
        at += len(piece)
    end = _word_end(text, at)
    if pattern.open or end == at or _UNSPACED.match(text, at - 1):
        return end if pattern.open else at
    return 0


def _word_end(text: str, at: int) -> int:
    # Bounded: in a script without spaces a word would not end.
    for character in text[at : at + _LONGEST_ENDING]:
        if not character.isalnum():
            break
        at += 1
    return at
