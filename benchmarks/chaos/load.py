"""What is published: news as wires send it, with all that goes wrong at its source.

Nothing here reads a clock: the same texts, seed and beginning give the same records.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import heappop, heappush
from itertools import count as counting
from random import Random
from typing import Any

import orjson

from benchmarks.chaos.poison import poison
from benchmarks.wire_edits import EDITS, SHORTEST, Originals, Text, phrases_for, words

POISON_EVERY = 100
TWICE = 0.05
"""The share of records that a confused producer sends a second time, byte for byte."""
LATEST = 600
"""Records after which the rest of a story has come, at most."""
WIRES = 12
OF_A_STREAM = 0.35
TOPICAL = (
    "\nVladimir Putin and Donald Trump spoke by phone, the Kremlin in Moscow said; the United "
    "States and Russia have not agreed on the next round of talks."
)
"""Makes an article one for the streams, whose names a replica has lost."""
EMBARGO_S = (10.0, 90.0)


@dataclass(frozen=True, slots=True)
class Planned:
    """A record to publish.

    `number`: which one; the same again is the same record sent twice. `kind`: what it is part
    of. `gone`: its uri ends withdrawn. `alike`: the uri of the story whose exact copy it is,
    where exactly one of all is to be told.
    """

    number: int
    key: bytes | None
    value: bytes
    kind: str
    gone: bool = False
    alike: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """One record of a story, `after` so many others."""

    after: int
    fields: dict[str, Any]
    gone: bool = False
    alike: str | None = None


class _Desk:
    """Makes the parts of one story after the other."""

    def __init__(self, originals: Originals, seed: int, rate: float, begin_ms: int) -> None:
        self._originals = originals
        self._rng = Random(seed)
        self._seed = seed
        self._rate = rate
        self._begin_ms = begin_ms
        self._texts = counting()
        self._stories = counting()

    def story(self, place: int) -> tuple[str, list[_Part]]:
        """A story that begins at this place among all records: its kind and its parts."""
        (kind,) = self._rng.choices(list(KINDS), [weight for weight, _ in KINDS.values()])
        uri = f"urn:chaos:{self._seed}:{next(self._stories)}"
        return kind, list(KINDS[kind][1](self, uri, place))

    def plain(self, uri: str, _place: int) -> Iterator[_Part]:
        yield _Part(0, self._article(uri))

    def copied(self, uri: str, _place: int) -> Iterator[_Part]:
        first = self._article(uri)
        yield _Part(self._soon(), first)
        for number in range(self._rng.randrange(1, 4)):
            edit = EDITS[self._rng.choice(list(EDITS))]
            body = edit(first["body"], phrases_for(first["body"]), self._rng)
            if len(words(body)) >= SHORTEST:
                wire = self._other_wire(first["wire"], number)
                copy = {**first, "uri": f"{uri}:copy{number}", "wire": wire, "body": body}
                yield _Part(self._soon(), copy)

    def burst(self, uri: str, _place: int) -> Iterator[_Part]:
        first = self._article(uri)
        for number in range(self._rng.randrange(2, 6)):
            wire = self._other_wire(first["wire"], number)
            yield _Part(0, {**first, "uri": f"{uri}:at{number}", "wire": wire}, alike=uri)

    def versions(self, uri: str, _place: int) -> Iterator[_Part]:
        yield from self._any_order(self._versions(uri))

    def killed(self, uri: str, _place: int) -> Iterator[_Part]:
        first = self._article(uri)
        kill = {"uri": uri, "wire": first["wire"], "status": "canceled"}
        yield from self._any_order([first, kill], gone=True)

    def anew(self, uri: str, _place: int) -> Iterator[_Part]:
        first, second, third = self._versions(uri)
        kill = {name: second[name] for name in ("uri", "wire", "version", "version_created")}
        yield from self._any_order([first, {**kill, "status": "canceled"}, third])

    def aliased(self, uri: str, _place: int) -> Iterator[_Part]:
        first = self._article(uri) | {"alt_ids": [f"id:{uri}"]}
        kill = {"uri": f"{uri}:kill", "wire": first["wire"], "status": "canceled"}
        yield from self._any_order([first, kill | {"alt_ids": first["alt_ids"]}], gone=True)

    def embargoed(self, uri: str, place: int) -> Iterator[_Part]:
        until_ms = self._begin_ms + 1000 * (place / self._rate + self._rng.uniform(*EMBARGO_S))
        until = datetime.fromtimestamp(until_ms / 1000, UTC).isoformat()
        versions = self._versions(uri)[: self._rng.randrange(1, 4)]
        parts = [version | {"embargoed_until": until} for version in versions]
        gone = self._rng.random() < 0.3
        if gone:
            parts.append({"uri": uri, "wire": parts[0]["wire"], "status": "canceled"})
        yield from self._any_order(parts, gone=gone)

    def withheld(self, uri: str, _place: int) -> Iterator[_Part]:
        yield _Part(0, self._article(uri) | {"status": "withheld"})

    def _versions(self, uri: str) -> list[dict[str, Any]]:
        first = self._article(uri)
        bodies = (first["body"], first["body"] + "\n" + self._text()[1], self._text()[1])
        signals: tuple[dict[str, str], ...] = ({}, {"signal": "update"}, {"signal": "correction"})
        return [
            first
            | {"body": body, "version": n, "version_created": f"2024-11-07T12:0{n}:00Z"}
            | signal
            for n, (body, signal) in enumerate(zip(bodies, signals, strict=True), 1)
        ]

    def _any_order(self, parts: list[dict[str, Any]], *, gone: bool = False) -> Iterator[_Part]:
        for fields in self._rng.sample(parts, len(parts)):
            yield _Part(self._soon(), fields, gone)

    def _article(self, uri: str) -> dict[str, Any]:
        headline, body = self._text()
        if self._rng.random() < OF_A_STREAM:
            body += TOPICAL
        wire = f"wire-{self._rng.randrange(WIRES)}"
        published = "2024-11-07T12:00:00Z"
        return {
            "uri": uri,
            "wire": wire,
            "headline": headline,
            "body": body,
            "published_at": published,
        }

    def _text(self) -> Text:
        return self._originals(next(self._texts))

    def _other_wire(self, wire: str, number: int) -> str:
        return f"wire-{(int(wire.rpartition('-')[2]) + 1 + number) % WIRES}"

    def _soon(self) -> int:
        return self._rng.randrange(LATEST)


KINDS = {
    "plain": (50, _Desk.plain),
    "copied": (10, _Desk.copied),
    "burst": (5, _Desk.burst),
    "versions": (8, _Desk.versions),
    "killed": (5, _Desk.killed),
    "anew": (2, _Desk.anew),
    "aliased": (4, _Desk.aliased),
    "embargoed": (5, _Desk.embargoed),
    "withheld": (1, _Desk.withheld),
}
"""Weight, and what makes the parts."""


def load(
    originals: Originals, seed: int, rate: float, begin_ms: int, count: int
) -> Iterator[Planned]:
    """`count` records, and those that end the stories begun by then.

    Args:
        originals: article number n.
        seed: of every choice.
        rate: records a second; with `begin_ms` it places the hours of embargoes.
        begin_ms: when the first is published, in milliseconds since 1970.
        count: records until no story begins any more.
    """
    desk, rng = _Desk(originals, seed, rate, begin_ms), Random(f"{seed}:twice")
    waiting: list[tuple[int, int, Planned]] = []
    numbers, tickets = counting(), counting()
    place = 0
    while place < count or waiting:
        if place < count and place % POISON_EVERY == POISON_EVERY - 1:
            number = next(numbers)
            key, value = poison(number, f"urn:chaos:{seed}:poison{number}")
            planned = Planned(number, key, value, "poison")
        else:
            while place < count and not (waiting and waiting[0][0] <= place):
                kind, parts = desk.story(place)
                for part in parts:
                    number, key = next(numbers), part.fields["uri"].encode()
                    value = orjson.dumps(part.fields)
                    made = Planned(number, key, value, kind, part.gone, part.alike)
                    heappush(waiting, (place + part.after, next(tickets), made))
            planned = heappop(waiting)[2]
        yield planned
        if place < count and rng.random() < TWICE:
            heappush(waiting, (place + rng.randrange(1, LATEST), next(tickets), planned))
        place += 1
