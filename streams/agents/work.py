"""What every agent does with a batch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from faust.types import EventT
from pydantic import ValidationError

from schemas.outcomes import Rejected
from streams.dead_letters import of_rejected
from streams.deliveries import Delivery
from streams.delivering import Deliverer

SWEEP_MS = 60 * 60 * 1000
"""State is looked through for what is too old once in this time."""


@dataclass(slots=True)
class Work:
    """What comes of a batch: records to write, and what to count once they are written."""

    records: list[Delivery] = field(default_factory=list)
    counts: list[Callable[[], None]] = field(default_factory=list)

    async def finish(self, deliverer: Deliverer, ours: Callable[[], bool]) -> bool:
        """Delivers, then counts: what is counted has happened. Returns as `deliver` does."""
        delivered = await deliverer.deliver(self.records, ours)
        if delivered:
            for count in self.counts:
                count()
        return delivered


def milliseconds(event: EventT[bytes]) -> int:
    """The broker's time of a record, since 1970."""
    return round((event.message.timestamp or 0) * 1000)


def first_fault(error: ValueError) -> str:
    """What is wrong with a record first, without quoting it. `error`: of orjson or pydantic."""
    if isinstance(error, ValidationError):
        return str(error.errors(include_url=False, include_input=False)[0])
    return str(error)


def dead_letter(rejected: Rejected, event: EventT[bytes]) -> Delivery:
    """The record as it came, and why it could not be read."""
    message = event.message
    headers = message.headers or ()
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return of_rejected(
        rejected,
        source=(message.topic, message.partition, message.offset),
        key=message.key,
        value=message.value or b"",
        headers=tuple(pairs),
    )
