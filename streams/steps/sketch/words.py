"""A text as an array of word hashes: folded, in any script, without a loop over characters.

A word is a run of letters and digits. Scripts that write no spaces give a word for each
character: it and the two after it, so that two words in a row span four characters.
"""

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LIMIT = 16_000
"""UTF-16 units of a text that are looked at: about 2,500 English words."""

_TABLE = zlib.decompress(Path(__file__).with_name("fold.v1.zlib").read_bytes())
KIND = np.frombuffer(_TABLE, np.uint8, 0x10000)
_STEP = np.frombuffer(_TABLE, "<u2", 0x10000, 0x10000)
FOLD: NDArray[np.uint16] = np.arange(0x10000, dtype=np.uint16) + _STEP
_NEWLINE, _SKIP, _POINT, _LETTER, _DIGIT, _SINGLE = range(1, 7)

_BASE = 0x9E3779B97F4A7C15
# Made once: to make a number of numpy's costs as much as to multiply a hundred by it.
_ONE, _30, _27, _31 = map(np.uint64, (1, 30, 27, 31))
_MIX, _MIX_MORE = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)

Mixed = NDArray[np.uint64]
Places = NDArray[np.intp]


def _powers_of(base: int) -> Mixed:
    factors = np.full(LIMIT, base, np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


POWERS = _powers_of(_BASE)
_INVERSES = _powers_of(pow(_BASE, -1, 2**64))
_THE_END = np.zeros(3, bool)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text: 64-bit hashes, and where each begins and ends.

    `lines`: of each line but the first, the number of words before it.
    `folded`: what is hashed of the text, in UTF-16.
    """

    hashes: Mixed
    begins: Places
    ends: Places
    lines: Places
    folded: bytes
    numeric: NDArray[np.bool_]
    unspaced: bool

    def surface(self, begin: int, end: int) -> str:
        """A part of the text as it was folded."""
        return self.folded[2 * begin : 2 * end].decode("utf-16-le", "replace")


def encode(text: str) -> bytes:
    """UTF-16, two bytes a unit. Any string will do, lone surrogates too."""
    return text.encode("utf-16-le", "surrogatepass")


def read_words(raw: bytes) -> Words:
    """The words of the first `LIMIT` units of an encoded text."""
    # What is as long as the text costs most: there are few such arrays, and they are made by
    # numpy's methods, for its functions of the same names are Python that calls those.
    units = np.frombuffer(raw, "<u2", min(len(raw) // 2, LIMIT))
    kinds = KIND.take(units)
    skips = kinds == _SKIP
    if np.count_nonzero(skips):
        units, kinds = units[~skips], kinds[~skips]
    points = (kinds == _POINT).nonzero()[0]
    if len(points):
        units, kinds = _join_numbers(units, kinds, points)

    word = np.zeros(len(units) + 2, bool)
    np.greater_equal(kinds, _LETTER, out=word[1:-1])
    singles = (kinds == _SINGLE).nonzero()[0]
    unspaced = len(singles) > 0
    if unspaced:
        word[singles + 1] = False
    edges = (word[1:] != word[:-1]).nonzero()[0]
    begins, ends = edges[::2], edges[1::2]
    if unspaced:
        begins = np.sort(np.concatenate((begins, singles)))
        ends = np.sort(np.concatenate((ends, _reach(singles))))
    lines = begins.searchsorted((kinds == _NEWLINE).nonzero()[0])
    folded = FOLD.take(units)
    hashes = _hash_spans(folded, begins, ends)
    numeric = kinds.take(begins) == _DIGIT
    return Words(hashes, begins, ends, lines, folded.tobytes(), numeric, unspaced)


def mix(values: Any) -> Mixed:
    """Spreads every bit of the input over all of the output: splitmix64's last steps."""
    values = (values ^ (values >> _30)) * _MIX
    values = (values ^ (values >> _27)) * _MIX_MORE
    mixed: Mixed = values ^ (values >> _31)
    return mixed


def _join_numbers(
    units: NDArray[np.uint16], kinds: NDArray[np.uint8], points: Places
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    # One word each: 1,000,000 as 1000000, and 2,5 as 2.5.
    before = kinds.take(points - 1, mode="clip") == _DIGIT
    joins = points[before & (kinds.take(points + 1, mode="clip") == _DIGIT)]
    if not len(joins):
        return units, kinds
    digit = np.concatenate((kinds == _DIGIT, _THE_END))
    thousands = digit.take(joins + 2) & digit.take(joins + 3) & ~digit.take(joins + 4)
    decimals = joins[~thousands]
    units = units.copy()
    units[decimals], kinds[decimals] = ord("."), _DIGIT
    keep = np.ones(len(units), bool)
    keep[joins[thousands]] = False
    return units[keep], kinds[keep]


def _reach(singles: Places) -> Places:
    """Where the words end that begin at characters of scripts without spaces."""
    next_one = np.diff(singles, append=-1) == 1
    next_two = next_one & np.append(next_one[1:], False)
    ends: Places = singles + 1 + next_one + next_two
    return ends


def _hash_spans(units: NDArray[np.uint16], begins: Places, ends: Places) -> Mixed:
    # A polynomial modulo 2**64, as differences of prefix sums: one pass, whatever the lengths.
    sums = np.zeros(len(units) + 1, np.uint64)
    np.add.accumulate((units + _ONE) * POWERS[: len(units)], out=sums[1:])
    lengths = (ends - begins).astype(np.uint64)
    return mix((sums.take(ends) - sums.take(begins)) * _INVERSES.take(begins) + lengths)
