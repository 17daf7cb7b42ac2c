"""How records are looked at by the rules of the audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from benchmarks.chaos.records import Logs, Record
from schemas import dead_letters
from schemas.topics import DUPLICATES, ENRICHED

STREAM = "news.stream."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as promised: by which rule, where, and what was seen."""

    rule: str
    where: str
    seen: str


def passing(logs: Logs) -> tuple[str, ...]:
    """The topics on which articles reach consumers."""
    return (ENRICHED.name, *(topic for topic in logs if topic.startswith(STREAM)))


def ends(logs: Logs) -> tuple[str, ...]:
    """The same, and that of duplicates."""
    return (*passing(logs), DUPLICATES.name)


def last(records: Iterable[Record]) -> dict[bytes | None, Record]:
    """The last record of each key."""
    return {record.key: record for record in records}


def source_of(letter: Record) -> tuple[str, int, int]:
    """Topic, partition and offset of what a dead letter is about."""
    said = dict(letter.headers)
    names = (dead_letters.TOPIC, dead_letters.PARTITION, dead_letters.OFFSET)
    topic, partition, offset = (said.get(name, b"-1").decode() for name in names)
    return topic, int(partition), int(offset)


def said_by(record: Record) -> dict[str, Any]:
    """A record's value."""
    said: dict[str, Any] = orjson.loads(record.value)
    return said


def place_of(record: Record) -> str:
    """Where it lies, for a reader."""
    return f"{record.topic}/{record.partition}@{record.offset}"


def brief(record: Record) -> str:
    """What it says, for a reader."""
    said = said_by(record)
    return f"{said['uri']}@{said['version']} {said['outcome']} {said['duplicate']}"[:300]


def difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    """The first thing in which two documents differ, for a reader."""
    if not one or not other:
        return "there is none" if one else "there should be none"
    names = (name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    name = min(names)
    if isinstance(one.get(name), dict) and isinstance(other.get(name), dict):
        return f"{name}: {difference(one[name], other[name])}"
    return f"{name} should be {one.get(name)!r:.200}, and is {other.get(name)!r:.200}"
