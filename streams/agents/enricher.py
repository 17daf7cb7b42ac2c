"""Agent `enrich`: articles to candidates, duplicates of their own uri, dead letters."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from faust.types import EventT

from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from schemas.topics import DAY_MS
from streams import counting, deliveries, metrics
from streams.abreast import Steps, abreast, alone
from streams.agents.brake import Brake
from streams.agents.work import SWEEP_MS, Work, dead_letter, milliseconds, parts
from streams.batches import BatchStream
from streams.delivering import Deliverer
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, Processed, processing
from streams.rereading import Rereader
from streams.settings import Settings
from streams.state import State
from streams.steps.decode import wire_of
from streams.steps.versions import History

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Enricher:
    """The agent, with what it remembers of each uri.

    `now_ms`: the clock, in milliseconds since 1970.
    """

    settings: Settings
    lexicon: Lexicon
    versions: State[History]
    rereader: Rereader
    deliverer: Deliverer
    now_ms: Callable[[], int]
    brake: Brake

    async def run(self, stream: BatchStream) -> None:
        """Works until the worker stops."""
        async for events in stream.batches(self.settings.batch_max, self.settings.batch_seconds):
            metrics.BATCH_SIZE.labels("enrich").observe(len(events))
            work, holds = Work(), partial(stream.holds, events[-1])
            for part in parts(events):
                await self._all(part, work, holds)
            if not holds():
                continue  # while a version was read again: whoever has them now begins anew
            # Not later than now: a publisher's clock may be ahead.
            latest = min(milliseconds(events[-1]), self.now_ms())
            oldest = latest - self.settings.versions_days * DAY_MS
            work.records += self.versions.forget_before(oldest, SWEEP_MS)
            if not await work.finish(self.deliverer, holds):
                continue
            self.brake.check(stream)
            metrics.STATE_ENTRIES.labels(self.versions.name).set(len(self.versions))

    async def _all(
        self, events: list[EventT[bytes]], work: Work, holds: Callable[[], bool]
    ) -> None:
        if not holds():
            return
        arrivals = [_arrival(event) for event in events]
        ways = map(self._processing, (event.message.value for event in events), arrivals)
        made = abreast(ways, counting.stopwatch())
        for event, arrival, processed in zip(events, arrivals, made, strict=True):
            self._note(event, processed, work)
            self._tell(processed, arrival, work, retold=False)
            if processed.retell is not None:
                partition, offset = event.message.partition, processed.retell
                again = await self.rereader.read(partition, offset)
                if not holds():  # what is remembered is dropped when partitions move
                    return
                self._retell(again, partition, offset, work)

    def _note(self, event: EventT[bytes], processed: Processed, work: Work) -> None:
        raw, received_ms = event.message.value or b"", milliseconds(event)
        rejected = processed.outcome if isinstance(processed.outcome, Rejected) else None
        wire = None if rejected is None else wire_of(raw)
        if rejected is not None:
            work.records.append(dead_letter(rejected, event))
        work.counts.append(lambda: self.brake.count(rejected, wire))
        work.counts.append(lambda: counting.count_arrival(processed, received_ms))

    def _retell(self, again: Any | None, partition: int, offset: int, work: Work) -> None:
        # Its verdict or its streams changed by a version that came late.
        if again is None:
            metrics.RETOLD.labels("gone").inc()
            log.warning("a version to be told again has left the input", offset=offset)
            return
        arrival = Arrival(again.key, offset, again.timestamp, partition)
        processed = alone(self._processing(again.value, arrival))
        self._tell(processed, arrival, work, retold=True)
        work.counts.append(metrics.RETOLD.labels("done").inc)

    def _processing(self, raw: bytes | None, arrival: Arrival) -> Steps[Processed]:
        history_of = partial(self.versions.get, arrival.partition)
        return processing(raw or b"", arrival, history_of, self.lexicon)

    def _tell(self, processed: Processed, arrival: Arrival, work: Work, *, retold: bool) -> None:
        outcome = processed.outcome
        if isinstance(outcome, Candidate):
            told = replace(outcome, retold=True) if retold else outcome
            work.records.append(deliveries.of_candidate(told))
        elif isinstance(outcome, DuplicateRecord):
            work.records.append(deliveries.of_duplicate(outcome))
        if processed.history is not None:
            # A record's key is its article's uri: what has another one was rejected.
            uri = (arrival.key or b"").decode()
            work.records.append(self.versions.put(arrival.partition, uri, processed.history))
        work.records += map(deliveries.of_alias, processed.aliases)


def _arrival(event: EventT[bytes]) -> Arrival:
    message = event.message
    return Arrival(message.key, message.offset, milliseconds(event), message.partition)
