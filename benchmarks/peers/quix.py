"""Quix Streams: two streaming data frames in one application."""

import sys
from typing import Any

from quixstreams import Application
from quixstreams.models import TopicConfig

from benchmarks.peers.steps import Steps
from schemas.topics import ARTICLES, CANDIDATES, MAX_MESSAGE_BYTES
from streams.deliveries import Delivery

steps = Steps()
app = Application(
    broker_address=sys.argv[1],
    consumer_group="peer",
    auto_offset_reset="earliest",
    auto_create_topics=False,
    loglevel="ERROR",
    commit_interval=0.5,
    producer_extra_config={"acks": "all", "message.max.bytes": MAX_MESSAGE_BYTES},
    consumer_extra_config={"fetch.message.max.bytes": MAX_MESSAGE_BYTES},
)


def raw(name: str, partitions: int) -> Any:
    """A topic of bytes."""
    config = TopicConfig(num_partitions=partitions, replication_factor=1)
    kinds = {"key_serializer": "bytes", "value_serializer": "bytes"}
    return app.topic(
        name, key_deserializer="bytes", value_deserializer="bytes", config=config, **kinds
    )


def send(records: list[Delivery]) -> None:
    """By the application's own producer, which is flushed before each commit."""
    producer = app._processing_context.producer  # noqa: SLF001 — `to_topic` sends one record only
    for record in records:
        producer.produce(
            record.topic,
            record.value,
            key=record.key,
            partition=record.partition,
            headers=list(record.headers) or None,
        )


def enrich(value: bytes, key: bytes, _time: int, _headers: Any) -> None:
    """The first hop."""
    from quixstreams import message_context

    at = message_context()
    send(steps.enrich(at.topic, at.partition, at.offset, key, value))


def deduplicate(value: bytes, _key: bytes, _time: int, _headers: Any) -> None:
    """The second hop."""
    from quixstreams import message_context

    send(steps.settle(message_context().partition, value))


app.dataframe(raw(ARTICLES.name, ARTICLES.partitions)).update(enrich, metadata=True)
app.dataframe(raw(CANDIDATES.name, CANDIDATES.partitions)).update(deduplicate, metadata=True)
app.run()
