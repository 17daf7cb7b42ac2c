"""What should stand on every topic: the core itself, calmly, over the same two logs.

Chaos may change two things only: in which order articles of different partitions come to the
log of their language, and how often a record is processed. So each agent's work is computed
from the log that it reads, record by record and each one once, with the state that follows
from it. What is on the topics must be that, to the byte.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from benchmarks.chaos.records import Logs, Record
from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from schemas.topics import ARTICLES, CANDIDATES
from streams.deliveries import Delivery, of_outcome
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, Processed, process
from streams.settling import due_ms, read_candidate, settle
from streams.steps.duplicates import Index
from streams.steps.versions import History


@dataclass(frozen=True, slots=True)
class First:
    """What the first agent should make of a record: its outcome, and what it tells again."""

    record: Record
    outcome: Processed
    again: Candidate | None


@dataclass(frozen=True, slots=True)
class Second:
    """What should come of a candidate. `until_ms`: the end of its embargo; 0 without one.

    `passes`: it goes to consumers as an article, not as a duplicate.
    """

    record: Record
    candidate: Candidate
    deliveries: tuple[Delivery, ...]
    until_ms: int
    passes: bool


@dataclass(frozen=True, slots=True)
class Calm:
    """Both agents' work, in the order of each partition."""

    first: tuple[First, ...]
    second: tuple[Second, ...]
    unreadable: tuple[Record, ...]


def rehearse(
    logs: Logs, lexicon: Lexicon, new_index: Callable[[], Index], done: Callable[[], None]
) -> Calm:
    """The core over the logs. `done` is called after each record."""
    first = tuple(_first(logs[ARTICLES.name], lexicon, done))
    names = frozenset(definition.name for definition in lexicon.definitions)
    second, unreadable = [], []
    indexes: dict[int, Index] = defaultdict(new_index)
    for record in logs[CANDIDATES.name]:
        done()
        told = _second(record, indexes[record.partition], names)
        if told is None:
            unreadable.append(record)
        else:
            second.append(told)
        # A row is found by those after it, whether it was saved or not; what is pending grows.
        indexes[record.partition].save()
    return Calm(first, tuple(second), tuple(unreadable))


def _first(
    articles: Iterable[Record], lexicon: Lexicon, done: Callable[[], None]
) -> Iterator[First]:
    histories: dict[tuple[int, str], History] = {}
    places: dict[tuple[int, int], Record] = {}

    def processed(record: Record) -> Processed:
        partition = record.partition
        arrival = Arrival(record.key, record.offset, record.timestamp_ms, partition)
        made = process(record.value, arrival, lambda uri: histories.get((partition, uri)), lexicon)
        if made.history is not None:
            histories[partition, (record.key or b"").decode()] = made.history
        return made

    for record in articles:
        done()
        places[record.partition, record.offset] = record
        made, again = processed(record), None
        if made.retell is not None:
            retold = processed(places[record.partition, made.retell]).outcome
            again = retold if isinstance(retold, Candidate) else None
        yield First(record, made, again)


def _second(record: Record, index: Index, names: frozenset[str]) -> Second | None:
    try:
        candidate = read_candidate(record.value)
    except ValueError:
        return None
    outcome = settle(candidate, index)
    if isinstance(outcome, Rejected):
        return None
    deliveries = of_outcome(outcome, candidate.streams_before, names)
    passes = not isinstance(outcome, DuplicateRecord)
    return Second(record, candidate, deliveries, due_ms(candidate, outcome), passes)
