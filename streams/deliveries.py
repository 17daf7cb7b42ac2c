"""Where an outcome goes: the records to write, as values."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import orjson

from schemas.aliases import Alias
from schemas.enriched import Enriched, Withdrawn
from schemas.outcomes import Candidate, DuplicateRecord, Embargoed
from schemas.topics import ALIASES, ARTICLES, CANDIDATES, DUPLICATES, ENRICHED, stream_topic_name
from streams.steps.aliases import Kill, key_of


@dataclass(frozen=True, slots=True)
class Delivery:
    """One record to write. `partition` None leaves it to the key; `value` None is a tombstone."""

    topic: str
    key: bytes | None
    value: bytes | None
    partition: int | None = None
    headers: tuple[tuple[str, bytes], ...] = ()


def of_candidate(candidate: Candidate) -> Delivery:
    """A candidate goes to the partition of its lane."""
    return Delivery(
        CANDIDATES.name,
        candidate.record.uri.encode(),
        orjson.dumps(candidate),
        partition=partition_of(candidate.lane, CANDIDATES.partitions),
    )


def of_alias(alias: Alias) -> Delivery:
    """An alias goes where its id is known."""
    return Delivery(ALIASES.name, key_of(alias), orjson.dumps(alias))


def of_kill(kill: Kill) -> Delivery:
    """A withdrawal goes where its article is known."""
    value = kill.article.model_dump_json(exclude_defaults=True).encode()
    return Delivery(ARTICLES.name, kill.article.uri.encode(), value, kill.partition)


def of_duplicate(record: DuplicateRecord) -> Delivery:
    """A duplicate goes to its own topic only."""
    return Delivery(DUPLICATES.name, record.uri.encode(), orjson.dumps(record))


def of_outcome(
    outcome: Enriched | Withdrawn | DuplicateRecord,
    streams_before: Iterable[str],
    known: frozenset[str],
) -> tuple[Delivery, ...]:
    """What the verdict makes of a candidate, where it belongs; arguments as of `of_record`."""
    if isinstance(outcome, DuplicateRecord):
        return (of_duplicate(outcome),)
    return of_record(outcome, streams_before, known)


def of_record(
    record: Enriched | Withdrawn, streams_before: Iterable[str], known: frozenset[str]
) -> tuple[Delivery, ...]:
    """An enriched or withdrawn article goes to every stream that wants it or ever had it.

    `known` are the streams that have a topic: a stream whose file is gone gets nothing.
    """
    wanted = {match.name for match in record.streams} if isinstance(record, Enriched) else set()
    streams = sorted({*wanted, *streams_before} & known)
    key, value = record.uri.encode(), orjson.dumps(record)
    topics = (ENRICHED.name, *map(stream_topic_name, streams))
    return tuple(Delivery(topic, key, value) for topic in topics)


def of_embargoed(uri: str, embargoed: Embargoed) -> tuple[Delivery, ...]:
    """What was under embargo goes where it would have gone."""
    key, value = uri.encode(), embargoed.value.encode()
    return tuple(Delivery(topic, key, value) for topic in embargoed.topics)


def partition_of(lane: str, partitions: int) -> int:
    """The partition of a language group: the same on every machine, for ever."""
    return int.from_bytes(blake2b(lane.encode(), digest_size=4).digest()) % partitions
