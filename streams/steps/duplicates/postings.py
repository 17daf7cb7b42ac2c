"""Which articles have a key: an index of fixed-size buckets, like a processor's cache.

A key belongs to one bucket of 16 places; a new posting takes an empty place, or that of
the oldest article. So nothing is ever searched further, nothing must be deleted when the
window moves on, and what is too full forgets its oldest first.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from streams.bloom import Hashes

PLACES = 16
"""Eight bytes each: two cache lines a bucket."""
HOT = 8
"""Articles that one key may hold in its bucket, the newest ones: a footer is in all of them."""
FULL = 0.75
_FIRST_BITS = 8
_GOLDEN = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was found of some keys; a row of 16 places for each."""

    keys: Hashes
    oldest: int
    buckets: NDArray[np.uint32]
    held: NDArray[np.uint32]
    same: NDArray[np.bool_]
    bits: int

    def first(self, count: int) -> "Look":
        """The same of the first keys only."""
        if count == len(self.keys):
            return self
        parts = (self.buckets[:count], self.held[:count], self.same[:count])
        return Look(self.keys[:count], self.oldest, *parts, self.bits)

    def articles(self, first: int, last: int | None = None) -> list[int]:
        """The articles that have these keys, one for each key that they have."""
        found: list[int] = self.held[first:last][self.same[first:last]].tolist()
        return found


class Postings:
    """Keys, 32-bit, to the numbers of the articles that have them. Numbers grow, from 1 on.

    `oldest`, always: the first number that is still of interest, at least 1.
    """

    def __init__(self) -> None:
        self._bits = _FIRST_BITS
        self._keys, self._articles = _empty(self._bits)
        self._count = 0

    @property
    def nbytes(self) -> int:
        """Memory of the tables."""
        return int(self._keys.nbytes + self._articles.nbytes)

    def look(self, keys: Hashes, oldest: int) -> "Look":
        """Where the keys are, and which articles from `oldest` on have them."""
        buckets = (keys * _GOLDEN) >> np.uint32(32 - self._bits)
        held = self._articles.take(buckets, axis=0)
        same = (self._keys.take(buckets, axis=0) == keys[:, None]) & (held >= oldest)
        return Look(keys, oldest, buckets, held, same, self._bits)

    def add(self, look: "Look", count: int, article: int) -> None:
        """Remembers that the article, newer than all before it, has the first `count` keys.

        `look`: no other was added since.
        """
        if self._count + count > FULL * self._articles.size:
            self._make_room(look.oldest)
        if look.bits != self._bits:
            look = self.look(look.keys, look.oldest)
        self._count += count
        left = self._put(look.first(count), article)
        while len(left):
            left = self._put(self.look(left, look.oldest), article)

    def _put(self, look: Look, article: int) -> Hashes:
        """Writes the keys; returns those whose place was taken by another of them."""
        held, same = look.held, look.same
        if np.count_nonzero(same) >= HOT:
            # Of a hot key its own oldest one goes, of others the oldest of the bucket.
            hot = np.count_nonzero(same, axis=1) >= HOT
            held[hot] = np.where(same[hot], held[hot], np.uint32(0xFFFFFFFF))
        places = look.buckets * np.uint32(PLACES) + held.argmin(axis=1)
        keys = self._keys.reshape(-1)
        keys[places] = look.keys
        self._articles.reshape(-1)[places] = article
        left: Hashes = look.keys[keys[places] != look.keys]
        return left

    def _make_room(self, oldest: int) -> None:
        live = self._articles >= oldest
        self._count = int(live.sum())
        if self._count <= FULL / 2 * self._articles.size:
            return
        # Every bucket becomes two, by the next bit of its keys' hashes.
        keys, articles, bits = self._keys, self._articles, self._bits
        upper = ((keys * _GOLDEN) >> np.uint32(31 - bits)) & np.uint32(1) == 1
        self._bits = bits + 1
        self._keys, self._articles = _empty(self._bits)
        for half, belongs in ((0, live & ~upper), (1, live & upper)):
            self._keys[half::2] = np.where(belongs, keys, 0)
            self._articles[half::2] = np.where(belongs, articles, 0)


def _empty(bits: int) -> tuple[Any, Any]:
    shape = (2**bits, PLACES)
    return np.zeros(shape, np.uint32), np.zeros(shape, np.uint32)
