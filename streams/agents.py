"""The two agents: take a batch, let the pipeline judge each article, deliver, acknowledge.

A batch is acknowledged only after everything that came of it is on the broker. Nothing
may escape from here: Faust acknowledges what an agent failed on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from faust.types import EventT
from pydantic import TypeAdapter, ValidationError

from schemas.enriched import Enriched
from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from schemas.topics import DAY_MS
from streams import counting, deliveries, metrics
from streams.batches import BatchStream
from streams.dead_letters import of_rejected
from streams.deliveries import Delivery
from streams.delivering import Deliverer
from streams.lexicon import Lexicon
from streams.live import Live
from streams.pipeline import Arrival, process, settle
from streams.settings import Settings
from streams.state import State
from streams.steps.duplicates import First, within
from streams.steps.versions import History

SWEEP_MS = 60 * 60 * 1000
CANDIDATE = TypeAdapter(Candidate)


@dataclass(slots=True)
class Work:
    """What comes of a batch: records to write, and what to count once they are written."""

    records: list[Delivery] = field(default_factory=list)
    counts: list[Callable[[], None]] = field(default_factory=list)


async def finish(work: Work, deliverer: Deliverer) -> None:
    """Delivers, then counts: what is counted has happened."""
    await deliverer.deliver(work.records)
    for count in work.counts:
        count()


@dataclass(slots=True)
class Enricher:
    """Agent `enrich`: articles to candidates, duplicates of their own uri, dead letters."""

    settings: Settings
    lexicon: Lexicon
    versions: State[History]
    deliverer: Deliverer

    async def run(self, stream: BatchStream) -> None:
        """Works until the worker stops."""
        async for events in stream.batches(self.settings.batch_max, self.settings.batch_seconds):
            metrics.BATCH_SIZE.labels("enrich").observe(len(events))
            work = Work()
            for event in events:
                self._one(event, work)
            oldest = _milliseconds(events[-1]) - self.settings.versions_days * DAY_MS
            work.records += self.versions.forget_before(oldest, SWEEP_MS)
            await finish(work, self.deliverer)
            metrics.STATE_ENTRIES.labels(self.versions.name).set(len(self.versions))

    def _one(self, event: EventT[bytes], work: Work) -> None:
        message, received_ms = event.message, _milliseconds(event)
        partition = message.partition
        processed = process(
            message.value or b"",
            Arrival(message.key, message.offset, received_ms),
            lambda uri: self.versions.get(partition, uri),
            self.lexicon,
            counting.stopwatch(),
        )
        outcome = processed.outcome
        if isinstance(outcome, Candidate):
            work.records.append(deliveries.of_candidate(outcome))
        elif isinstance(outcome, DuplicateRecord):
            work.records.append(deliveries.of_duplicate(outcome))
        elif isinstance(outcome, Rejected):
            work.records.append(_dead_letter(outcome, event))
        if processed.history is not None:
            # A record's key is its article's uri: what has another one was rejected.
            uri = (message.key or b"").decode()
            work.records.append(self.versions.put(partition, uri, processed.history))
        work.counts.append(lambda: counting.count_arrival(processed, received_ms))


@dataclass(slots=True)
class Deduplicator:
    """Agent `deduplicate`: candidates to enriched articles, streams and duplicates."""

    settings: Settings
    streams: frozenset[str]
    seen: State[First]
    deliverer: Deliverer
    live: Live

    async def run(self, stream: BatchStream) -> None:
        """Works until the worker stops."""
        async for events in stream.batches(self.settings.batch_max, self.settings.batch_seconds):
            metrics.BATCH_SIZE.labels("deduplicate").observe(len(events))
            work = Work()
            for event in events:
                self._one(event, work)
            oldest = _milliseconds(events[-1]) - self.settings.window_days * DAY_MS
            work.records += self.seen.forget_before(oldest, SWEEP_MS)
            await finish(work, self.deliverer)
            metrics.STATE_ENTRIES.labels(self.seen.name).set(len(self.seen))

    def _one(self, event: EventT[bytes], work: Work) -> None:
        lap = counting.stopwatch()
        try:
            candidate = CANDIDATE.validate_json(event.message.value or b"")
        except ValidationError as error:
            # Only agent `enrich` writes here: it is a stranger's record, or a later version's.
            detail = str(error.errors(include_url=False, include_input=False)[0])
            rejected = Rejected("rejected", None, "verdict", "not_a_candidate", detail)
            work.records.append(_dead_letter(rejected, event))
            work.counts.append(lambda: counting.count_rejected(rejected))
            return
        partition, received_ms = event.message.partition, candidate.received_ms
        window_ms = self.settings.window_days * DAY_MS
        seen = self.seen.get(partition, candidate.content_hash)
        first = within(seen, received_ms, window_ms)
        outcome = settle(candidate, first)
        if isinstance(outcome, DuplicateRecord):
            work.records.append(deliveries.of_duplicate(outcome))
        else:
            work.records += deliveries.of_record(outcome, candidate.streams_before, self.streams)
            work.counts.append(lambda: self.live.show(outcome))
        if isinstance(outcome, Enriched) and first is None:
            origin = First(outcome.uri, received_ms)
            work.records.append(self.seen.put(partition, candidate.content_hash, origin))
        lap("verdict")
        work.counts.append(lambda: counting.count_verdict(outcome, received_ms))


def _milliseconds(event: EventT[bytes]) -> int:
    return int((event.message.timestamp or 0) * 1000)


def _dead_letter(rejected: Rejected, event: EventT[bytes]) -> Delivery:
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
