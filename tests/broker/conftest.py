"""What the broker tests share: fresh topics, and reading a topic from an offset."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from streams.broker import Broker, TopicSpec, ensure_topics
from streams.broker.admin import admin

NewTopic = Callable[..., str]
Read = Callable[..., list[Any]]


@pytest.fixture
def new_topic(broker: Broker) -> Iterator[NewTopic]:
    """`new_topic(partitions=1, **{"retention.ms": "1000"})`: the name of a topic just made."""
    names = []

    def make(partitions: int = 1, **config: str) -> str:
        name = f"test.{uuid4().hex}"
        assert ensure_topics(broker.address, [TopicSpec(name, partitions, config)]) == {
            name: "created"
        }
        names.append(name)
        return name

    yield make
    if names:
        with admin(broker.address) as client:
            client.delete_topics(names)


@pytest.fixture
def producer(broker: Broker) -> Iterator[Any]:
    """kafka-python's producer with its own defaults: idempotent, acknowledged by all."""
    producer = KafkaProducer(bootstrap_servers=broker.address)
    yield producer
    producer.close()


@pytest.fixture
def read(broker: Broker) -> Read:
    """`read(topic, offset=0)`: the records of partition 0 from there to the end, in order."""

    def records(topic: str, offset: int = 0, **settings: Any) -> list[Any]:
        consumer = KafkaConsumer(bootstrap_servers=broker.address, **settings)
        partition = TopicPartition(topic, 0)
        try:
            consumer.assign([partition])
            consumer.seek(partition, offset)
            end = consumer.end_offsets([partition])[partition]
            found: list[Any] = []
            for _ in range(100):
                if consumer.position(partition) >= end:
                    break
                found += consumer.poll(timeout_ms=100).get(partition, [])
            return found
        finally:
            consumer.close()

    return records
