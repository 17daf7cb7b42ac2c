"""Agent `deduplicate`: candidates to enriched articles, streams and duplicates."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import orjson
from faust.types import EventT
from pydantic import TypeAdapter, ValidationError

from schemas.enriched import Enriched, Withdrawn
from schemas.outcomes import DuplicateRecord, Embargoed, Rejected
from streams import counting, deliveries, metrics
from streams.abreast import Steps, abreast
from streams.agents.brake import Brake
from streams.agents.work import Work, dead_letter, first_fault, parts
from streams.batches import BatchStream
from streams.delivering import Deliverer
from streams.indexes import Indexes
from streams.live import Live
from streams.settings import Settings
from streams.settling import due_ms, read_candidate, settle
from streams.state import State

RECORD: TypeAdapter[Enriched | DuplicateRecord] = TypeAdapter(Enriched | DuplicateRecord)


@dataclass(slots=True)
class Deduplicator:
    """The agent, with the articles of the last days, and those under embargo.

    `now_ms`: the clock, in milliseconds since 1970.
    """

    settings: Settings
    streams: frozenset[str]
    indexes: Indexes
    held: State[Embargoed]
    deliverer: Deliverer
    live: Live
    now_ms: Callable[[], int]
    brake: Brake
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, stream: BatchStream) -> None:
        """Works until the worker stops."""
        async for events in stream.batches(self.settings.batch_max, self.settings.batch_seconds):
            metrics.BATCH_SIZE.labels("deduplicate").observe(len(events))
            async with self._turn:
                holds = partial(stream.holds, events[-1])
                if not holds():  # not since we waited for our turn
                    continue
                work = Work()
                for part in parts(events):
                    abreast((self._settling(each, work) for each in part), counting.stopwatch())
                work.records += self.indexes.save(self.now_ms())
                if not await work.finish(self.deliverer, holds):
                    continue
            self.brake.check(stream)
            metrics.STATE_ENTRIES.labels(self.indexes.name).set(len(self.indexes))
            metrics.STATE_ENTRIES.labels(self.held.name).set(len(self.held))

    async def release(self, own: Callable[[], frozenset[int]]) -> None:
        """Delivers what is due. `own`: the partitions that are this worker's now."""
        if not len(self.held):
            return
        async with self._turn:  # a withdrawal in the batch at work must not be overtaken
            work, partitions, now_ms = Work(), own(), self.now_ms()
            for partition, uri, embargoed in tuple(self.held.items()):
                if partition in partitions and embargoed.until_ms <= now_ms:
                    work.records += deliveries.of_embargoed(uri, embargoed)
                    work.records.append(self.held.forget(partition, uri))
                    work.counts.append(metrics.RELEASED.inc)
                    self._show(RECORD.validate_json(embargoed.value), work)
            await work.finish(self.deliverer, lambda: partitions <= own())

    def _settling(self, event: EventT[bytes], work: Work) -> Steps[None]:
        yield "candidate"
        try:
            candidate = read_candidate(event.message.value or b"")
        except (orjson.JSONDecodeError, ValidationError) as error:
            # Only agent `enrich` writes here: it is a stranger's record, or a later version's.
            detail = first_fault(error)
            rejected = Rejected("rejected", None, "verdict", "not_a_candidate", detail)
            self._reject(rejected, None, event, work)
            return

        yield "verdict"
        partition = event.message.partition
        outcome = settle(candidate, self.indexes[partition])
        if isinstance(outcome, Rejected):
            self._reject(outcome, candidate.record.wire, event, work)
            return
        work.counts.append(lambda: self.brake.count(None))

        yield "records"
        records = deliveries.of_outcome(outcome, candidate.streams_before, self.streams)
        until_ms = due_ms(candidate, outcome)
        if until_ms > self.now_ms():
            topics = tuple(record.topic for record in records)
            embargoed = Embargoed(until_ms, topics, orjson.dumps(outcome).decode())
            work.records.append(self.held.put(partition, outcome.uri, embargoed))
            if not candidate.retold:
                work.counts.append(counting.count_held)
            return
        work.records += records
        if not isinstance(outcome, DuplicateRecord) and self.held.get(partition, outcome.uri):
            work.records.append(self.held.forget(partition, outcome.uri))
        self._show(outcome, work)
        if not candidate.retold:
            work.counts.append(lambda: counting.count_verdict(outcome, candidate.received_ms))

    def _reject(
        self, rejected: Rejected, wire: str | None, event: EventT[bytes], work: Work
    ) -> None:
        work.records.append(dead_letter(rejected, event))
        work.counts.append(lambda: counting.count_rejected(rejected))
        work.counts.append(lambda: self.brake.count(rejected, wire))

    def _show(self, outcome: Enriched | Withdrawn | DuplicateRecord, work: Work) -> None:
        duplicate = outcome.duplicate
        if not isinstance(outcome, DuplicateRecord):
            work.counts.append(lambda: self.live.show(outcome))
        if duplicate is not None and duplicate.story not in (None, outcome.uri):
            work.counts.append(lambda: self.live.spread(duplicate))
