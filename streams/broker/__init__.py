"""The Kafka broker newswire talks to: one that runs already, or one it brings along.

Blocking code, for the command line's own process; nothing here runs inside Faust.
"""

import re
from pathlib import Path
from typing import Protocol

from streams.broker.embedded import DEFAULT_PORT, EmbeddedBroker
from streams.broker.external import ExternalBroker
from streams.broker.groups import evict_ghosts
from streams.broker.security import PLAINTEXT, Security
from streams.broker.topics import TopicSpec, ensure_topics, for_embedded
from streams.errors import BrokerError

__all__ = ["Broker", "TopicSpec", "broker_of", "ensure_topics", "evict_ghosts", "for_embedded"]


class Broker(Protocol):
    """A broker that can be started and stopped; for an external one both only look."""

    @property
    def address(self) -> str:
        """What clients connect to: `host:port[,host:port]`."""

    @property
    def security(self) -> Security:
        """How clients connect."""

    @property
    def embedded(self) -> bool:
        """Whether the broker lives and dies with this process."""

    def start(self) -> None:
        """Returns when the broker answers. Harmless when it does already.

        Raises:
            BrokerError: it does not; the message says what to do.
        """

    def stop(self) -> None:
        """Ends an embedded broker, its data saved. Stop the workers first."""


_EMBEDDED = re.compile(r"embedded(?:://(?:127\.0\.0\.1|localhost):(?P<port>\d{1,5}))?/?")
_SERVER = r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}"
_EXTERNAL = re.compile(rf"kafka://(?P<servers>{_SERVER}(?:,{_SERVER})*)/?", re.ASCII)


def broker_of(url: str, data: Path, security: Security = PLAINTEXT) -> Broker:
    """The broker that `url` names, not started yet.

    Args:
        url: `embedded`, `embedded://127.0.0.1:19092`, or `kafka://host:port[,host:port]`.
        data: the embedded broker's own directory; made when it starts.
        security: how to connect to one that is not embedded.

    Raises:
        BrokerError: `url` is none of these, or embedded and `security` asks for more than that has.
    """
    if match := _EMBEDDED.fullmatch(url):
        port = int(match["port"] or DEFAULT_PORT)
        if 0 < port <= 65535:
            _refuse(security)
            return EmbeddedBroker(port, data)
    elif match := _EXTERNAL.fullmatch(url):
        return ExternalBroker(match["servers"], security)
    # A login that somebody wrote into it is not repeated, for others may read it.
    shown = re.sub(r"//.*@", "//…@", url, flags=re.DOTALL)
    raise BrokerError(
        f"{shown!r} names no broker. Use embedded, embedded://127.0.0.1:19092 (this machine only) "
        "or kafka://host:port,host:port"
    )


def _refuse(security: Security) -> None:
    if security.security_protocol != "PLAINTEXT":
        raise BrokerError(
            "the embedded broker has neither TLS nor logins, and is on this machine only: unset "
            "NEWSWIRE_SECURITY_PROTOCOL, or set NEWSWIRE_BROKER=kafka://host:port"
        )
