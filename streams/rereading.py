"""Single records of the input, read again by their offset."""

import asyncio
from typing import Any

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError, OffsetOutOfRangeError

from schemas.topics import Topic
from streams.broker.security import Security
from streams.pauses import pauses
from streams.readers import reader

log = structlog.get_logger(__name__)

PATIENCE_S = 10.0


class Rereader:
    """Reads beside the worker's own consumer, and of no group. Connects when first asked."""

    def __init__(self, address: str, topic: Topic, security: Security) -> None:
        self._address = address
        self._topic = topic.name
        self._security = security

    async def read(self, partition: int, offset: int) -> Any | None:
        """The record (`key`, `value`, `timestamp` in ms); None when the broker has it no more.

        A broker that is away is waited for: what it still has is not gone.
        """
        for pause in pauses():
            try:
                return await self._read(TopicPartition(self._topic, partition), offset)
            except OffsetOutOfRangeError:
                break
            except (KafkaError, TimeoutError) as error:
                log.warning("broker does not give a record", error=repr(error), again_in=pause)
                await asyncio.sleep(pause)
        return None

    async def _read(self, place: TopicPartition, offset: int) -> Any | None:
        async with reader(self._address, self._security) as consumer:
            consumer.assign([place])
            first = (await consumer.beginning_offsets([place]))[place]
            end = (await consumer.end_offsets([place]))[place]
            if not first <= offset < end:
                return None
            consumer.seek(place, offset)
            record = await asyncio.wait_for(consumer.getone(place), PATIENCE_S)
        return record if record.offset == offset else None
