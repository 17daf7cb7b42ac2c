"""What agents remember is read back from the beginning of its changelog to the end."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from aiokafka.errors import KafkaConnectionError
from faust.types import TP
from kafka import KafkaProducer

from schemas.topics import ARTICLES, VERSIONS_CHANGELOG, Topic
from streams import changelogs, readers
from streams.broker import Broker, TopicSpec, ensure_topics
from streams.broker.security import Security
from streams.changelogs import Changelogs

OWN = 1
Change = tuple[int, bytes, bytes | None]


class Memory:
    """A keeper that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[Change | str] = []

    def apply(self, partition: int, key: bytes, value: bytes | None) -> None:
        self.told.append((partition, key, value))

    def clear(self) -> None:
        self.told.append("clear")


def worker() -> Any:
    """An app as far as changelogs see it; it has one partition of the input."""
    return SimpleNamespace(
        conf=SimpleNamespace(id="newswire"),
        consumer=SimpleNamespace(assignment=lambda: {TP(ARTICLES.name, OWN), TP("other", 0)}),
        consumer_generation_id=1,
        on_rebalance_complete=SimpleNamespace(connect=lambda _: None),
    )


def changelog() -> Topic:
    return replace(VERSIONS_CHANGELOG, name=f"newswire-{uuid4().hex}-changelog")


@pytest.mark.broker
async def test_all_of_ones_own_partitions_is_read_anew_after_every_rebalance(
    broker: Broker,
) -> None:
    topic, memory = changelog(), Memory()
    await asyncio.to_thread(ensure_topics, broker.address, [TopicSpec(topic.name, 2)])
    changes: list[Change] = [
        (OWN, b"key", b"first"),
        (0, b"another's", b"value"),
        (OWN, b"key", b"second"),
        (OWN, b"gone", None),
    ]
    own: list[Change | str] = [change for change in changes if change[0] == OWN]
    await asyncio.to_thread(_write, broker.address, topic.name, changes)
    kept = Changelogs(worker(), broker.address, Security())
    kept.keep(topic, ARTICLES, memory)
    await kept._moved()
    assert memory.told == ["clear", *own]
    await asyncio.to_thread(_write, broker.address, topic.name, [(OWN, b"new", b"third")])
    await kept._moved()
    assert memory.told[4:] == ["clear", *own, (OWN, b"new", b"third")]


@pytest.mark.broker
async def test_nothing_is_read_of_what_is_empty(broker: Broker) -> None:
    topic, memory = changelog(), Memory()
    await asyncio.to_thread(ensure_topics, broker.address, [TopicSpec(topic.name, 2)])
    kept = Changelogs(worker(), broker.address, Security())
    assert kept.keep(topic, ARTICLES, memory) == topic.name[len("newswire-") : -len("-changelog")]
    await asyncio.wait_for(kept._moved(), 30)
    assert memory.told == ["clear"]


@pytest.mark.parametrize("moves", [False, True])
async def test_a_broker_that_is_away_is_waited_for_until_partitions_move_again(
    monkeypatch: pytest.MonkeyPatch, *, moves: bool
) -> None:
    app, tries = worker(), 0

    class Away:
        """A client of a broker that is there the third time."""

        def __init__(self, **_settings: object) -> None:
            pass

        async def start(self) -> None:
            nonlocal tries
            tries += 1
            if tries < 3:
                app.consumer_generation_id += moves
                raise KafkaConnectionError

        def assign(self, places: list[Any]) -> None:
            assert len(places) == 1

        async def offsets(self, places: list[Any]) -> dict[Any, int]:
            return dict.fromkeys(places, 7)

        def seek(self, _place: Any, offset: int) -> None:
            assert offset == 7

        async def stop(self) -> None:
            raise asyncio.CancelledError  # as aiokafka passes on its own

        beginning_offsets = end_offsets = offsets

    monkeypatch.setattr(readers, "AIOKafkaConsumer", Away)
    monkeypatch.setattr(changelogs, "pauses", lambda: iter([0.0] * 9))
    memory = Memory()
    kept = Changelogs(app, "127.0.0.1:1", Security())
    kept.keep(changelog(), ARTICLES, memory)
    await kept._moved()
    assert tries == (1 if moves else 3)
    assert memory.told == ["clear"] * tries


def _write(address: str, topic: str, changes: list[Change]) -> None:
    producer = KafkaProducer(bootstrap_servers=address)
    for partition, key, value in changes:
        producer.send(topic, key=key, value=value, partition=partition)
    producer.flush()
    producer.close()
