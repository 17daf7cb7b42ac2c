"""An idle consumer must not keep a processor busy, and a busy one must not wait."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.protocol.fetch import FetchRequest

from streams.broker import Broker
from streams.broker.pacing import LONGEST_S, pace_fetches

NewTopic = Callable[..., str]
EMPTY = SimpleNamespace(topics=[("t", [(0, 0, 0, b""), (1, 0, 0, b"")])])
FULL = SimpleNamespace(topics=[("t", [(0, 0, 0, b""), (1, 0, 0, b"records")])])
FETCH = FetchRequest(500, 1, 1, 0, [])


class _Client:
    def __init__(self, response: object) -> None:
        self.response = response
        self.sent: list[tuple[int, object, str]] = []

    async def send(self, node_id: int, request: object, *, group: str) -> object:
        self.sent.append((node_id, request, group))
        return self.response


def _paced(response: object) -> Any:
    client: Any = _Client(response)
    pace_fetches(client)
    return client


async def _seconds(client: Any, request: object, times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        assert await client.send(0, request, group="g") is client.response
    return time.perf_counter() - started


async def test_empty_answers_slow_down_and_records_speed_up_again() -> None:
    client = _paced(EMPTY)
    await _seconds(client, FETCH, 8)
    assert await _seconds(client, FETCH, 1) > LONGEST_S * 0.9
    client.response = FULL
    assert await _seconds(client, FETCH, 20) < LONGEST_S
    client.response = EMPTY
    assert await _seconds(client, FETCH, 1) < LONGEST_S * 0.9


async def test_heartbeats_and_commits_never_wait() -> None:
    client = _paced(EMPTY)
    assert await _seconds(client, "heartbeat", 50) < LONGEST_S
    assert client.sent == [(0, "heartbeat", "g")] * 50


@pytest.mark.broker
@pytest.mark.parametrize("pace", [None, pace_fetches])
async def test_an_idle_consumer_asks_seldom_on_kafka_and_when_paced(
    broker: Broker, new_topic: NewTopic, pace: Callable[[Any], None] | None
) -> None:
    consumer = AIOKafkaConsumer(bootstrap_servers=broker.address)
    fetches = 0
    send = consumer._client.send

    async def counted(node_id: int, request: Any, **options: Any) -> Any:
        nonlocal fetches
        fetches += isinstance(request, FetchRequest)
        return await send(node_id, request, **options)

    consumer._client.send = counted
    if pace:
        pace(consumer._client)
    async with consumer:
        consumer.assign([TopicPartition(new_topic(), 0)])
        await consumer.getmany(timeout_ms=1000)
    if broker.embedded and not pace:
        assert fetches > 300  # it holds no fetch back; when it does, pacing can go
    else:
        assert fetches < 80


@pytest.mark.broker
async def test_a_record_in_an_idle_partition_is_seen_within_the_longest_wait(
    broker: Broker, new_topic: NewTopic
) -> None:
    partition = TopicPartition(new_topic(), 0)
    consumer = AIOKafkaConsumer(bootstrap_servers=broker.address)
    pace_fetches(consumer._client)
    async with consumer, AIOKafkaProducer(bootstrap_servers=broker.address) as producer:
        consumer.assign([partition])
        await consumer.seek_to_beginning(partition)
        await consumer.getmany(timeout_ms=300)
        await producer.send_and_wait(partition.topic, b"now")
        sent = time.perf_counter()
        assert (await consumer.getone()).value == b"now"
        assert time.perf_counter() - sent < LONGEST_S + 0.1
