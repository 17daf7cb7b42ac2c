"""The loop between the topics: `news.enriched.v1` in, `news.links.v1` out.

At least once: what is read is committed when its links are on the broker. A link that is
made again is the same under the same key. One process reads all partitions, for a story's
languages lie on different ones.
"""

import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from heapq import merge
from typing import Any

import orjson
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata

from schemas.links import StoryLink
from schemas.topics import ENRICHED, LINKS, MAX_ANSWER_BYTES, MAX_MESSAGE_BYTES
from streams.broker.admin import check
from streams.broker.security import PLAINTEXT, Security
from streams.errors import BrokerError, NewswireError
from streams.links.compare import WINDOW_MS
from streams.links.encode import Encoder
from streams.links.linker import Delivered, Linker

GROUP = "newswire-links"
BATCH = 100
PAUSE_SECONDS = 0.2
SEND_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: records read back at the start, records read since, links written."""

    read_back: int
    read: int
    linked: int
    unreadable: int


def follow(address: str, encoder: Encoder, security: Security = PLAINTEXT) -> Generator[Progress]:
    """Links as articles come, for as long as it is asked for the next step.

    Each step is one batch, its links delivered and its place committed; an empty one after
    a short pause when there is nothing to read.

    Args:
        address: `host:port[,host:port]`.
        encoder: what makes vectors of texts.
        security: how to connect.

    Raises:
        BrokerError: the broker does not answer, or refuses us or a request.
        NewswireError: one of the two topics is missing.
    """
    check(address, security)
    options = {"bootstrap_servers": address.split(","), **security.kafka_python()}
    with ExitStack() as stack:
        try:
            consumer = stack.enter_context(closing(_consumer(options)))
            producer = stack.enter_context(
                closing(KafkaProducer(**options, client_id=GROUP, acks="all"))
            )
            yield from _follow(consumer, producer, Linker(encoder))
        except KafkaError as error:
            raise BrokerError(f"the broker at {address} answered: {error}") from error


def _follow(consumer: Any, producer: Any, linker: Linker) -> Iterator[Progress]:
    partitions = _partitions(consumer)
    # Not a subscription: a second process would take half of the partitions, and with them
    # one language of a story.
    consumer.assign(partitions)
    committed = {tp: consumer.committed(tp, metadata=True) for tp in partitions}
    done = {tp: place.offset for tp, place in committed.items() if place is not None}
    read_back = read = linked = 0
    for records in _between(consumer, _window_starts(consumer, committed), done):
        linker.take(_delivered(records))  # linked before it was committed
        read_back += len(records)
        yield Progress(read_back, read, linked, linker.unreadable)

    _seek(consumer, partitions, done)
    while True:
        records = _poll(consumer)
        links = linker.take(_delivered(records))
        _send(producer, links)
        if records:
            metadata = str(linker.newest_ms)
            consumer.commit(
                {tp: OffsetAndMetadata(consumer.position(tp), metadata, -1) for tp in partitions}
            )
        read, linked = read + len(records), linked + len(links)
        yield Progress(read_back, read, linked, linker.unreadable)


def _consumer(options: Mapping[str, Any]) -> Any:
    return KafkaConsumer(
        **options,
        client_id=GROUP,
        group_id=GROUP,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        allow_auto_create_topics=False,
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
        receive_message_max_bytes=MAX_ANSWER_BYTES,
        max_poll_records=BATCH,
    )


def _partitions(consumer: Any) -> list[TopicPartition]:
    known = consumer.topics()
    for topic in (ENRICHED.name, LINKS.name):
        if topic not in known:
            raise NewswireError(f"no topic {topic}: `newswire topics --create` makes it")
    numbers = sorted(consumer.partitions_for_topic(ENRICHED.name) or ())
    return [TopicPartition(ENRICHED.name, number) for number in numbers]


def _window_starts(consumer: Any, committed: Mapping[TopicPartition, Any]) -> dict[Any, int]:
    """For each partition that was read before, where the last window of it begins.

    The commit says of what time it is: a partition's own last record may be much older.
    """
    places = {tp: place for tp, place in committed.items() if place is not None}
    times = [int(place.metadata) for place in places.values() if place.metadata.isdecimal()]
    if not times:
        return dict(consumer.beginning_offsets(list(places))) if places else {}
    found = consumer.offsets_for_times(dict.fromkeys(places, max(0, max(times) - WINDOW_MS)))
    return {
        tp: min(found[tp].offset, place.offset) if found.get(tp) else place.offset
        for tp, place in places.items()
    }


def _between(
    consumer: Any, starts: Mapping[TopicPartition, int], ends: Mapping[TopicPartition, int]
) -> Iterator[list[Any]]:
    """Batches of what lies from `starts` to `ends`; nothing of any other partition."""
    for tp, start in starts.items():
        consumer.seek(tp, start)
    # What was committed may lie beyond the end, if the topic was made anew.
    last = {tp: min(end, ends[tp]) for tp, end in consumer.end_offsets(list(starts)).items()}
    left = {tp for tp, start in starts.items() if start < last[tp]}
    while left:
        consumer.pause(*(tp for tp in consumer.assignment() if tp not in left))
        yield [each for each in _poll(consumer) if each.offset < last[_place(each)]]
        left = {tp for tp in left if consumer.position(tp) < last[tp]}


def _seek(
    consumer: Any, partitions: Iterable[TopicPartition], done: Mapping[TopicPartition, int]
) -> None:
    consumer.resume(*consumer.paused())
    for tp in partitions:
        if tp in done:
            consumer.seek(tp, done[tp])
        else:
            consumer.seek_to_beginning(tp)


def _poll(consumer: Any) -> list[Any]:
    # By time across the partitions, but each partition in its own order, which is that of
    # an article's versions. Not a longer poll: the embedded broker answers an empty fetch at
    # once, and the client would ask thousands of times a second.
    polled = consumer.poll(timeout_ms=0)
    if not polled:
        time.sleep(PAUSE_SECONDS)
    return list(merge(*polled.values(), key=lambda record: record.timestamp))


def _place(record: Any) -> TopicPartition:
    return TopicPartition(record.topic, record.partition)


def _delivered(records: Iterable[Any]) -> Iterator[Delivered]:
    return (Delivered(record.timestamp, record.value) for record in records)


def _send(producer: Any, links: Iterable[StoryLink]) -> None:
    sent = [
        producer.send(LINKS.name, key=link.uri.encode(), value=orjson.dumps(link)) for link in links
    ]
    producer.flush()
    for future in sent:
        future.get(timeout=SEND_SECONDS)
