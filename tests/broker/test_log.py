"""Broker contract: what is written is read back, and offsets are told as Kafka tells them."""

from collections.abc import Callable
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka import TopicPartition as Partition
from kafka import KafkaConsumer, TopicPartition, codec
from kafka.admin import OffsetSpec

from streams.broker import Broker
from streams.broker.admin import admin

pytestmark = pytest.mark.broker

NewTopic = Callable[..., str]
Read = Callable[..., list[Any]]


@pytest.fixture
async def batch_of_ten(broker: Broker, new_topic: NewTopic) -> str:
    """A topic with offsets 0 to 9 in one record batch, with timestamps 1000 to 1009."""
    topic = new_topic(**{"retention.ms": "-1"})
    async with AIOKafkaProducer(bootstrap_servers=broker.address) as producer:
        batch = producer.create_batch()
        for number in range(10):
            value = b"%d" % number
            assert batch.append(key=None, value=value, timestamp=1000 + number) is not None
        await (await producer.send_batch(batch, topic, partition=0))
    return topic


def test_the_end_offset_counts_the_records_of_a_batch(broker: Broker, batch_of_ten: str) -> None:
    partition = TopicPartition(batch_of_ten, 0)
    with admin(broker.address) as client:
        latest = client.list_partition_offsets({partition: OffsetSpec.LATEST})
        earliest = client.list_partition_offsets({partition: OffsetSpec.EARLIEST})
    assert (earliest[partition].offset, latest[partition].offset) == (0, 10)


async def test_faust_recovery_sees_the_end_of_a_batch(broker: Broker, batch_of_ten: str) -> None:
    # Recovery of a table reads up to this; one batch too few loses state without an error.
    partition = Partition(batch_of_ten, 0)
    async with AIOKafkaConsumer(bootstrap_servers=broker.address) as consumer:
        consumer.assign([partition])
        assert await consumer.end_offsets([partition]) == {partition: 10}
        assert await consumer.beginning_offsets([partition]) == {partition: 0}
        await consumer.seek_to_beginning(partition)
        assert (await consumer.getone()).value == b"0"
        assert consumer.highwater(partition) == 10


def test_an_offset_is_found_by_the_time_of_its_record(broker: Broker, batch_of_ten: str) -> None:
    partition = TopicPartition(batch_of_ten, 0)
    consumer = KafkaConsumer(bootstrap_servers=broker.address)
    try:
        found = consumer.offsets_for_times({partition: 1004})[partition]
        assert (found.offset, found.timestamp) == (4, 1004)
        assert consumer.offsets_for_times({partition: 1})[partition].offset == 0
        assert consumer.offsets_for_times({partition: 1010})[partition] is None
    finally:
        consumer.close()


def test_a_read_may_start_in_the_middle_of_a_batch(batch_of_ten: str, read: Read) -> None:
    records = read(batch_of_ten, offset=7)
    assert [(r.offset, r.value) for r in records] == [(7, b"7"), (8, b"8"), (9, b"9")]


def test_key_headers_timestamp_and_bytes_come_back(
    new_topic: NewTopic, producer: Any, read: Read
) -> None:
    topic = new_topic(**{"retention.ms": "-1"})
    headers = [("stage", b"decode"), ("stage", b"\xff\x00"), ("empty", b"")]
    producer.send(
        topic, key="урн:ключ".encode(), value=b"\x00\xff{", headers=headers, timestamp_ms=123456
    ).get(10)
    (record,) = read(topic)
    assert record.key.decode() == "урн:ключ"
    assert record.value == b"\x00\xff{"
    assert record.headers == headers
    assert record.timestamp == 123456


def test_a_tombstone_is_none_and_empty_is_empty(
    new_topic: NewTopic, producer: Any, read: Read
) -> None:
    topic = new_topic()
    producer.send(topic, key=b"k", value=None)
    producer.send(topic, key=b"k", value=b"").get(10)
    assert [record.value for record in read(topic)] == [None, b""]


CODECS = [name for name in ("gzip", "lz4", "zstd", "snappy") if getattr(codec, f"has_{name}")()]


@pytest.mark.parametrize("compression", CODECS)
async def test_compressed_batches_are_stored_and_counted(
    broker: Broker, new_topic: NewTopic, read: Read, compression: str
) -> None:
    topic = new_topic()
    values = [b"%d: the same words again and again" % number for number in range(100)]
    async with AIOKafkaProducer(
        bootstrap_servers=broker.address, compression_type=compression, linger_ms=50
    ) as producer:
        for future in [await producer.send(topic, value, partition=0) for value in values]:
            await future
    records = read(topic)
    assert [record.offset for record in records] == list(range(100))
    assert [record.value for record in records] == values


def test_one_key_stays_in_one_partition(broker: Broker, new_topic: NewTopic, producer: Any) -> None:
    topic = new_topic(partitions=4)
    sent = [producer.send(topic, key=b"uri-%d" % (n % 8), value=b"") for n in range(64)]
    placed = {(n % 8, future.get(10).partition) for n, future in enumerate(sent)}
    assert len(placed) == 8
    assert len({partition for _, partition in placed}) > 1
