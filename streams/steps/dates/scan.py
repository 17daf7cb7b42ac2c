"""Finds the runs of date words in a folded text: only around words that can carry a date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from streams.steps.dates.fold import SURROGATE
from streams.steps.dates.lexicon import Lexicon, Token, triggers
from streams.steps.dates.numerals import Numerals
from streams.steps.dates.seed import PUNCTUATION

DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９"
APOSTROPHES = frozenset(PUNCTUATION["apostrophe"])
LOOK_BACK = 12
"""Words that a run may begin before the word that set it off."""
LONGEST_RUN = 40
BLANKS = " \t\xa0"
AROUND = " \t\xa0,.()[]'`\"’‘«»“”„،-–—/:;"
JOINED_DIGITS = re.compile(r"(?:\d|[.,٫٬](?=\d))*")
HEARTS = frozenset({"year", "old_year", "numeric", "month_numeric", "decade", "clock"})


@dataclass(frozen=True, slots=True)
class Scanner:
    """Looks for the words of one language; patterns from `digits_from` on are digits."""

    lexicon: Lexicon
    numerals: Numerals
    automaton: CharwiseDoubleArrayAhoCorasick
    digits_from: int

    def runs(self, text: str) -> Iterator[list[Token]]:
        """Runs of known words, left to right, that hold at least one heart of a date."""
        spaced, done, skip = self.lexicon.spaced, 0, 0
        for start, end, which in self._hits(text):
            if start < skip:
                continue
            heart: int | None = start
            if which >= self.digits_from:
                heart, skip = self._numeral_heart(text, start, end)
            elif spaced and text[end : end + 1].isalnum():
                continue
            elif spaced and text[start - 1 : start].isalnum():
                heart = self._before_prefix(text, start, done)
            if heart is None:
                continue
            run = self._run(text, self._left(text, heart, done), heart)
            if run:
                done = skip = run[-1].end
                yield run

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        try:
            return self.automaton.find(text)
        except UnicodeEncodeError:
            return self.automaton.find(SURROGATE.sub("?", text))

    def _before_prefix(self, text: str, start: int, done: int) -> int | None:
        """Where the word begins that ends like one of ours; None when it is another word."""
        begin = start
        while begin > done and text[begin - 1].isalnum():
            begin -= 1
        return begin if text[begin:start] in self.lexicon.prefixes else None

    def _numeral_heart(self, text: str, start: int, end: int) -> tuple[int | None, int]:
        """Where the digits begin if they are a heart, and where to go on looking."""
        token = self.numerals.token(text, start)
        if token is None:
            # 1.2.3.2024 is a version: what is joined to it by a dot is no year either.
            joined = JOINED_DIGITS.match(text, end)
            return None, joined.end() if joined else end
        roles = token.entry.values
        short = "short_year" in roles and text[start - 1 : start] in APOSTROPHES
        if short or HEARTS & roles.keys():
            return token.start, start
        return None, token.end if self.lexicon.spaced else end

    def _left(self, text: str, start: int, floor: int) -> int:
        """Where to begin reading so that the known words before `start` are of the run."""
        if not self.lexicon.spaced:
            return max(floor, start - LOOK_BACK)
        edge, floor = start, max(floor, start - LOOK_BACK * 16)
        for _ in range(LOOK_BACK):
            gap = max(text.rfind(" ", floor, edge - 1), text.rfind("\n", floor, edge), floor - 1)
            if gap >= edge - 1:
                break
            piece = text[gap + 1 : edge]
            word = piece.strip(AROUND)
            if word and not word[0].isdigit() and not self._all_known(word):
                return self._inside(piece, gap + 1, edge)
            edge = gap + 1
        return max(edge, floor)

    def _all_known(self, word: str) -> bool:
        known = self.lexicon.words
        return word in known or all(
            part.isdigit() or part in known for part in word.replace("/", "-").split("-")
        )

    def _inside(self, piece: str, start: int, edge: int) -> int:
        """After the last mark of an unknown word that touches the known one: `mid/2010`."""
        cut = max(map(piece.rfind, "([-–—/:«\"“„'‘`"))
        return start + cut + 1 if 0 <= cut < len(piece) - 1 else edge

    def _run(self, text: str, begin: int, heart: int) -> list[Token]:
        """The known words without a gap that hold the one at `heart`."""
        run: list[Token] = []
        at = begin
        while len(run) < LONGEST_RUN:
            token = self.lexicon.token(text, at, self.numerals.token)
            if token is not None:
                run.append(token)
                at = token.end
            elif at > heart or (run and run[-1].end > heart):
                break
            else:
                run.clear()
                at = _next(text, at, heart)
                if at > heart:
                    break
        return run


def scanner(lexicon: Lexicon, numerals: Numerals) -> Scanner:
    """A scanner with its automaton built."""
    words = triggers(lexicon)
    automaton = CharwiseDoubleArrayAhoCorasick([*words, *DIGITS], MATCH_KIND_LEFTMOST_LONGEST)
    return Scanner(lexicon, numerals, automaton, len(words))


def _next(text: str, at: int, heart: int) -> int:
    """The start of the next word after an unknown one, no further than the heart."""
    while at < heart and text[at] in BLANKS:
        at += 1
    if at >= heart:
        return heart + 1
    was_word = text[at].isalnum()
    at += 1
    while was_word and at < heart and text[at].isalnum():
        at += 1
    return at
