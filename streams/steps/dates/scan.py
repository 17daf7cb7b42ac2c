"""Where a folded text may hold a date: windows of known words around one that can carry it.

A window is cut at unknown words, so that what it holds depends on nothing outside, and news
say the same few over and over: `on thursday`, `last year`. They are read once, see `parse`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from streams.steps.dates.lexicon import TRIGGERS, Lexicon, Token, joined_before, triggers
from streams.steps.dates.numerals import Numerals
from streams.steps.dates.roles import PUNCTUATION

DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９"
APOSTROPHES = frozenset(PUNCTUATION["apostrophe"])
WORDS_BEFORE, WORDS_AFTER = 12, 24
"""Most words of a window before and after the one that set it off."""
REACH = 200
"""Characters in which these words are looked for."""
SIGNS_BEFORE, SIGNS_AFTER = 24, 48
"""The same where words are not parted by spaces, in characters."""
AROUND = " ,.()[]'`\"’‘«»“”„،-–—/:;"
NO_POINT = AROUND.replace(".", "")
"""Of `p.m.,` the point is a part of the word."""
PARTS = re.compile(r"[^\W_]+")
JOINED_DIGITS = re.compile(r"(?:\d|[.,٫٬](?=\d))*")
LONE_NUMBER = re.compile(r"(?<!['’‘`])\d{1,3}(?=[ \n])")
"""Neither year, nor clock, nor with a suffix: most numbers of a text, that need no reading."""
NEXT_WORD = re.compile(r" *(?:[^\W_]+|.)?", re.DOTALL)
NEXT_SIGN = re.compile(r" *(?:\d+|.)?", re.DOTALL)
"""The same where words are not parted by spaces: any sign may begin one."""
HEARTS = frozenset(
    {"year", "old_year", "numeric", "month", "month_numeric", "day_month", "decade", "clock"}
)
STOP, LAST, ON = range(3)
"""Whether a window ends before a word, with it, or goes on."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Looks for the words of one language; patterns from `digits_from` on are digits.

    `beside_digits`: patterns that are no date without them, `am` and `EST`.
    `before`, `after`: what a word in front of a window, or behind it, does to it.
    """

    lexicon: Lexicon
    numerals: Numerals
    automaton: CharwiseDoubleArrayAhoCorasick
    digits_from: int
    beside_digits: frozenset[int]
    before: Callable[[str], int]
    after: Callable[[str], int]

    def windows(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each, left to right, without overlaps."""
        spaced, done, skip = self.lexicon.spaced, 0, 0
        begins = self._words_before if spaced else self._signs_before
        ends = self._words_after if spaced else self._signs_after
        digits_from, beside_digits = self.digits_from, self.beside_digits
        found: list[tuple[int, int]] = []
        for start, end, which in self.automaton.find(text):
            if start < skip:
                continue
            if which >= digits_from:
                heart, skip = self._numeral_heart(text, start, end)
                if not heart:
                    continue
            elif spaced:
                # Most words that are found are the beginning of another.
                if text[end : end + 1].isalnum():
                    continue
                unsure = text[start - 1 : start].isalnum() or which in beside_digits
                if unsure and not self._begins(text, start, end, which, done):
                    continue
            begin = begins(text, start, done)
            skip = done = ends(text, end)
            found.append((begin, done))
        return found

    def _begins(self, text: str, start: int, end: int, which: int, done: int) -> bool:
        """Whether a word begins at `start`, behind a prefix at most; beside digits, if it must."""
        beside = which in self.beside_digits
        if beside and not _beside_digits(text, start, end):
            return False
        joined = joined_before(text, start, done)
        return not joined or joined in self.lexicon.prefixes or (beside and joined.isdigit())

    def runs(self, window: str) -> Iterator[list[Token]]:
        """Runs of known words of a window that hold a heart of a date."""
        run: list[Token] = []
        at, end = 0, len(window)
        next_word = NEXT_WORD if self.lexicon.spaced else NEXT_SIGN
        while at < end:
            token = self.lexicon.token(window, at, self.numerals.token)
            if token is not None:
                run.append(token)
                at = token.end
                continue
            if _has_heart(run, window):
                yield run
            run = []
            match = next_word.match(window, at)
            at = match.end() if match else end
        if _has_heart(run, window):
            yield run

    def _numeral_heart(self, text: str, start: int, end: int) -> tuple[bool, int]:
        """Whether the digits are a heart, and where to go on looking if not."""
        if self.lexicon.spaced and (lone := LONE_NUMBER.match(text, start)):
            return False, lone.end()
        token = self.numerals.token(text, start)
        if token is None:
            # 1.2.3.2024 is a version: what is joined to it by a dot is no year either.
            joined = JOINED_DIGITS.match(text, end)
            return False, joined.end() if joined else end
        roles = token.entry.values
        short = "short_year" in roles and text[start - 1 : start] in APOSTROPHES
        if short or not HEARTS.isdisjoint(roles):
            return True, start
        return False, token.end if self.lexicon.spaced else end

    # Not `split`: mostly the first word on either side is unknown already.
    def _words_before(self, text: str, start: int, done: int) -> int:
        floor = max(done, start - REACH)
        floor = text.rfind("\n", floor, start) + 1 or floor
        begin = text.rfind(" ", floor, start) + 1 or floor
        goes, words = ON, WORDS_BEFORE
        while goes == ON and words and begin > floor:
            gap = text.rfind(" ", floor, begin - 1)
            if gap < 0 and floor == start - REACH:  # half a word
                break
            word_start = gap + 1 or floor
            goes = self.before(text[word_start : begin - 1])
            if goes != STOP:
                begin = word_start
            words -= 1
        return begin

    def _words_after(self, text: str, end: int) -> int:
        ceiling = text.find("\n", end, end + REACH)
        if ceiling < 0:
            ceiling = min(len(text), end + REACH)
        stop = text.find(" ", end, ceiling)
        stop = ceiling if stop < 0 else stop
        goes, words = ON, WORDS_AFTER
        while goes == ON and words and stop < ceiling:
            gap = text.find(" ", stop + 1, ceiling)
            if gap < 0 and ceiling == end + REACH:
                break
            word_end = ceiling if gap < 0 else gap
            goes = self.after(text[stop + 1 : word_end])
            if goes != STOP:
                stop = word_end
            words -= 1
        return stop

    def _signs_before(self, text: str, start: int, done: int) -> int:
        signs = self.lexicon.signs
        begin, floor = start, max(done, start - SIGNS_BEFORE)
        while begin > floor and (text[begin - 1] in signs or text[begin - 1].isdigit()):
            begin -= 1
        return begin

    def _signs_after(self, text: str, end: int) -> int:
        signs = self.lexicon.signs
        ceiling = min(len(text), end + SIGNS_AFTER)
        while end < ceiling and (text[end] in signs or text[end].isdigit()):
            end += 1
        return end


