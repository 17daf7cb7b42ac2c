"""One admin connection, whose failures are `BrokerError`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from streams.errors import BrokerError

REQUEST_MS = 10_000
"""A broker that needs longer than this for one question is as good as gone."""


@contextmanager
def admin(address: str) -> Iterator[Any]:
    """A connected `KafkaAdminClient`, closed at the end.

    Args:
        address: `host:port[,host:port]`.

    Raises:
        BrokerError: nobody answers there, or a request failed.
    """
    try:
        client = KafkaAdminClient(
            bootstrap_servers=address.split(","),
            client_id="newswire",
            bootstrap_timeout_ms=REQUEST_MS,
            request_timeout_ms=REQUEST_MS,
        )
    except (KafkaError, OSError, ValueError) as error:
        raise BrokerError(
            f"no Kafka broker answers at {address} ({error}): is it running, and is the address "
            "the one it advertises?"
        ) from error
    try:
        yield client
    except KafkaError as error:
        raise BrokerError(f"the broker at {address} answered: {error}") from error
    finally:
        client.close()


def check(address: str) -> None:
    """Returns when the broker at `address` tells its topics.

    A connect alone says too little: a port opens before the data is read, and anything
    may listen on it.

    Raises:
        BrokerError: it does not answer, or not as Kafka does.
    """
    with admin(address) as client:
        client.list_topics()
