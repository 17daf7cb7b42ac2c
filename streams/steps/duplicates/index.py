"""The articles of the last days: finds what a new one resembles, and remembers it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

import numpy as np
import orjson
from pydantic import TypeAdapter

from schemas.enriched import Duplicate
from streams.sketches import Hashes, Sketch
from streams.steps.duplicates import bloom
from streams.steps.duplicates.copies import Copies
from streams.steps.duplicates.log import Log
from streams.steps.duplicates.postings import Postings
from streams.steps.duplicates.rows import Row
from streams.steps.duplicates.verdict import (
    SUPPRESSED,
    Item,
    Match,
    Thresholds,
    decide,
    short_hash,
)

LEAST_SHARED, FEW_KEYS = 2, 12
"""Keys that make a candidate: two, but one of a text that has few."""
CANDIDATES = 8
OUTSIDER = 4
"""Candidates that share less than a quarter of what the first one does are not looked at."""

_NOTHING: Hashes = np.zeros(0, np.uint32)
_NO_BITS = np.zeros(0, np.uint8)
_DUPLICATE = TypeAdapter(Duplicate)
_NEW = Duplicate("new")


class Index:
    """The articles of one ordered log, numbered from 1 on for as long as the log lives."""

    def __init__(self, window_ms: int, limits: Thresholds) -> None:
        self._window_ms = window_ms
        self._limits = limits
        self._postings = Postings()
        self._copies = Copies()
        self._log = Log()

    def __len__(self) -> int:
        return len(self._log)

    @property
    def nbytes(self) -> int:
        """Bytes of the tables and the packed rows, without Python's own for each object."""
        return self._postings.nbytes + self._log.nbytes

    def judge(self, item: Item) -> Duplicate:
        """The verdict, remembered: asked again, for a record that came twice, it is the same."""
        uid, sketch = _uid(item), item.sketch
        text = 0 if sketch is None else sketch.text
        names = _names(item.uri, text)
        keys = _NOTHING if sketch is None else sketch.keys
        named, articles, counts = self._postings.find(names, keys, self._log.first)
        rows = [row for row in map(self._row, named) if row is not None]
        own = [row for row in rows if row.uri == item.uri]
        for row in own:
            if row.uid == uid:
                return _verdict(row)
        if sketch is None:
            duplicate = self._withdrawal(item, own)
        elif item.known.verdict != "new":
            duplicate = self._version(item, sketch, own)
        else:
            candidates = self._candidates(articles, counts, len(keys))
            exact = [row for row in rows if row.text == text]
            duplicate = self._story(item, sketch, [*exact, *candidates])
        self._remember(item, uid, duplicate)
        return duplicate

    def _candidates(
        self, articles: Sequence[int], counts: Sequence[int], keys: int
    ) -> Iterator[Row]:
        least = LEAST_SHARED if keys > FEW_KEYS else 1
        pairs = zip(counts, articles, strict=True)
        shared = sorted((pair for pair in pairs if pair[0] >= least), key=lambda pair: -pair[0])
        for count, number in shared[:CANDIDATES]:
            row = self._row(number)
            if row is not None and count * OUTSIDER >= shared[0][0]:
                yield row

    def _story(self, item: Item, sketch: Sketch, rows: Sequence[Row]) -> Duplicate:
        matches = {
            row.uid: _compare(sketch, row)
            for row in rows
            if row.uri != item.uri and row.pairs and self._counts(row, item)
        }
        resembling = [match for match in matches.values() if match.score >= self._limits.related]
        standing = [match for match in resembling if not self._withdrawn(match.row)]
        duplicate = decide(item, sketch, standing, self._limits)
        if len(standing) < len(resembling) and duplicate.verdict == "new":
            gone = (match.row.uri for match in resembling if match not in standing)
            duplicate = replace(duplicate, related=tuple({*duplicate.related, *gone}))
        of = duplicate.of or (duplicate.supersedes or "").rpartition("@")[0]
        if not of:
            return duplicate
        origin = next(match.row for match in standing if match.row.uri == of)
        story = _verdict(origin).story or origin.uri
        also_in = self._copies.add(story, item.wire, item.uri)
        return replace(duplicate, story=story, also_in=also_in)

    def _version(self, item: Item, sketch: Sketch, own: Sequence[Row]) -> Duplicate:
        replaced = item.known.supersedes
        last = next((row for row in own if _version_name(row) == replaced), None)
        if last is None:
            return item.known
        story = _verdict(last).story or last.uri
        told = replace(item.known, story=story, also_in=self._copies.wires(story))
        if not last.pairs:
            return told
        match = _compare(sketch, last)
        overlap, lead = min(match.overlap, 1.0), min(match.lead, 1.0)
        return replace(told, similarity=round(overlap, 3), lead=round(lead, 3))

    def _withdrawal(self, item: Item, own: Sequence[Row]) -> Duplicate:
        story = next((story for row in own if (story := _verdict(row).story)), item.uri)
        others = dict.fromkeys((story, *self._copies.uris(story)))
        others.pop(item.uri, None)
        return replace(item.known, story=story, related=tuple(others))

    def _counts(self, row: Row, item: Item) -> bool:
        in_window = item.received_ms - row.received_ms <= self._window_ms
        return in_window and row.public_ms <= item.received_ms

    def _withdrawn(self, row: Row) -> bool:
        named, _, _ = self._postings.find(_names(row.uri, 0)[:1], _NOTHING, self._log.first)
        own = (other for other in map(self._row, named) if other is not None)
        return any(other.uri == row.uri and _verdict(other).verdict == "withdrawn" for other in own)

    def _row(self, number: int) -> Row | None:
        raw = self._log[number]
        return None if raw is None else Row.unpack(raw)

    def _remember(self, item: Item, uid: int, duplicate: Duplicate) -> None:
        sketch = None if duplicate.verdict in SUPPRESSED else item.sketch
        keys = _NOTHING if sketch is None else sketch.keys
        row = Row(
            uid=uid,
            text=0 if sketch is None else sketch.text,
            received_ms=item.received_ms,
            public_ms=item.public_ms,
            version=item.version,
            title=0 if sketch is None else sketch.title,
            words=0 if sketch is None else sketch.words,
            pairs=0 if sketch is None else len(sketch.pairs),
            wire=item.wire,
            uri=item.uri,
            verdict=_stored(duplicate),
            numbers=_NOTHING if sketch is None else _hashes(sketch.numbers),
            names=_NOTHING if sketch is None else _hashes(item.names),
            bits=_NO_BITS if sketch is None else bloom.make(sketch.pairs),
        )
        raw = row.pack()
        self._post(self._log.append(raw, keys), row, keys)

    def _post(self, number: int, row: Row, keys: Hashes) -> None:
        # What was suppressed is found by its uri only: copies are linked to the first one.
        names = _names(row.uri, row.text)[: 2 if row.pairs else 1]
        self._postings.add(np.concatenate((names, keys)), number, self._log.first)

    def save(self) -> tuple[int, bytes] | None:
        """What was judged since the last call: a number that grows, and a changelog record."""
        return self._log.save()

    def load(self, number: int, record: bytes) -> None:
        """Takes such a record back, in the order they were made.

        Raises:
            UnreadableRows: it is none, or of another version.
        """
        for place, raw, keys in self._log.load(number, record):
            row = Row.unpack(raw)
            self._post(place, row, keys)
            story = _verdict(row).story
            if story not in (None, row.uri):
                self._copies.add(story, row.wire, row.uri)

    def expire(self, now_ms: int) -> list[int]:
        """Forgets what lies before the window; returns the numbers of records to delete."""
        numbers, gone = self._log.expire(now_ms - self._window_ms)
        for raw in filter(None, gone):
            row = Row.unpack(raw)
            if row.verdict:
                self._copies.forget(_verdict(row).story or "", row.uri)
        return numbers


