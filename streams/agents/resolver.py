"""Agent `resolve`: finds the stories that a kill names by another id, and withdraws them.

What is known of a uri lies on the uri's partition, and a kill under another uri lies on
another one. So every id has a place of its own, by its own key, where both meet; what
follows is an ordinary withdrawal on the input topic. It bears no ids: there is no loop.
"""

from dataclasses import dataclass
from functools import partial

import structlog
from faust.types import EventT
from pydantic import TypeAdapter, ValidationError

from schemas.aliases import Alias
from schemas.outcomes import Rejected
from schemas.topics import DAY_MS
from streams import deliveries, metrics
from streams.agents.work import SWEEP_MS, dead_letter, first_fault, milliseconds
from streams.batches import BatchStream
from streams.deliveries import Delivery
from streams.delivering import Deliverer
from streams.settings import Settings
from streams.state import State
from streams.steps.aliases import Known, key_of, resolve

log = structlog.get_logger(__name__)

ALIAS = TypeAdapter(Alias)


@dataclass(slots=True)
class Resolver:
    """Aliases to withdrawals. `known` forgets an id when `versions` would forget a uri."""

    settings: Settings
    known: State[Known]
    deliverer: Deliverer

    async def run(self, stream: BatchStream) -> None:
        """Works until the worker stops."""
        async for events in stream.batches(self.settings.batch_max, self.settings.batch_seconds):
            metrics.BATCH_SIZE.labels("resolve").observe(len(events))
            records = [record for event in events for record in self._one(event)]
            oldest = milliseconds(events[-1]) - self.settings.versions_days * DAY_MS
            records += self.known.forget_before(oldest, SWEEP_MS)
            await self.deliverer.deliver(records, partial(stream.holds, events[-1]))
            metrics.STATE_ENTRIES.labels(self.known.name).set(len(self.known))

    def _one(self, event: EventT[bytes]) -> list[Delivery]:
        message = event.message
        try:
            alias = ALIAS.validate_json(message.value or b"")
        except ValidationError as error:
            # Only agent `enrich` writes here: it is a stranger's record, or a later version's.
            # No article ends with it, so it is no outcome.
            detail = first_fault(error)
            rejected = Rejected("rejected", None, "resolve", "not_an_alias", detail)
            metrics.REJECTED.labels(rejected.stage, rejected.reason).inc()
            log.warning("alias rejected", detail=detail, offset=message.offset)
            return [dead_letter(rejected, event)]
        key = key_of(alias).decode()
        known = self.known.get(message.partition, key)
        after, kills = resolve(alias, message.offset, milliseconds(event), known)
        return [*map(deliveries.of_kill, kills), self.known.put(message.partition, key, after)]
