"""The word pairs of an article in six bits each: enough to say how many of another's it has."""

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

BITS_A_PAIR = 6
HASHES = 2
_SECOND = np.uint32(0x85EBCA6B)
_SHIFT, _HALF = np.uint32(15), np.uint64(32)


class Question:
    """Pairs made ready to be looked for in many filters."""

    def __init__(self, pairs: Hashes) -> None:
        self.count = len(pairs)
        self._hashes = np.empty((HASHES, len(pairs)), np.uint64)
        self._hashes[0] = pairs
        self._hashes[1] = (pairs ^ (pairs >> _SHIFT)) * _SECOND

    def places(self, size: int) -> NDArray[np.int64]:
        """For each of the hashes and pairs, its bit in a filter of this size."""
        # A hash is a fraction of 2**32: to multiply is the cheap way to spread it.
        places = (self._hashes * np.uint64(size)) >> _HALF
        # Of the type that numpy has for places they are looked up in half the time.
        own: NDArray[np.int64] = places.view(np.int64)
        return own


class Filter:
    """A filter made ready for questions."""

    def __init__(self, bits: bytes) -> None:
        self._bits = np.unpackbits(np.frombuffer(bits, np.uint8)).view(bool)
        full = int(np.count_nonzero(self._bits)) / max(1, len(self._bits))
        self._false = full**HASHES

    def shared(self, question: Question) -> float:
        """About how many of the pairs it was made of, without those it has by chance."""
        first, second = self._bits[question.places(len(self._bits))]
        hits = int(np.count_nonzero(first & second))
        if hits == question.count or self._false >= 1:
            return float(hits)
        return max(0.0, (hits - question.count * self._false) / (1 - self._false))


def make(question: Question) -> bytes:
    """The filter of these pairs, as bytes."""
    size = max(1, -(-question.count * BITS_A_PAIR // 8))
    bits = np.zeros(8 * size, bool)
    bits[question.places(8 * size)] = True
    return np.packbits(bits).tobytes()
