"""The word pairs of an article in six bits each: enough to say how many of another's it has."""

import numpy as np
from numpy.typing import NDArray

from streams.sketches import Hashes

BITS_A_PAIR = 6
HASHES = 2
_SECOND = np.uint32(0x85EBCA6B)

Bits = NDArray[np.uint8]


def make(pairs: Hashes) -> Bits:
    """The filter of these pairs, as bytes."""
    size = max(1, -(-len(pairs) * BITS_A_PAIR // 8))
    bits = np.zeros(8 * size, bool)
    for places in _places(pairs, 8 * size):
        bits[places] = True
    return np.packbits(bits)


class Filter:
    """A filter made ready for questions."""

    def __init__(self, bits: Bits) -> None:
        self._bits = np.unpackbits(bits).view(bool)
        self._false = float(self._bits.mean()) ** HASHES

    def shared(self, pairs: Hashes) -> float:
        """About how many of the pairs it was made of, without those it has by chance."""
        first, second = _places(pairs, len(self._bits))
        hits = int((self._bits[first] & self._bits[second]).sum())
        if hits == len(pairs) or self._false >= 1:
            return float(hits)
        return max(0.0, (hits - len(pairs) * self._false) / (1 - self._false))


def _places(pairs: Hashes, size: int) -> tuple[Hashes, Hashes]:
    # The pair's own upper bits would do for the first, but the lower ones are as good.
    mixed = (pairs ^ (pairs >> np.uint32(15))) * _SECOND
    return pairs % np.uint32(size), mixed % np.uint32(size)
