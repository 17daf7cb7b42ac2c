"""Writes records to the broker, and does not come back before they are there."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import faust
import structlog

from streams import metrics
from streams.deliveries import Delivery
from streams.pauses import pauses

log = structlog.get_logger(__name__)


class Deliverer:
    """Sends in order, all at once, again until it worked: a broker that is away is waited for.

    All of it again, not only what failed: the order of one key's versions must hold, and
    every record is keyed, so that a copy changes nothing.
    """

    def __init__(self, app: faust.App, *, lean: bool) -> None:
        self._app = app
        self._send = self._hand_over if lean else self._send_by_topic
        self._topics: dict[str, Any] = {}

    async def deliver(self, records: Sequence[Delivery], ours: Callable[[], bool]) -> bool:
        """True when every record is on the broker; False when it is no longer ours to tell.

        `ours`: asked before each try, since another worker may have taken over meanwhile.
        """
        for pause in pauses():
            if not ours():
                break
            try:
                sent = [await self._send(record) for record in records]
                for future in sent:
                    await future
            except Exception as error:  # noqa: BLE001 — whatever the client raises
                metrics.DELIVERY_RETRIES.inc()
                log.warning("broker does not take records", error=repr(error), again_in=pause)
                await asyncio.sleep(pause)
            else:
                return True
        return False

    async def _hand_over(self, record: Delivery) -> Any:
        # Straight to the producer: `Topic.send` costs three times what the producer does.
        return await self._app.producer.send(
            record.topic,
            record.key,
            record.value,
            record.partition,
            None,
            list(record.headers) or None,
        )

    async def _send_by_topic(self, record: Delivery) -> Any:
        topic = self._topics.get(record.topic)
        if topic is None:
            topic = self._topics[record.topic] = self._app.topic(
                record.topic, key_serializer="raw", value_serializer="raw", allow_empty=True
            )
        return await topic.send(
            key=record.key,
            value=record.value,
            partition=record.partition,
            headers=list(record.headers) or None,
        )
