"""Whole topics, and how far a group has read them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from kafka import KafkaConsumer
from kafka.structs import OffsetAndMetadata

from benchmarks.chaos.records import Record
from schemas.topics import ALIASES, APP_ID, ARTICLES, CANDIDATES, MAX_MESSAGE_BYTES
from streams.broker.admin import admin
from streams.cli.reading import between, partitions_of, places

SOURCES = (ARTICLES.name, CANDIDATES.name, ALIASES.name)
"""What the group reads."""


def whole(address: str, topics: Iterable[str]) -> dict[str, list[Record]]:
    """Every record of each topic, each partition's in order."""
    found: dict[str, list[Record]] = {topic: [] for topic in topics}
    with _consumer(address) as consumer:
        partitions = partitions_of(consumer, found)
        starts, ends = places(consumer, partitions, "start"), consumer.end_offsets(partitions)
        for record in between(consumer, starts, ends):
            found[record.topic].append(_record(record))
    return found


def lag(address: str) -> dict[str, int]:
    """Records that the group has not acknowledged, by partition."""
    with _consumer(address) as consumer, admin(address) as client:
        ends = consumer.end_offsets(partitions_of(consumer, SOURCES))
        done = _committed(client)
    return {f"{p.topic}/{p.partition}": end - done.get(p, 0) for p, end in ends.items()}


def set_back(address: str, to_ms: int) -> int:
    """Has the group, which must be empty, read again from that time; how many records."""
    with _consumer(address) as consumer, admin(address) as client:
        done = _committed(client)
        then = consumer.offsets_for_times(dict.fromkeys(done, to_ms))
        # Never forward: what was not read must not be passed over.
        back = {
            place: min(found.offset, done[place])
            for place, found in then.items()
            if found is not None
        }
        offsets = {place: OffsetAndMetadata(offset, "", -1) for place, offset in back.items()}
        client.alter_group_offsets(APP_ID, offsets)
    return sum(done[place] - offset for place, offset in back.items())


def members(address: str) -> int:
    """Of the group."""
    with admin(address) as client:
        return len(client.describe_groups([APP_ID])[APP_ID]["members"])


@contextmanager
def _consumer(address: str) -> Iterator[Any]:
    consumer = KafkaConsumer(
        bootstrap_servers=address,
        group_id=None,
        enable_auto_commit=False,
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
    )
    try:
        yield consumer
    finally:
        consumer.close()


def _committed(client: Any) -> dict[Any, int]:
    offsets = client.list_group_offsets([APP_ID])[APP_ID]
    return {
        place: max(0, committed.offset)
        for place, committed in offsets.items()
        if place.topic in SOURCES
    }


def _record(record: Any) -> Record:
    headers = tuple((name, value or b"") for name, value in record.headers or ())
    return Record(
        record.topic,
        record.partition,
        record.offset,
        record.timestamp,
        record.key,
        record.value or b"",
        headers,
    )
