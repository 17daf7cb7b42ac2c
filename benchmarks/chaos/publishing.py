"""Publishes the load at its rate while all else goes wrong, and keeps what was confirmed."""

import threading
import time
from collections.abc import Iterable
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError

from benchmarks.chaos.load import Planned
from benchmarks.chaos.records import Published
from schemas.topics import ARTICLES, MAX_MESSAGE_BYTES

PATIENCE_MS = 600_000
"""How long a record waits for a broker that is away."""


class Publisher(threading.Thread):
    """Idempotent: what is sent twice is meant to be.

    It keeps its pace: after an outage it publishes what it is behind with at once.
    """

    def __init__(self, address: str, planned: Iterable[Planned], rate: float) -> None:
        super().__init__(name="publisher")
        self._producer = KafkaProducer(
            bootstrap_servers=address,
            client_id="newswire-chaos",
            acks="all",
            linger_ms=5,
            max_request_size=MAX_MESSAGE_BYTES,
            enable_idempotence=True,
            delivery_timeout_ms=PATIENCE_MS,
            max_block_ms=PATIENCE_MS,
        )
        self._planned = planned
        self._rate = rate
        self._sent: list[tuple[Planned, Any]] = []
        self._enough = threading.Event()

    @property
    def count(self) -> int:
        """Records sent so far."""
        return len(self._sent)

    def cancel(self) -> None:
        """Publishes nothing any more."""
        self._enough.set()

    def run(self) -> None:
        """Until all is sent."""
        begun = time.monotonic()
        for number, planned in enumerate(self._planned):
            wait = begun + number / self._rate - time.monotonic()
            if self._enough.wait(max(0.0, wait)):
                return
            self._sent.append((planned, self._send(planned)))

    def confirmed(self) -> list[Published]:
        """Everything, once it is on the broker; what was refused is sent again."""
        self._producer.flush(PATIENCE_MS / 1000)
        published = []
        for planned, future in self._sent:
            there = self._there(planned, future)
            published.append(Published(planned, there.partition, there.offset))
        self._producer.close()
        return published

    def _send(self, planned: Planned) -> Any:
        return self._producer.send(ARTICLES.name, key=planned.key, value=planned.value)

    def _there(self, planned: Planned, future: Any) -> Any:
        while True:
            try:
                return future.get(timeout=PATIENCE_MS / 1000)
            except KafkaError:
                future = self._send(planned)
