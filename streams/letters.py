"""Letters read as others or left out: a whole text at once, and the way back to its offsets."""

from bisect import bisect_right
from codecs import utf_32_le_decode, utf_32_le_encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

BASIC = 0x10000
"""Code points of the basic plane: as long are the tables."""
_LEFT_OUT = 0xFFFF
"""In the table: a code point that no text may use, of the basic plane so that texts stay small."""
_MARK = chr(_LEFT_OUT)
_SPACE = ord(" ")


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of `text`, half a character among them."""
    # The codec itself: by its name it is looked up, and called through Python, every time.
    return np.frombuffer(utf_32_le_encode(text, "surrogatepass")[0], "<u4")


def text_of(codes: NDArray[np.uint32]) -> str:
    """The text of these code points, which must be contiguous."""
    return utf_32_le_decode(codes.data)[0]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made alike, and the way back.

    `gaps`: for each letter that was left out, how many letters of `text` stand before it.
    """

    text: str
    gaps: list[int]

    def original(self, position: int) -> int:
        """The offset in the original of the letter at `position` of `text`."""
        return position + bisect_right(self.gaps, position) if self.gaps else position

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that `start:end` came from, with the marks that follow it."""
        return (self.original(start), self.original(end)) if self.gaps else (start, end)


class Letters:
    """Reads texts and words in the same way: in lower case, one letter for each that is kept.

    A table does all at once: 4 KB of Arabic in 15 µs, where `str.translate` takes 126, and a
    `.replace` for each letter and mark 60. It has the letters of the basic plane; of those
    beyond it each is read as it is, and half of one, a lone surrogate, as a space.

    Args:
        read_as: pairs of a letter and the one it is read as, which a later pair may change.
        left_out: marks.
        blanks_once: whether several spaces are one.
    """

    def __init__(
        self,
        read_as: Iterable[tuple[str, str]],
        left_out: Iterable[str],
        *,
        blanks_once: bool = False,
    ) -> None:
        table = _small_letters().copy()
        for letter, instead in read_as:
            table[table == ord(letter)] = ord(instead)
        for mark in left_out:
            table[table == ord(mark)] = _LEFT_OUT
        self._table = table
        self._ascii = bytes(table[:128].tolist()) + bytes(128)
        self._blanks_once = blanks_once

    def __call__(self, text: str) -> Folded:
        """`text` in lower case, with letters read as others and marks left out."""
        if text.isascii():
            folded = text.encode().translate(self._ascii).decode()
            if not (self._blanks_once and "  " in folded):
                return Folded(folded, [])
        letters = self._read(code_points(text))
        folded = text_of(letters)
        if _MARK not in folded and not (self._blanks_once and "  " in folded):
            return Folded(folded, [])
        gone = letters == _LEFT_OUT
        folded = folded.replace(_MARK, "")
        if self._blanks_once and "  " in folded:
            gone = _with_blanks_again(letters, gone)
            folded = text_of(letters[~gone])
        return Folded(folded, _gaps(gone))

    def fold(self, text: str) -> str:
        """`text` as it is read."""
        return self(text).text

    def _read(self, codes: NDArray[Any]) -> NDArray[Any]:
        try:
            return self._table.take(codes)
        except IndexError:
            return np.where(
                codes < BASIC, self._table.take(codes, mode="clip"), codes.astype("<u4")
            )


def _with_blanks_again(letters: NDArray[Any], gone: NDArray[Any]) -> NDArray[Any]:
    """What goes, with every blank that follows another one."""
    kept = (~gone).nonzero()[0]
    blank = letters.take(kept) == _SPACE
    again = gone.copy()
    again[kept[1:][blank[1:] & blank[:-1]]] = True
    return again


def _gaps(gone: NDArray[Any]) -> list[int]:
    places = gone.nonzero()[0]
    gaps: list[int] = (places - np.arange(len(places))).tolist()
    return gaps


@cache
def _small_letters() -> NDArray[np.uint32]:
    # Once for all languages: nineteen tables take 20 ms so, and 240 if each makes its own.
    table = np.arange(BASIC, dtype="<u4")
    for code in range(BASIC):
        small = chr(code).lower()
        # İ becomes two letters; offsets matter more than its dot.
        if len(small) == 1:
            table[code] = ord(small)
    table[0xD800:0xE000] = _SPACE
    return table
