"""Connections of the command line: a producer, a consumer, or a clear word why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kafka import KafkaConsumer, KafkaProducer
from kafka.errors import KafkaError

from schemas.topics import MAX_ANSWER_BYTES, MAX_MESSAGE_BYTES
from streams.broker import broker_of
from streams.broker.admin import check
from streams.errors import BrokerError
from streams.settings import Settings


@contextmanager
def producer(settings: Settings) -> Iterator[Any]:
    """A producer whose records are confirmed by the broker."""
    client = KafkaProducer(
        bootstrap_servers=_address(settings),
        client_id="newswire-publish",
        acks="all",
        linger_ms=5,
        max_request_size=MAX_MESSAGE_BYTES,
        **settings.kafka_python(),
    )
    try:
        yield client
    except KafkaError as error:
        raise BrokerError(f"the broker did not take a record: {error}") from error
    finally:
        client.close()


@contextmanager
def consumer(settings: Settings, group: str | None = None) -> Iterator[Any]:
    """A consumer that reads what it is told to, and leaves no trace.

    `group`: whose place it can look up; it does not join it.
    """
    client = KafkaConsumer(
        bootstrap_servers=_address(settings),
        client_id="newswire-tail",
        group_id=group,
        enable_auto_commit=False,
        allow_auto_create_topics=False,
        # A place that is deleted meanwhile: what is left of it, not what comes next.
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
        receive_message_max_bytes=MAX_ANSWER_BYTES,
        **settings.kafka_python(),
    )
    try:
        yield client
    except KafkaError as error:
        raise BrokerError(f"the broker answered: {error}") from error
    finally:
        client.close()


def _address(settings: Settings) -> list[str]:
    broker = broker_of(settings.broker, settings.data, settings)
    try:
        check(broker.address, broker.security)
    except BrokerError as error:
        if broker.embedded:
            raise BrokerError(
                f"no broker at {broker.address}: start it with `newswire up` in another terminal, "
                "or set NEWSWIRE_BROKER=kafka://host:port"
            ) from None
        raise BrokerError(str(error)) from None
    return broker.address.split(",")
