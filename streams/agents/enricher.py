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
from streams.agents.brake import Brake
from streams.agents.work import SWEEP_MS, Work, dead_letter, milliseconds
from streams.batches import BatchStream
from streams.delivering import Deliverer
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, Processed, process
from streams.rereading import Rereader
from streams.settings import Settings
from streams.state import State
from streams.steps.decode import wire_of
from streams.steps.versions import History

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Enricher:
    """The agent, with what it remembers of each uri."""

    settings: Settings
    lexicon: Lexicon
    versions: State[History]
    rereader: Rereader
    deliverer: Deliverer
    brake: Brake

    async def run(self, stream: BatchStream) -> None:
        """Works until the worker stops."""
        async for events in stream.batches(self.settings.batch_max, self.settings.batch_seconds):
            metrics.BATCH_SIZE.labels("enrich").observe(len(events))
            work, holds = Work(), partial(stream.holds, events[-1])
            for event in events:
                await self._one(event, work, holds)
            if not holds():
                continue  # while a version was read again: whoever has them now begins anew
            oldest = milliseconds(events[-1]) - self.settings.versions_days * DAY_MS
            work.records += self.versions.forget_before(oldest, SWEEP_MS)
            if not await work.finish(self.deliverer, holds):
                continue
            self.brake.check(stream)
            metrics.STATE_ENTRIES.labels(self.versions.name).set(len(self.versions))

    async def _one(self, event: EventT[bytes], work: Work, holds: Callable[[], bool]) -> None:
        if not holds():
            return
        message, received_ms = event.message, milliseconds(event)
        arrival = Arrival(message.key, message.offset, received_ms, message.partition)
        processed = self._process(message.value or b"", arrival, work, retold=False)
        rejected = processed.outcome if isinstance(processed.outcome, Rejected) else None
        wire = None
        if rejected is not None:
            wire = wire_of(message.value or b"")
            work.records.append(dead_letter(rejected, event))
        work.counts.append(lambda: self.brake.count(rejected, wire))
        work.counts.append(lambda: counting.count_arrival(processed, received_ms))
        if processed.retell is not None:
            again = await self.rereader.read(message.partition, processed.retell)
            if holds():  # what is remembered is dropped when partitions move
                self._retell(again, message.partition, processed.retell, work)

    def _retell(self, again: Any | None, partition: int, offset: int, work: Work) -> None:
        # Its verdict or its streams changed by a version that came late.
        if again is None:
            metrics.RETOLD.labels("gone").inc()
            log.warning("a version to be told again has left the input", offset=offset)
            return
        arrival = Arrival(again.key, offset, again.timestamp, partition)
        self._process(again.value or b"", arrival, work, retold=True)
        work.counts.append(metrics.RETOLD.labels("done").inc)

    def _process(self, raw: bytes, arrival: Arrival, work: Work, *, retold: bool) -> Processed:
        partition = arrival.partition
        processed = process(
            raw,
            arrival,
            lambda uri: self.versions.get(partition, uri),
            self.lexicon,
            counting.stopwatch(),
        )
        outcome = processed.outcome
        if isinstance(outcome, Candidate):
            told = replace(outcome, retold=True) if retold else outcome
            work.records.append(deliveries.of_candidate(told))
        elif isinstance(outcome, DuplicateRecord):
            work.records.append(deliveries.of_duplicate(outcome))
        if processed.history is not None:
            # A record's key is its article's uri: what has another one was rejected.
            uri = (arrival.key or b"").decode()
            work.records.append(self.versions.put(partition, uri, processed.history))
        work.records += map(deliveries.of_alias, processed.aliases)
        return processed
