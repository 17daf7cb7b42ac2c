"""Broker contract: what is kept, and what goes. Brokers clean up in their own time."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from kafka import TopicPartition
from kafka.admin import OffsetSpec

from streams.broker import Broker
from streams.broker.admin import admin
from streams.cli.clients import consumer
from streams.cli.reading import between, partitions_of, places
from streams.settings import Settings

pytestmark = pytest.mark.broker

NewTopic = Callable[..., str]
Read = Callable[..., list[Any]]
KB = 1024


class Sizes(NamedTuple):
    """Bytes: small on the embedded broker; Kafka refuses segments of less than a MiB."""

    segment: int
    retention: int
    value: int

    @property
    def config(self) -> dict[str, str]:
        return {"retention.bytes": str(self.retention), "segment.bytes": str(self.segment)}


@pytest.fixture
def sizes(broker: Broker) -> Sizes:
    if broker.embedded:
        return Sizes(segment=16 * KB, retention=64 * KB, value=KB)
    return Sizes(segment=1024 * KB, retention=2048 * KB, value=32 * KB)


def _patience(broker: Broker) -> float:
    # The node of tools/kafka looks every second. Kafka's own defaults are 15 s and 5 minutes.
    return 10 if broker.embedded else 40


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def _earliest(broker: Broker, topic: str) -> int:
    partition = TopicPartition(topic, 0)
    with admin(broker.address) as client:
        found: int = client.list_partition_offsets({partition: OffsetSpec.EARLIEST})[
            partition
        ].offset
        return found


def test_compaction_keeps_the_last_value_of_each_key_at_its_offset(
    broker: Broker, new_topic: NewTopic, producer: Any, read: Read, sizes: Sizes
) -> None:
    topic = new_topic(
        **{
            "cleanup.policy": "compact",
            "segment.bytes": str(sizes.segment),
            "min.cleanable.dirty.ratio": "0.01",
            "max.compaction.lag.ms": "1000",
            "segment.ms": "1000",
        }
    )
    filler = b"." * (sizes.value // 5)  # over a thousand records, several segments
    for number in range(1000):
        producer.send(topic, key=b"key-%d" % (number % 10), value=b"%d." % number + filler)
    producer.flush()

    def compacted() -> bool:
        # Compaction looks at closed segments; a write closes one that is old.
        producer.send(topic, key=b"tick", value=b"").get(10)
        return len(read(topic)) < 200

    assert _until(compacted, _patience(broker))
    last = {record.key: record for record in read(topic)}
    assert last.keys() == {b"key-%d" % number for number in range(10)} | {b"tick"}
    assert {last[b"key-%d" % n].offset for n in range(10)} == set(range(990, 1000))
    assert last[b"key-7"].value.startswith(b"997.")


def test_what_is_older_than_retention_ms_goes(
    broker: Broker, new_topic: NewTopic, producer: Any
) -> None:
    topic = new_topic(**{"retention.ms": "1000", "segment.ms": "500"})
    producer.send(topic, b"old").get(10)
    assert _until(lambda: _earliest(broker, topic) == 1, _patience(broker))


def test_the_oldest_go_when_a_partition_outgrows_retention_bytes(
    broker: Broker, new_topic: NewTopic, producer: Any, read: Read, sizes: Sizes
) -> None:
    topic = new_topic(**sizes.config)
    for number in range(400):
        producer.send(topic, b"%03d" % number + b"." * sizes.value)
    producer.flush()
    # Whole segments go, and only while retention.bytes remain: up to one more is kept.
    least = 60 if broker.embedded else sizes.retention // sizes.value
    most = (sizes.retention + sizes.segment) // sizes.value
    assert _until(lambda: _earliest(broker, topic) >= 400 - most, _patience(broker))
    earliest = _earliest(broker, topic)
    kept = read(topic, earliest)
    assert least <= len(kept) <= most
    assert [int(record.value[:3]) for record in kept] == list(range(earliest, 400))


def test_a_compacted_topic_keeps_every_key_however_large_it_grows(
    new_topic: NewTopic, producer: Any, read: Read, sizes: Sizes
) -> None:
    # State is recovered from such topics, and `for_embedded` sets retention.bytes on them too.
    topic = new_topic(**sizes.config, **{"cleanup.policy": "compact"})
    for number in range(400):
        producer.send(topic, key=b"%03d" % number, value=b"." * sizes.value)
    producer.flush()
    time.sleep(3)
    assert {int(record.key) for record in read(topic)} == set(range(400))


def test_records_are_deleted_up_to_an_offset_on_request(
    broker: Broker, new_topic: NewTopic, producer: Any, read: Read
) -> None:
    topic = new_topic()
    for number in range(10):
        producer.send(topic, b"%d" % number)
    producer.flush()
    with admin(broker.address) as client:
        client.delete_records({TopicPartition(topic, 0): 7})
    assert _earliest(broker, topic) == 7
    assert [record.offset for record in read(topic, 7)] == [7, 8, 9]


def test_the_commands_read_what_is_left_when_the_beginning_is_deleted_meanwhile(
    broker: Broker, new_topic: NewTopic, producer: Any
) -> None:
    topic = new_topic()
    for number in range(10):
        producer.send(topic, b"%d" % number)
    producer.flush()
    with consumer(Settings(broker=f"kafka://{broker.address}")) as client:
        partitions = partitions_of(client, [topic])
        starts, ends = places(client, partitions, "start"), client.end_offsets(partitions)
        with admin(broker.address) as deleting:
            deleting.delete_records({TopicPartition(topic, 0): 7})
        assert [record.offset for record in between(client, starts, ends)] == [7, 8, 9]
