"""A broker that somebody else runs: we look, and change nothing."""

from dataclasses import dataclass

from streams.broker.admin import check
from streams.broker.security import PLAINTEXT, Security


@dataclass(frozen=True)
class ExternalBroker:
    """Kafka, or anything that speaks its protocol, at `address`."""

    address: str
    security: Security = PLAINTEXT
    embedded: bool = False

    def start(self) -> None:
        """Returns when the broker answers.

        Raises:
            BrokerError: it does not, or does not let us in.
        """
        check(self.address, self.security)

    def stop(self) -> None:
        """Leaves it running."""