def scanner(lexicon: Lexicon, numerals: Numerals) -> Scanner:
    """A scanner with its automaton built."""
    words = triggers(lexicon)
    known = lexicon.words.keys() | lexicon.phrases.keys()

    def is_known(word: str) -> bool:
        return word in known or word[0].isdigit() or lexicon.digits_in(word) > 0

    def goes(word: str, nearest: int) -> int:
        bare = word.strip(AROUND)
        if not bare or is_known(bare) or word.strip(NO_POINT) in known:
            return ON
        parts = PARTS.findall(bare) or [bare]
        if all(map(is_known, parts)):
            return ON
        return LAST if is_known(parts[nearest]) else STOP

    return Scanner(
        lexicon,
        numerals,
        CharwiseDoubleArrayAhoCorasick([*words, *DIGITS], MATCH_KIND_LEFTMOST_LONGEST),
        len(words),
        frozenset(i for i, word in enumerate(words) if _needs_digits(lexicon, word)),
        before=lru_cache(maxsize=16384)(lambda word: goes(word, -1)),
        after=lru_cache(maxsize=16384)(lambda word: goes(word, 0)),
    )


def _needs_digits(lexicon: Lexicon, trigger: str) -> bool:
    entry = lexicon.words.get(trigger)
    if entry is None or entry.values.get("meridiem") == "h":  # acht Uhr
        return False
    return TRIGGERS & entry.values.keys() <= {"meridiem", "zone"}


def _beside_digits(text: str, start: int, end: int) -> bool:
    return any(map(str.isdigit, text[max(0, start - 2) : start] + text[end : end + 2]))


def _has_heart(run: Iterable[Token], window: str) -> bool:
    for token in run:
        roles = token.entry.values
        if not (TRIGGERS.isdisjoint(roles) and HEARTS.isdisjoint(roles)):
            return True
        if "short_year" in roles and window[token.start - 1 : token.start] in APOSTROPHES:
            return True
    return False
