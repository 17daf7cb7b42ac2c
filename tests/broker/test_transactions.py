"""Broker contract: a repeated send is stored once, and a reader may wait for the commit."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from kafka import KafkaProducer

from streams.broker import Broker

pytestmark = pytest.mark.broker

NewTopic = Callable[..., str]
Read = Callable[..., list[Any]]


async def test_an_idempotent_producer_gets_an_id_and_writes_each_record_once(
    broker: Broker, new_topic: NewTopic, read: Read
) -> None:
    topic = new_topic()
    async with AIOKafkaProducer(
        bootstrap_servers=broker.address, enable_idempotence=True
    ) as producer:
        for future in [await producer.send(topic, b"%d" % n) for n in range(100)]:
            await future
    assert [int(record.value) for record in read(topic)] == list(range(100))


def test_a_committed_reader_sees_no_aborted_record(
    broker: Broker, new_topic: NewTopic, read: Read
) -> None:
    topic = new_topic()
    producer = KafkaProducer(
        bootstrap_servers=broker.address, transactional_id=f"test-{uuid4().hex}"
    )
    try:
        producer.init_transactions()
        for value, end in (
            (b"kept", producer.commit_transaction),
            (b"aborted", producer.abort_transaction),
            (b"kept too", producer.commit_transaction),
        ):
            producer.begin_transaction()
            producer.send(topic, value).get(10)
            end()
    finally:
        producer.close()
    committed = read(topic, isolation_level="read_committed")
    assert [record.value for record in committed] == [b"kept", b"kept too"]
    everything = read(topic, isolation_level="read_uncommitted")
    assert [record.value for record in everything] == [b"kept", b"aborted", b"kept too"]


async def test_aiokafka_hides_an_open_transaction(
    broker: Broker, new_topic: NewTopic, read: Read
) -> None:
    topic = new_topic()
    async with AIOKafkaProducer(
        bootstrap_servers=broker.address, transactional_id=f"test-{uuid4().hex}"
    ) as producer:
        async with producer.transaction():
            await producer.send_and_wait(topic, b"first")
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"open")
        committed = read(topic, isolation_level="read_committed")
        everything = read(topic, isolation_level="read_uncommitted")
        await producer.abort_transaction()
    assert [record.value for record in committed] == [b"first"]
    assert [record.value for record in everything] == [b"first", b"open"]
