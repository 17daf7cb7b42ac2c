"""One admin connection, whose failures are `BrokerError`."""

import socket
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
        BrokerError: nothing listens there, it is no Kafka, or a request failed.
    """
    servers = address.split(",")
    # The client would try a closed port for as long as it may, and leave its sockets open.
    if not any(listens(server) for server in servers):
        raise BrokerError(f"nothing listens at {address}: is the broker running?")
    try:
        client = KafkaAdminClient(
            bootstrap_servers=servers,
            client_id="newswire",
            bootstrap_timeout_ms=REQUEST_MS,
            request_timeout_ms=REQUEST_MS,
        )
    except (KafkaError, OSError) as error:
        raise BrokerError(f"what listens at {address} does not answer as Kafka: {error}") from error
    try:
        yield client
    except KafkaError as error:
        raise BrokerError(f"the broker at {address} answered: {error}") from error
    finally:
        client.close()


def listens(server: str) -> bool:
    """Whether a connection to `server`, `host:port`, is accepted."""
    host, _, port = server.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=REQUEST_MS / 1000).close()
    except OSError:
        return False
    return True


def check(address: str) -> None:
    """Returns when the broker at `address` tells its topics.

    A connect alone says too little: a port opens before the data is read, and anything
    may listen on it.

    Raises:
        BrokerError: it does not answer, or not as Kafka does.
    """
    with admin(address) as client:
        client.list_topics()
