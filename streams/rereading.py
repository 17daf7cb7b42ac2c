"""Single records of the input, read again by their offset."""

import asyncio
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from schemas.topics import MAX_MESSAGE_BYTES, Topic
from streams.broker.security import Security

log = structlog.get_logger(__name__)

PATIENCE_S = 10.0


class Rereader:
    """Reads beside the worker's own consumer, and of no group. Connects when first asked."""

    def __init__(self, address: str, topic: Topic, security: Security) -> None:
        self._address = address
        self._topic = topic.name
        self._security = security

    async def read(self, partition: int, offset: int) -> Any | None:
        """The record (`key`, `value`, `timestamp` in ms); None when retention has taken it."""
        place = TopicPartition(self._topic, partition)
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._address.split(","),
            max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
            enable_auto_commit=False,
            auto_offset_reset="none",
            **self._security.aiokafka(),
        )
        try:
            await consumer.start()
            consumer.assign([place])
            if offset < (await consumer.beginning_offsets([place]))[place]:
                return None
            consumer.seek(place, offset)
            record = await asyncio.wait_for(consumer.getone(place), PATIENCE_S)
        except (KafkaError, TimeoutError) as error:
            log.warning("input cannot be read again", offset=offset, error=repr(error))
            return None
        finally:
            await consumer.stop()
        return record if record.offset == offset else None
