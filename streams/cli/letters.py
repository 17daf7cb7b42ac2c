"""The dead letters as `newswire replay` sees them: what is there, and what is to come back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import orjson

from schemas.topics import ALIASES, ARTICLES, CANDIDATES, DEAD_LETTERS, ENRICHED, REPLAYED
from streams.cli.progress import Watch
from streams.cli.reading import between, partitions_of, places, places_at
from streams.dead_letters import Letter, letter_of

SOURCES = frozenset(topic.name for topic in (ARTICLES, CANDIDATES, ALIASES))
"""What our agents read: a stranger's letter must not make us write anywhere else."""


@dataclass(frozen=True, slots=True)
class Found:
    """A dead letter that is wanted. `place`: partition and offset among the dead letters.

    `replayed`: it was before. `overtaken`: it is a candidate, and the article was delivered since.
    `version`: a candidate's.
    """

    place: tuple[int, int]
    timestamp: int
    key: bytes | None
    letter: Letter
    version: int | None
    replayed: bool
    overtaken: bool = False

    @property
    def mark(self) -> bytes:
        """The key under which it is remembered; with the time, for topics are made anew."""
        return mark_of(self.place[1], self.timestamp)


def mark_of(offset: int, timestamp: int) -> bytes:
    """As `Found.mark`."""
    return b"%d@%d" % (offset, timestamp)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters: of a stage, a reason, a wire; None is any."""

    stage: str | None = None
    reason: str | None = None
    wire: str | None = None

    def holds(self, letter: Letter, value: bytes) -> bool:
        """Whether all that is stated fits. A wire that cannot be read is none."""
        return (
            self.stage in (None, letter.stage)
            and self.reason in (None, letter.reason)
            and (self.wire is None or self.wire == _stated(value, "wire"))
        )


def find_letters(client: Any, offset: str, wanted: Wanted, watch: Watch) -> list[Found]:
    """The letters from `offset` on that are wanted, oldest first."""
    marks = {mark.key for mark in _all(client, REPLAYED.name, "start", watch)}
    found = [
        Found(
            (record.partition, record.offset),
            record.timestamp,
            record.key,
            letter,
            _version(record.value) if letter.topic == CANDIDATES.name else None,
            mark_of(record.offset, record.timestamp) in marks,
        )
        for record in _all(client, DEAD_LETTERS.name, offset, watch)
        if (letter := letter_of(record.headers or ())) is not None
        and letter.topic in SOURCES
        and wanted.holds(letter, record.value or b"")
    ]
    return _with_overtaken(client, found, watch)


def _all(client: Any, topic: str, offset: str, watch: Watch) -> Iterable[Any]:
    partitions = partitions_of(client, [topic])
    starts = places(client, partitions, offset)
    return _between(client, starts, watch)


def _between(client: Any, starts: dict[Any, int], watch: Watch) -> Iterable[Any]:
    ends = client.end_offsets(list(starts))
    topic = next(iter(starts)).topic
    total = sum(max(0, ends[tp] - start) for tp, start in starts.items())
    return watch(between(client, starts, ends), total, f"reading {topic}")


def _with_overtaken(client: Any, found: list[Found], watch: Watch) -> list[Found]:
    """A candidate bears the verdict of its hour: after a newer version it would stand last."""
    candidates = [each for each in found if each.version is not None]
    if not candidates:
        return found
    told: dict[bytes | None, list[tuple[int, Any]]] = {each.key: [] for each in candidates}
    since_ms = min(each.timestamp for each in candidates)
    starts = places_at(client, partitions_of(client, [ENRICHED.name]), since_ms)
    for record in _between(client, starts, watch):
        if record.key in told:
            told[record.key].append((record.timestamp, orjson.loads(record.value or b"null")))
    return [
        replace(each, overtaken=any(_is_newer(each, *later) for later in told.get(each.key, ())))
        for each in found
    ]


def _is_newer(letter: Found, timestamp: int, value: Any) -> bool:
    """Whether what was delivered then is the letter's own version, a newer one, or its end."""
    if letter.version is None or timestamp < letter.timestamp or value is None:
        return False
    return bool(value["outcome"] == "withdrawn" or value["version"] >= letter.version)


def _version(value: bytes) -> int | None:
    version = _stated(value, "version")
    return version if isinstance(version, int) else None


def _stated(value: bytes, name: str) -> Any:
    """A field of an article or an alias, or of the article in a candidate."""
    try:
        document = orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
    if isinstance(document, dict) and isinstance(document.get("record"), dict):
        document = document["record"]
    return document.get(name) if isinstance(document, dict) else None
