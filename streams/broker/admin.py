"""One admin connection, whose failures are `BrokerError`."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiokafka import errors
from aiokafka.conn import AIOKafkaConnection
from aiokafka.protocol.metadata import MetadataRequest
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from streams.broker.security import PLAINTEXT, Security
from streams.errors import BrokerError

REQUEST_MS = 10_000
"""A broker that needs longer than this for one question is as good as gone."""
CLOSE_S = 0.5


@contextmanager
def admin(address: str, security: Security = PLAINTEXT) -> Iterator[Any]:
    """A connected `KafkaAdminClient`, closed at the end.

    Args:
        address: `host:port[,host:port]`.
        security: how to connect.

    Raises:
        BrokerError: nothing listens there, it is no Kafka, does not let us in, or a request
            failed.
    """
    servers = address.split(",")
    # The client would try a closed port for as long as it may, and leave its sockets open.
    listening = next((server for server in servers if listens(server)), None)
    if listening is None:
        raise BrokerError(f"nothing listens at {address}: is the broker running?")
    if security.security_protocol != "PLAINTEXT":
        # It would also try a wrong password, again and again, and not say why.
        asyncio.run(_enter(listening, security))
    try:
        client = KafkaAdminClient(
            bootstrap_servers=servers,
            client_id="newswire",
            bootstrap_timeout_ms=REQUEST_MS,
            request_timeout_ms=REQUEST_MS,
            **security.kafka_python(),
        )
    except (KafkaError, OSError) as error:
        raise BrokerError(
            f"what listens at {address} does not answer as Kafka over "
            f"{security.security_protocol} (NEWSWIRE_SECURITY_PROTOCOL): {error}"
        ) from error
    try:
        yield client
    except KafkaError as error:
        raise BrokerError(f"the broker at {address} answered: {error}") from error
    finally:
        client.close()


def listens(server: str) -> bool:
    """Whether a connection to `server`, `host:port`, is accepted."""
    try:
        socket.create_connection(_parts(server), timeout=REQUEST_MS / 1000).close()
    except OSError:
        return False
    return True


def check(address: str, security: Security = PLAINTEXT) -> None:
    """Returns when the broker at `address` tells its topics.

    A connect alone says too little: a port opens before the data is read, and anything
    may listen on it.

    Raises:
        BrokerError: it does not answer, or not as Kafka does, or does not let us in.
    """
    with admin(address, security) as client:
        client.list_topics()


async def _enter(server: str, security: Security) -> None:
    """One connection, for the one word on why it fails."""
    host, port = _parts(server)
    connection = AIOKafkaConnection(
        host, port, client_id="newswire", request_timeout_ms=REQUEST_MS, **security.aiokafka()
    )
    try:
        await connection.connect()
        # To a wrong token Kafka says so only here, by an answer with nothing in it.
        let_in = bool((await connection.send(MetadataRequest([]))).brokers)
    except ssl.SSLCertVerificationError as error:
        raise BrokerError(
            f"{server} is not trusted: {error.verify_message}. NEWSWIRE_SSL_CAFILE must name the "
            "authority that signed its certificate, and NEWSWIRE_BROKER a host of that certificate"
        ) from None
    except (errors.UnsupportedSaslMechanismError, errors.AuthenticationMethodNotSupported):
        raise BrokerError(
            f"{server} does not offer {security.sasl_mechanism}: choose another "
            "NEWSWIRE_SASL_MECHANISM"
        ) from None
    except (errors.SaslAuthenticationFailed, errors.AuthenticationFailedError):
        let_in = False
    except (errors.KafkaError, OSError, TimeoutError) as error:
        raise BrokerError(
            f"{server} does not take us: {error!r}. Does it speak {security.security_protocol} "
            "(NEWSWIRE_SECURITY_PROTOCOL)? Does it ask for a certificate of ours "
            "(NEWSWIRE_SSL_CERTFILE)?"
        ) from None
    finally:
        # Without a handshake there is nothing that closes, and the wait is in vain.
        await asyncio.wait([connection.close()], timeout=CLOSE_S)
    if not let_in:
        raise BrokerError(f"{server} refuses the login: {_login(security)} is wrong")


def _login(security: Security) -> str:
    if security.sasl_mechanism == "OAUTHBEARER":
        return "the token in NEWSWIRE_SASL_OAUTH_TOKEN_FILE is too old or"
    held = "SASL_PASSWORD_FILE" if security.sasl_password_file else "SASL_PASSWORD"
    return f"NEWSWIRE_SASL_USERNAME or NEWSWIRE_{held}"


def _parts(server: str) -> tuple[str, int]:
    host, _, port = server.rpartition(":")
    return host.strip("[]"), int(port)
