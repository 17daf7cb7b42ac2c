"""What every agent does with a batch."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from faust.types import EventT
from pydantic import ValidationError

from schemas.outcomes import Rejected
from streams.dead_letters import of_rejected
from streams.deliveries import Delivery
from streams.delivering import Deliverer

SWEEP_MS = 60 * 60 * 1000
"""State is looked through for what is too old once in this time."""

MOST_BYTES = 1024 * 1024
"""Of articles that go abreast: large ones are not all in memory with what is made on their way."""


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


def parts(events: Iterable[EventT[bytes]]) -> Iterator[list[EventT[bytes]]]:
    """The parts of a batch, in order, whose articles can go abreast.

    In none is a uri twice, for what is remembered of one version decides about the next one.
    """
    part: list[EventT[bytes]] = []
    keys: set[bytes | None] = set()
    size = 0
    for event in events:
        message = event.message
        length = len(message.value or b"")
        if part and (message.key in keys or size + length > MOST_BYTES):
            yield part
            part, keys, size = [], set(), 0
        part.append(event)
        keys.add(message.key)
        size += length
    if part:
        yield part


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
