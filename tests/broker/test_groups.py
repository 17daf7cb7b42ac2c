"""Broker contract: groups resume where they committed, and what a killed member leaves."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition

from streams.broker import Broker, evict_ghosts
from streams.broker.admin import admin

pytestmark = pytest.mark.broker

NewTopic = Callable[..., str]
SESSION_MS = 6000
"""The shortest that Kafka allows."""

MEMBER = f"""
import sys, time
from kafka import KafkaConsumer
address, topic, group, instance = sys.argv[1:]
consumer = KafkaConsumer(topic, bootstrap_servers=address, group_id=group,
                         group_instance_id=instance or None, session_timeout_ms={SESSION_MS})
while not consumer.assignment():
    consumer.poll(100)
print("joined", flush=True)
while True:
    consumer.poll(100)
"""


@pytest.fixture
def group(broker: Broker) -> str:
    return f"test-{uuid4().hex}"


@pytest.fixture
def join(broker: Broker, new_topic: NewTopic, group: str) -> Iterator[Callable[..., bool]]:
    """`join(seconds, instance=None)`: whether a new member gets the one partition in time."""
    topic = new_topic()

    def joined(seconds: float, instance: str | None = None) -> bool:
        consumer = KafkaConsumer(
            topic,
            bootstrap_servers=broker.address,
            group_id=group,
            group_instance_id=instance,
            session_timeout_ms=SESSION_MS,
        )
        deadline = time.monotonic() + seconds
        try:
            while not consumer.assignment() and time.monotonic() < deadline:
                consumer.poll(100)
            return bool(consumer.assignment())
        finally:
            consumer.close(autocommit=False, timeout_ms=1000)

    def kill_a_member(instance: str | None = None) -> None:
        arguments = [broker.address, topic, group, instance or ""]
        member = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", MEMBER, *arguments], stdout=subprocess.PIPE
        )
        assert member.stdout is not None
        assert member.stdout.readline() == b"joined\n"
        member.kill()
        member.wait()
        member.stdout.close()

    joined.kill_a_member = kill_a_member  # type: ignore[attr-defined]
    yield joined
    with admin(broker.address) as client:
        evict_ghosts(broker.address, group)
        client.delete_groups([group])


def test_a_group_goes_on_where_it_committed(
    broker: Broker, new_topic: NewTopic, producer: Any, group: str
) -> None:
    topic = new_topic()
    for number in range(10):
        producer.send(topic, b"%d" % number)
    producer.flush()
    partition = TopicPartition(topic, 0)

    def member() -> Any:
        return KafkaConsumer(
            topic,
            bootstrap_servers=broker.address,
            group_id=group,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
        )

    first = member()
    assert next(first).value == b"0"
    first.commit({partition: OffsetAndMetadata(5, "half", -1)})
    first.close()
    second = member()
    try:
        assert [next(second).value for _ in range(5)] == [b"5", b"6", b"7", b"8", b"9"]
        assert second.committed(partition) == 5
    finally:
        second.close()


def test_a_killed_member_with_a_static_name_is_replaced_at_once(join: Any) -> None:
    join.kill_a_member("worker-1")
    assert join(5, "worker-1")


def test_a_killed_member_without_a_name_is_expired_by_kafka_and_never_by_the_embedded(
    broker: Broker, join: Any
) -> None:
    join.kill_a_member()
    assert join(SESSION_MS / 1000 + 3) is not broker.embedded


def test_an_evicted_ghost_makes_room_at_once(broker: Broker, join: Any, group: str) -> None:
    join.kill_a_member()
    assert evict_ghosts(broker.address, group) == 1
    assert evict_ghosts(broker.address, group) == 0
    assert join(5)


def test_an_evicted_static_ghost_makes_room_for_another_name(
    broker: Broker, join: Any, group: str
) -> None:
    join.kill_a_member("worker-1")
    assert evict_ghosts(broker.address, group) == 1
    assert join(5, "worker-2")


def test_a_group_that_never_was_has_no_ghosts(broker: Broker, group: str) -> None:
    assert evict_ghosts(broker.address, group) == 0
