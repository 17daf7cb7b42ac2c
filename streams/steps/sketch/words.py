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
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)

Mixed = NDArray[np.uint64]
Places = NDArray[np.intp]


def _powers_of(base: int) -> Mixed:
    factors = np.full(LIMIT, base, np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


POWERS = _powers_of(_BASE)
_INVERSES = _powers_of(pow(_BASE, -1, 2**64))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text: 64-bit hashes, where each begins and ends in `units`, and its line."""

    hashes: Mixed
    begins: Places
    ends: Places
    lines: Places
    units: NDArray[np.uint16]
    numeric: NDArray[np.bool_]
    unspaced: bool

    def surface(self, word: int) -> str:
        """One word as it was folded."""
        return (
            self.units[self.begins[word] : self.ends[word]].tobytes().decode("utf-16-le", "replace")
        )


def encode(text: str) -> bytes:
    """UTF-16, two bytes a unit. Any string will do, lone surrogates too."""
    return text.encode("utf-16-le", "surrogatepass")


def read_words(raw: bytes) -> Words:
    """The words of the first `LIMIT` units of an encoded text."""
    units = np.frombuffer(raw, "<u2", min(len(raw) // 2, LIMIT))
    kinds = KIND[units]
    drop = kinds == _SKIP
    if drop.any():
        units, kinds = units[~drop], kinds[~drop]
    digit = kinds == _DIGIT
    joins = np.zeros(len(units), bool)
    joins[1:-1] = (kinds[1:-1] == _POINT) & digit[:-2] & digit[2:]
    if joins.any():
        units, kinds = _join_numbers(units, kinds, digit, np.flatnonzero(joins))
    folded = FOLD[units]

    word = kinds >= _LETTER
    single = kinds == _SINGLE
    after = np.zeros(len(units), bool)
    after[1:] = word[:-1] & ~single[:-1]
    begin = word & (~after | single)
    before = np.zeros(len(units), bool)
    before[:-1] = word[1:] & ~single[1:]
    end = word & (~before | single)
    begins, ends = np.flatnonzero(begin), np.flatnonzero(end) + 1
    unspaced = bool(single.any())
    if unspaced:
        ends = _reach_on(ends, single)
    lines = np.cumsum(kinds == _NEWLINE)[begins]
    hashes = _hash_spans(folded, begins, ends)
    return Words(hashes, begins, ends, lines, folded, kinds[begins] == _DIGIT, unspaced)


def mix(values: Any) -> Mixed:
    """Spreads every bit of the input over all of the output: splitmix64's last steps."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_MIX[0])
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_MIX[1])
    mixed: Mixed = values ^ (values >> np.uint64(31))
    return mixed


def _join_numbers(
    units: NDArray[np.uint16], kinds: NDArray[np.uint8], digit: NDArray[np.bool_], points: Places
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    # One word each: 1,000,000 as 1000000, and 2,5 as 2.5.
    units, kinds = units.copy(), kinds.copy()
    padded = np.concatenate((digit, np.zeros(4, bool)))
    thousands = padded[points + 2] & padded[points + 3] & ~padded[points + 4]
    decimals = points[~thousands]
    units[decimals], kinds[decimals] = ord("."), _DIGIT
    keep = np.ones(len(units), bool)
    keep[points[thousands]] = False
    return units[keep], kinds[keep]


def _reach_on(ends: Places, single: NDArray[np.bool_]) -> Places:
    padded = np.concatenate((single, [False, False]))
    own = padded[ends - 1]
    next_one = own & padded[ends]
    next_two = next_one & padded[np.minimum(ends + 1, len(padded) - 1)]
    return ends + next_one + next_two


def _hash_spans(units: NDArray[np.uint16], begins: Places, ends: Places) -> Mixed:
    # A polynomial modulo 2**64, as differences of prefix sums: one pass, whatever the lengths.
    sums = np.zeros(len(units) + 1, np.uint64)
    np.cumsum((units.astype(np.uint64) + np.uint64(1)) * POWERS[: len(units)], out=sums[1:])
    lengths = (ends - begins).astype(np.uint64)
    return mix((sums[ends] - sums[begins]) * _INVERSES[begins] + lengths)
