"""A newswire in memory without faults, whose topics the audit is tried on."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from zlib import crc32

from benchmarks.chaos.calm import Calm, rehearse
from benchmarks.chaos.load import Planned
from benchmarks.chaos.records import Published, Record
from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from schemas.topics import (
    ARTICLES,
    CANDIDATES,
    DEAD_LETTERS,
    DUPLICATES,
    ENRICHED,
    PARTITIONS,
    stream_topic_name,
)
from streams.dead_letters import of_rejected
from streams.deliveries import Delivery, of_candidate, of_duplicate, of_kill
from streams.lexicon import Lexicon
from streams.settings import Settings
from streams.steps.aliases import Known, key_of, resolve

BEGIN_MS = 1_764_000_000_000

Topics = dict[str, list[Record]]


class Wire:
    """Topics in memory, and a newswire without faults that reads and writes them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        fixed = (ARTICLES, CANDIDATES, ENRICHED, DUPLICATES, DEAD_LETTERS)
        streams = (stream_topic_name(each.name) for each in lexicon.definitions)
        self.topics: Topics = {name: [] for name in (*(t.name for t in fixed), *streams)}
        self.offsets: dict[tuple[str, int], Iterator[int]] = {}
        self.ticks = count(BEGIN_MS)

    def put(self, delivery: Delivery, not_before: int = 0) -> Record:
        partition = delivery.partition
        if partition is None:
            partition = crc32(delivery.key or b"") % PARTITIONS
        offset = next(self.offsets.setdefault((delivery.topic, partition), count()))
        when = max(next(self.ticks), not_before)
        key, value, headers = delivery.key, delivery.value or b"", delivery.headers
        record = Record(delivery.topic, partition, offset, when, key, value, headers)
        self.topics[delivery.topic].append(record)
        return record

    def calm(self) -> Calm:
        return rehearse(self.topics, self.lexicon, Settings().new_index, lambda: None)

    def run(self, planned: list[Planned]) -> list[Published]:
        published = []
        for each in planned:
            there = self.put(Delivery(ARTICLES.name, each.key, each.value))
            published.append(Published(each, there.partition, there.offset))
        self._resolve()
        for first in self.calm().first:
            outcome, record = first.outcome.outcome, first.record
            if isinstance(outcome, Rejected):
                source = (record.topic, record.partition, record.offset)
                key, value = record.key, record.value
                letter = of_rejected(outcome, source=source, key=key, value=value, headers=())
                self.put(letter)
            elif isinstance(outcome, DuplicateRecord):
                self.put(of_duplicate(outcome))
            elif isinstance(outcome, Candidate):
                self.put(of_candidate(outcome))
            if first.again is not None:
                self.put(of_candidate(replace(first.again, retold=True)))
        for second in self.calm().second:
            for delivery in second.deliveries:
                self.put(delivery, second.until_ms)
        return published

    def _resolve(self) -> None:
        known: dict[bytes, Known] = {}
        offsets = count()
        for first in self.calm().first:
            for alias in first.outcome.aliases:
                key = key_of(alias)
                known[key], kills = resolve(alias, next(offsets), BEGIN_MS, known.get(key))
                for kill in kills:
                    self.put(of_kill(kill))
