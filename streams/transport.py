"""Faust's Kafka transport for the embedded broker, whose empty fetches answer at once."""

from typing import Any, ClassVar

import aiokafka
import faust
from faust.transport.drivers import aiokafka as driver
from faust.types.transports import ConsumerT

from streams.broker.pacing import pace_fetches


class _PacedThread(driver.AIOKafkaConsumerThread):
    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        pace_fetches(consumer._client)  # noqa: SLF001 — no setting reaches it
        return consumer


class _PacedConsumer(driver.Consumer):
    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        return _PacedThread(self, loop=self.loop, beacon=self.beacon)


class _PacedTransport(driver.Transport):
    Consumer: ClassVar[type[ConsumerT]] = _PacedConsumer


def pace(app: faust.App) -> None:
    """Makes the app's idle consumer wait between fetches; see `streams.broker.pacing`."""
    app.transport = _PacedTransport(app.conf.broker_consumer, app)
