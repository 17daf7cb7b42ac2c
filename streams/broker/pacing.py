"""Keeps an idle consumer from asking the embedded broker all the time.

Kafka holds a fetch back until there is data or `fetch.max.wait.ms` is over; noida-db 0.2.3
answers at once, whatever the request says, and an idle consumer asks 4,000 times a second
and keeps a processor busy. No consumer setting helps; so the consumer waits.
"""

import asyncio
from typing import Any

from aiokafka.client import AIOKafkaClient
from aiokafka.protocol.fetch import FetchRequest

SHORTEST_S, LONGEST_S = 0.001, 0.02
"""The wait after an empty answer doubles from the one to the other; data resets it."""


def pace_fetches(client: AIOKafkaClient) -> None:
    """Makes every fetch of `client` (a consumer's `_client`) wait when it brought nothing.

    For the embedded broker only, before the consumer starts. A record that arrives in an
    idle partition is seen up to `LONGEST_S` later; under load nothing waits. Other
    requests, heartbeats and commits among them, go through as they are.
    """
    send = client.send
    wait = SHORTEST_S

    async def paced(node_id: int, request: Any, **options: Any) -> Any:
        nonlocal wait
        response = await send(node_id, request, **options)
        if isinstance(request, FetchRequest):
            if _has_records(response):
                wait = SHORTEST_S
            else:
                await asyncio.sleep(wait)
                wait = min(2 * wait, LONGEST_S)
        return response

    client.send = paced


def _has_records(response: Any) -> bool:
    # The last field of a partition, in every version of the answer, is its records.
    return any(partition[-1] for _, partitions in response.topics for partition in partitions)
