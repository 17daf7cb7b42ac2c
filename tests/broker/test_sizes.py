"""Broker contract: a hostile 50 MB article passes, and the partition goes on."""

from collections.abc import Callable
from itertools import islice

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import MessageSizeTooLargeError

from streams.broker import Broker, TopicSpec, for_embedded
from streams.cli.clients import consumer
from streams.cli.reading import between, onwards, partitions_of, places
from streams.settings import Settings

pytestmark = pytest.mark.broker

NewTopic = Callable[..., str]
MB = 1024 * 1024
LARGE = {"max.message.bytes": str(64 * MB)}


def _value(size: int) -> bytes:
    return bytes(range(256)) * (size // 256)


@pytest.fixture
async def large_producer(broker: Broker) -> AIOKafkaProducer:
    async with AIOKafkaProducer(
        bootstrap_servers=broker.address, max_request_size=64 * MB
    ) as producer:
        yield producer


@pytest.mark.parametrize("megabytes", [5, 20, 50])
async def test_a_large_message_arrives_whole_and_does_not_stop_its_partition(
    broker: Broker, new_topic: NewTopic, large_producer: AIOKafkaProducer, megabytes: int
) -> None:
    # As the consumer comes: 1 MB a partition. Kafka sends a first batch that is larger whole.
    topic = new_topic(
        **(for_embedded(TopicSpec("", 1, LARGE)).config if broker.embedded else LARGE)
    )
    value = _value(megabytes * MB)
    for sent in (value, b"after"):
        await large_producer.send_and_wait(topic, sent, partition=0)
    async with AIOKafkaConsumer(bootstrap_servers=broker.address) as consumer:
        consumer.assign([TopicPartition(topic, 0)])
        await consumer.seek_to_beginning()
        # Not compared by pytest, which would print 50 MB.
        same = (await consumer.getone()).value == value
        assert same
        assert (await consumer.getone()).value == b"after"


async def test_the_commands_read_more_than_a_client_takes_at_once(
    broker: Broker, new_topic: NewTopic, large_producer: AIOKafkaProducer
) -> None:
    config = for_embedded(TopicSpec("", 4, LARGE)).config if broker.embedded else LARGE
    topic = new_topic(4, **config)
    for number in range(4):
        await large_producer.send_and_wait(topic, _value(30 * MB), partition=number)
    kind = "embedded" if broker.embedded else "kafka"
    with consumer(Settings(broker=f"{kind}://{broker.address}")) as client:
        starts = places(client, partitions_of(client, [topic]), "start")
        ends = client.end_offsets(list(starts))
        assert [len(record.value) for record in between(client, starts, ends)] == [30 * MB] * 4
        at_once = [len(record.value) for record in islice(onwards(client, starts), 4)]
        assert at_once == [30 * MB] * 4


async def test_a_megabyte_is_the_limit_where_nothing_is_configured(
    broker: Broker, new_topic: NewTopic, large_producer: AIOKafkaProducer
) -> None:
    topic = new_topic()
    await large_producer.send_and_wait(topic, _value(9 * MB // 10))
    with pytest.raises(MessageSizeTooLargeError):
        await large_producer.send_and_wait(topic, _value(5 * MB))


async def test_small_segments_do_not_refuse_large_messages(
    broker: Broker, new_topic: NewTopic, large_producer: AIOKafkaProducer
) -> None:
    topic = new_topic(**LARGE, **{"segment.bytes": str(4 * MB)})
    if broker.embedded:
        await large_producer.send_and_wait(topic, _value(5 * MB))
    else:
        # Kafka does: there, leave segment.bytes at its default of 1 GB.
        with pytest.raises(Exception, match="RecordListTooLarge"):
            await large_producer.send_and_wait(topic, _value(5 * MB))


async def test_one_fetch_brings_what_was_asked_on_kafka_and_everything_on_the_embedded(
    broker: Broker, new_topic: NewTopic, large_producer: AIOKafkaProducer
) -> None:
    # A consumer that is behind holds all it is behind by: retention.bytes bounds that, too.
    topic = new_topic()
    for _ in range(100):
        await large_producer.send_and_wait(topic, _value(10_240), partition=0)
    partition = TopicPartition(topic, 0)
    async with AIOKafkaConsumer(
        bootstrap_servers=broker.address, max_partition_fetch_bytes=50_000, fetch_max_bytes=50_000
    ) as consumer:
        consumer.assign([partition])
        await consumer.seek_to_beginning()
        first = (await consumer.getmany(timeout_ms=5000))[partition]
    assert (len(first) == 100) is broker.embedded