def _names(uri: str, text: int) -> Hashes:
    return np.array([short_hash(uri), text & 0xFFFFFFFF], np.uint32)


def _hashes(texts: Iterable[str]) -> Hashes:
    return np.array([short_hash(text) for text in texts], np.uint32)


def _uid(item: Item) -> int:
    # A version that is told anew, after one that came late, is not the same again.
    known = f"{item.known.verdict}\0{item.known.supersedes}"
    named = f"{item.uri}\0{item.version}\0{item.fingerprint}\0{known}".encode()
    return int.from_bytes(blake2b(named, digest_size=8).digest())


def _version_name(row: Row) -> str:
    return f"{row.uri}@{row.version}"


def _stored(duplicate: Duplicate) -> bytes:
    return b"" if duplicate == _NEW else orjson.dumps(duplicate)


def _verdict(row: Row) -> Duplicate:
    return _DUPLICATE.validate_json(row.verdict) if row.verdict else _NEW


def _compare(sketch: Sketch, row: Row) -> Match:
    if row.text == sketch.text:
        return Match(row, 1.0, 1.0, 0.0)
    earlier = bloom.Filter(row.bits)
    shared = min(earlier.shared(sketch.pairs), row.pairs)
    lead = earlier.shared(sketch.lead) / max(1, len(sketch.lead))
    both = row.pairs + len(sketch.pairs) - shared
    fresh = 1 - shared / max(1, len(sketch.pairs))
    return Match(row, shared / max(1.0, both), lead, fresh)
