"""A record of the input is read again as soon as its broker is there, and given up only if gone."""

import asyncio
from pathlib import Path

import pytest
from aiokafka.errors import KafkaConnectionError
from kafka import KafkaProducer

from schemas.topics import ARTICLES
from streams import readers
from streams.broker import TopicSpec, broker_of, ensure_topics
from streams.broker.security import Security
from streams.rereading import Rereader
from tests.conftest import free_port_now

pytestmark = pytest.mark.broker


async def test_a_broker_that_is_away_is_waited_for(tmp_path: Path) -> None:
    broker = broker_of(f"embedded://127.0.0.1:{free_port_now()}", tmp_path)
    await asyncio.to_thread(broker.start)
    await asyncio.to_thread(_publish, broker.address)
    await asyncio.to_thread(broker.stop)
    rereader = Rereader(broker.address, ARTICLES, Security())
    reading = asyncio.create_task(rereader.read(0, 0))
    await asyncio.sleep(1.0)
    assert not reading.done(), "given up while the broker was away"
    try:
        await asyncio.to_thread(broker.start)
        record = await asyncio.wait_for(reading, 60)
        assert record is not None
        assert record.value == b"the article"
        assert await rereader.read(0, 7) is None, "there is no such record"
    finally:
        await asyncio.to_thread(broker.stop)


def _publish(address: str) -> None:
    ensure_topics(address, [TopicSpec(ARTICLES.name, 1)])
    producer = KafkaProducer(bootstrap_servers=address)
    producer.send(ARTICLES.name, key=b"uri", value=b"the article").get(timeout=30)
    producer.close()


async def test_a_client_that_cancels_itself_as_it_stops_does_not_end_the_agent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Dying:
        """As aiokafka's, when its broker goes away between two requests."""

        def __init__(self, **_settings: object) -> None:
            pass

        async def start(self) -> None:
            raise KafkaConnectionError

        async def stop(self) -> None:
            raise asyncio.CancelledError

    monkeypatch.setattr(readers, "AIOKafkaConsumer", Dying)
    reading = asyncio.create_task(Rereader("127.0.0.1:1", ARTICLES, Security()).read(0, 0))
    await asyncio.sleep(0.2)
    assert not reading.done(), "it waits for the broker"
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
