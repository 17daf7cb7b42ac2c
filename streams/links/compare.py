"""The last two days' articles as vectors, and which of them tell a new one's story.

Brute force: one product of a vector and a matrix a language. At 10,000 articles a day that
costs 4 ms an article and 50 MB, half of what the encoder costs; both grow with the articles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from schemas.links import StoryLink

Vector = NDArray[np.float32]

HOUR_MS = 60 * 60 * 1000
WINDOW_MS = 48 * HOUR_MS
CLOSE = 0.62
"""Least cosine of a link. Translations allow less; reports written apart need about this."""


@dataclass(frozen=True, slots=True)
class Told:
    """An article as the window knows it. `at_ms`: its delivery, in milliseconds since 1970."""

    uri: str
    language: str
    at_ms: int
    marks: frozenset[str]


class Shelf:
    """Articles of one language: the rows of a matrix, one a uri."""

    def __init__(self, dimensions: int) -> None:
        self._vectors: Vector = np.empty((16, dimensions), np.float32)
        self._told: list[Told] = []
        self._rows: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._told)

    def __contains__(self, uri: object) -> bool:
        return uri in self._rows

    def put(self, told: Told, vector: Vector) -> None:
        """Adds an article, in place of the one of the same uri."""
        self.drop(told.uri)
        row = self._rows[told.uri] = len(self._told)
        if row == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.empty_like(self._vectors)])
        self._told.append(told)
        self._vectors[row] = vector

    def drop(self, uri: str) -> None:
        """Forgets an article, if it is here."""
        row = self._rows.pop(uri, None)
        if row is None:
            return
        last = self._told.pop()
        if last.uri != uri:
            self._told[row], self._rows[last.uri] = last, row
            self._vectors[row] = self._vectors[len(self._told)]

    def forget(self, before_ms: int) -> None:
        """Forgets what was delivered before."""
        kept = [row for row, told in enumerate(self._told) if told.at_ms >= before_ms]
        if len(kept) == len(self._told):
            return
        self._told = [self._told[row] for row in kept]
        self._rows = {told.uri: row for row, told in enumerate(self._told)}
        # One row at least, so that doubling grows it.
        self._vectors = self._vectors[kept or [0]]

    def nearest(self, told: Told, vector: Vector) -> tuple[float, Told] | None:
        """The closest article that may be linked with `told`, and its cosine."""
        cosines = self._vectors[: len(self._told)] @ vector
        close = [(float(cosines[row]), self._told[row]) for row in np.flatnonzero(cosines >= CLOSE)]
        close = [(cosine, other) for cosine, other in close if _may_link(told, other)]
        return min(close, key=lambda each: (-each[0], each[1].uri), default=None)


class Window:
    """Articles of the last 48 hours by language. Vectors have length one."""

    def __init__(self) -> None:
        self._shelves: dict[str, Shelf] = {}
        self._newest_ms = 0
        self._cleared_ms = 0

    def __len__(self) -> int:
        return sum(map(len, self._shelves.values()))

    def __contains__(self, uri: object) -> bool:
        return any(uri in shelf for shelf in self._shelves.values())

    @property
    def newest_ms(self) -> int:
        """Delivery of the newest article that was put here; 0 before the first."""
        return self._newest_ms

    def links(self, told: Told, vector: Vector) -> Iterator[StoryLink]:
        """At most one link to each other language, to the closest article there.

        Only the closest: other wires' reports of the event in that language are each other's
        `related`, and a link to every one would grow with the square of a story's success.
        """
        for language, shelf in self._shelves.items():
            if language != told.language and (found := shelf.nearest(told, vector)):
                yield _link(told, found[1], found[0])

    def put(self, told: Told, vector: Vector) -> None:
        """Adds an article; one of the same uri, in whatever language, is replaced."""
        self.drop(told.uri)
        shelf = self._shelves.setdefault(told.language, Shelf(vector.size))
        shelf.put(told, vector)
        self._newest_ms = max(self._newest_ms, told.at_ms)
        # Once an hour of the articles' time: walking over all of them for each is too much.
        if self._newest_ms - self._cleared_ms >= HOUR_MS:
            self._cleared_ms = self._newest_ms
            for each in self._shelves.values():
                each.forget(self._newest_ms - WINDOW_MS)

    def drop(self, uri: str) -> None:
        """Forgets an article, if it is here."""
        for shelf in self._shelves.values():
            shelf.drop(uri)


def _may_link(told: Told, other: Told) -> bool:
    return (
        abs(told.at_ms - other.at_ms) <= WINDOW_MS
        and not told.marks.isdisjoint(other.marks)
        and told.uri != other.uri
    )


def _link(told: Told, other: Told, cosine: float) -> StoryLink:
    # By time, not by who was read first: partitions are read in no fixed order, and a link
    # that is made again must come under the same key.
    earlier, later = sorted((told, other), key=lambda each: (each.at_ms, each.uri))
    return StoryLink(
        uri=later.uri,
        language=later.language,
        of=earlier.uri,
        of_language=earlier.language,
        similarity=round(cosine, 3),
        shared=tuple(sorted(told.marks & other.marks)),
        linked_at=_iso(later.at_ms),
    )


def _iso(milliseconds: int) -> str | None:
    # Kafka's timestamp of a record that has none is -1.
    return (
        datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat() if milliseconds > 0 else None
    )
