"""A broker that somebody else runs: we look, and change nothing."""

from dataclasses import dataclass

from streams.broker.admin import check


@dataclass(frozen=True)
class ExternalBroker:
    """Kafka, or anything that speaks its protocol, at `address`."""

    address: str
    embedded: bool = False

    def start(self) -> None:
        """Returns when the broker answers.

        Raises:
            BrokerError: it does not.
        """
        check(self.address)

    def stop(self) -> None:
        """Leaves it running."""
