"""The articles of the last days: finds what a new one resembles, and remembers it."""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

import numpy as np
import orjson
from pydantic import TypeAdapter

from schemas.enriched import Duplicate
from streams.bloom import Hashes
from streams.steps.duplicates.compare import Beside
from streams.steps.duplicates.copies import Copies
from streams.steps.duplicates.log import Log
from streams.steps.duplicates.postings import Look, Postings
from streams.steps.duplicates.rows import Row, UnreadableRows, unpack_rows
from streams.steps.duplicates.verdict import (
    SUPPRESSED,
    Item,
    Thresholds,
    decide,
    short_hash,
)

LEAST_SHARED, FEW_KEYS, LEAST_SHARE = 2, 12, 0.125
"""Keys that make a candidate: two, but one of a text that has few; and a share of its own.
Of 20,000 perturbed real articles no copy shared less than a quarter."""
CANDIDATES = 8
OUTSIDER = 4
"""Candidates that share less than a quarter of what the first one does are not looked at."""

NAMES = 2
"""Of an article's keys the first two name it: its uri, and the whole of its text."""

_NOTHING: Hashes = np.zeros(0, np.uint32)
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
        # Exact, as postings are not: those forget the oldest of a full bucket, and an article
        # that comes again would be judged anew, among articles that came after it.
        self._judged: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._log)

    @property
    def latest_ms(self) -> int:
        """When the latest of those that were saved or loaded came; 0 before the first."""
        return self._log.latest_ms

    @property
    def nbytes(self) -> int:
        """Bytes of the tables and the packed rows, without Python's own for each object."""
        return self._postings.nbytes + self._log.nbytes

    def judge(self, item: Item) -> Duplicate:
        """The verdict, remembered: asked again, for a record that came twice, it is the same."""
        uid, beside = _uid(item), None
        before = self._row(self._judged.get(uid, 0))
        if before is not None:
            return _verdict(before)
        text, keys = 0, _NOTHING
        if item.sketch is not None:
            beside = Beside(item.sketch, self._limits.related)
            text, keys = item.sketch.text, item.sketch.keys
        look = self._postings.look(_keys(item.uri, text, keys), self._log.first)
        named = [row for row in map(self._row, sorted(set(look.articles(0, NAMES)))) if row]
        own = [row for row in named if row.uri == item.uri]
        if beside is None:
            duplicate = self._withdrawal(item, own)
        elif item.known.verdict != "new":
            duplicate = self._version(item, beside, own)
        else:
            exact = [row for row in named if row.text == text]
            shared = Counter(look.articles(NAMES))
            duplicate = self._story(item, beside, [*exact, *self._candidates(shared, len(keys))])
        self._remember(item, uid, duplicate, look, beside)
        return duplicate

    def _candidates(self, shared: Counter[int], keys: int) -> Iterator[Row]:
        least = max(LEAST_SHARED if keys > FEW_KEYS else 1, keys * LEAST_SHARE)
        enough = sorted((-count, number) for number, count in shared.items() if count >= least)
        for count, number in enough[:CANDIDATES]:
            row = self._row(number)
            if row is not None and count * OUTSIDER <= enough[0][0]:
                yield row

    def _story(self, item: Item, beside: Beside, rows: Sequence[Row]) -> Duplicate:
        matches = {
            row.uid: beside(row)
            for row in rows
            if row.uri != item.uri and row.comparable and self._counts(row, item)
        }
        resembling = [match for match in matches.values() if match.score >= self._limits.related]
        standing = [match for match in resembling if not self._withdrawn(match.row)]
        duplicate = decide(item, beside.sketch, standing, self._limits)
        if len(standing) < len(resembling) and duplicate.verdict == "new":
            gone = (match.row.uri for match in resembling if match not in standing)
            related = tuple(dict.fromkeys((*duplicate.related, *gone)))
            duplicate = replace(duplicate, related=related)
        of = duplicate.of or (duplicate.supersedes or "").rpartition("@")[0]
        if not of:
            return duplicate
        origin = next(match.row for match in standing if match.row.uri == of)
        story = _verdict(origin).story or origin.uri
        self._copies.add(story, item.wire, item.uri)
        told = replace(duplicate, story=story, also_in=self._also_in(story))
        if told.verdict != "correction":
            return told
        others = (*told.related, *self._others(story, item.uri, of))
        return replace(told, related=tuple(dict.fromkeys(others)))

    def _version(self, item: Item, beside: Beside, own: Sequence[Row]) -> Duplicate:
        replaced = item.known.supersedes
        last = next((row for row in own if _version_name(row) == replaced), None)
        if last is None:
            return item.known
        story = _verdict(last).story or last.uri
        if story != item.uri:
            self._copies.add(story, item.wire, item.uri)
        wrong = self._others(story, item.uri) if item.known.verdict == "correction" else ()
        told = replace(item.known, story=story, related=wrong, also_in=self._also_in(story))
        if not last.comparable:
            return told
        match = beside(last)
        overlap, lead = min(match.overlap, 1.0), min(match.lead, 1.0)
        return replace(told, similarity=round(overlap, 3), lead=round(lead, 3))

    def _withdrawal(self, item: Item, own: Sequence[Row]) -> Duplicate:
        story = next((story for row in own if (story := _verdict(row).story)), item.uri)
        return replace(item.known, story=story, related=self._others(story, item.uri))

    def _others(self, story: str, *besides: str) -> tuple[str, ...]:
        """The story's other articles: what was corrected or withdrawn may be wrong there too."""
        uris = dict.fromkeys((story, *self._copies.uris(story)))
        return tuple(uri for uri in uris if uri not in besides)

    def _counts(self, row: Row, item: Item) -> bool:
        in_window = item.received_ms - row.received_ms <= self._window_ms
        return in_window and row.public_ms <= item.received_ms

    def _withdrawn(self, row: Row) -> bool:
        told = [_verdict(own).verdict for own in self._versions(row.uri)]
        standing = [verdict for verdict in told if verdict != "stale"]
        return standing[-1:] == ["withdrawn"]

    def _also_in(self, story: str) -> tuple[str, ...]:
        first = next((row.wire for row in self._versions(story)), None)
        return self._copies.wires(story, besides=first)

    def _carries(self, uri: str, story: str) -> bool:
        return any(_verdict(own).story == story for own in self._versions(uri))

    def _versions(self, uri: str) -> list[Row]:
        look = self._postings.look(_keys(uri, 0, _NOTHING)[:1], self._log.first)
        return [row for row in map(self._row, sorted(look.articles(0))) if row and row.uri == uri]

    def _row(self, number: int) -> Row | None:
        raw = self._log[number]
        return None if raw is None else Row.unpack(raw)

    def _remember(
        self, item: Item, uid: int, duplicate: Duplicate, look: Look, beside: Beside | None
    ) -> None:
        told = b"" if duplicate == _NEW else orjson.dumps(duplicate)
        stated = (uid, item.received_ms, item.public_ms, item.version, item.wire, item.uri, told)
        if beside is None or duplicate.verdict in SUPPRESSED:
            row, keys = Row(*stated), _NOTHING
        else:
            sketch, keys = beside.sketch, beside.sketch.keys
            row = Row(
                *stated,
                text=sketch.text,
                title=sketch.title,
                words=sketch.words,
                pairs=len(sketch.pairs),
                numbers=_hashes(sketch.numbers),
                names=_hashes(item.names),
                bits=sketch.bits,
            )
        number = self._judged[uid] = self._log.append(row.pack(), keys)
        # What was suppressed is found by its uri only: copies are linked to the first one.
        self._postings.add(look, len(look.keys) if row.comparable else 1, number)

    def save(self) -> tuple[int, bytes] | None:
        """What was judged since the last call: a number that grows, and a changelog record."""
        return self._log.save()

    def load(self, number: int, record: bytes) -> None:
        """Takes such a record back, in the order they were made.

        Raises:
            UnreadableRows: it is none, or of another version.
        """
        packed = unpack_rows(record)
        try:
            rows = [Row.unpack(raw) for raw, _ in packed]
            stories = [_verdict(row).story for row in rows]
        except (struct.error, ValueError) as error:
            raise UnreadableRows(str(error)) from None
        for place, keys in self._log.load(number, packed):
            row, story = rows[place - number], stories[place - number]
            self._judged.setdefault(row.uid, place)
            look = self._postings.look(_keys(row.uri, row.text, keys), self._log.first)
            self._postings.add(look, len(look.keys) if row.comparable else 1, place)
            if story not in (None, row.uri):
                self._copies.add(story, row.wire, row.uri)

    def expire(self, now_ms: int) -> list[int]:
        """Forgets what lies before the window; returns the numbers of records to delete."""
        numbers, gone = self._log.expire(now_ms - self._window_ms)
        for raw in filter(None, gone):
            row = Row.unpack(raw)
            self._judged.pop(row.uid, None)
            story = _verdict(row).story
            if story is not None and not self._carries(row.uri, story):
                self._copies.forget(story, row.uri)
        return numbers


def _keys(uri: str, text: int, keys: Hashes) -> Hashes:
    names = np.array([short_hash(uri), text & 0xFFFFFFFF], np.uint32)
    return np.concatenate((names, keys))


def _hashes(texts: Iterable[str]) -> bytes:
    hashes = [short_hash(text) for text in texts]
    return struct.pack(f"<{len(hashes)}I", *hashes)


def _uid(item: Item) -> int:
    # A version that is told anew, after one that came late, is not the same again.
    known = f"{item.known.verdict}\0{item.known.supersedes}"
    named = f"{item.uri}\0{item.version}\0{item.fingerprint}\0{known}".encode()
    return int.from_bytes(blake2b(named, digest_size=8).digest())


def _version_name(row: Row) -> str:
    return f"{row.uri}@{row.version}"


def _verdict(row: Row) -> Duplicate:
    return _DUPLICATE.validate_json(row.verdict) if row.verdict else _NEW
