"""A client that reads beside the worker's own consumer, of no group."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer

from schemas.topics import MAX_MESSAGE_BYTES
from streams.broker.security import Security
from streams.cancelling import is_cancelled


@asynccontextmanager
async def reader(address: str, security: Security) -> AsyncIterator[AIOKafkaConsumer]:
    """Connected, with nothing assigned; it is told where each partition begins.

    Raises:
        KafkaError: the broker is away, or goes away.
    """
    consumer = AIOKafkaConsumer(
        bootstrap_servers=address.split(","),
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
        enable_auto_commit=False,
        auto_offset_reset="none",
        **security.aiokafka(),
    )
    try:
        await consumer.start()
        yield consumer
    finally:
        try:
            await consumer.stop()
        except asyncio.CancelledError:
            # The client's own, when its broker is gone: that must not end who uses it.
            if is_cancelled():
                raise
