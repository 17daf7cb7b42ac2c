"""Reading topics by place: from where, to where, in the order of each partition."""

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from kafka import TopicPartition

from streams.errors import NewswireError

PAUSE_SECONDS = 0.02


def partitions_of(client: Any, topics: Iterable[str]) -> list[TopicPartition]:
    """All partitions of the topics.

    Raises:
        NewswireError: no such topic.
    """
    known = client.topics()
    partitions = []
    for topic in topics:
        if topic not in known:
            raise NewswireError(
                f"no topic {topic}; `newswire streams` lists the streams, and "
                "`newswire topics --create` makes what is missing"
            )
        numbers = client.partitions_for_topic(topic) or set()
        partitions += [TopicPartition(topic, number) for number in sorted(numbers)]
    return partitions


def places(client: Any, partitions: list[TopicPartition], offset: str) -> dict[TopicPartition, int]:
    """Where to begin. `offset`: `start`, `end`, `-N` (the last N) or `@TIME` (RFC 3339).

    Raises:
        NewswireError: an offset that is none.
    """
    if offset == "start":
        return dict(client.beginning_offsets(partitions))
    ends = dict(client.end_offsets(partitions))
    if offset == "end":
        return ends
    if offset.startswith("@"):
        try:
            at_ms = int(datetime.fromisoformat(offset[1:]).timestamp() * 1000)
        except ValueError:
            raise NewswireError(f"{offset} is no time: write @2026-01-31T10:00Z") from None
        return places_at(client, partitions, at_ms)
    if offset.startswith("-") and offset[1:].isdigit():
        starts = client.beginning_offsets(partitions)
        return {tp: max(starts[tp], ends[tp] - int(offset[1:])) for tp in partitions}
    raise NewswireError(f"{offset} is no offset: write start, end, -10 or @2026-01-31T10:00Z")


def places_at(
    client: Any, partitions: list[TopicPartition], at_ms: int
) -> dict[TopicPartition, int]:
    """The first records of that time or later. `at_ms`: milliseconds since 1970."""
    ends = client.end_offsets(partitions)
    found = client.offsets_for_times(dict.fromkeys(partitions, at_ms))
    return {tp: found[tp].offset if found.get(tp) else ends[tp] for tp in partitions}


def between(
    client: Any, starts: Mapping[TopicPartition, int], ends: Mapping[TopicPartition, int]
) -> Iterator[Any]:
    """The records from `starts` to before `ends`, which are there already."""
    for tp, start in starts.items():
        # One partition at a time: the embedded broker answers with all it has of each.
        _go_to(client, {tp: start})
        while client.position(tp) < ends[tp]:
            # It is there: a long poll, in which a large answer comes whole, not 4 KB at a time.
            records = client.poll(timeout_ms=1000).get(tp, ())
            yield from (record for record in records if record.offset < ends[tp])


def onwards(client: Any, starts: Mapping[TopicPartition, int]) -> Iterator[Any]:
    """The records from `starts` on, as they come; without end."""
    _go_to(client, starts)
    while True:
        for records in _poll(client).values():
            yield from records


def _go_to(client: Any, starts: Mapping[TopicPartition, int]) -> None:
    client.assign(list(starts))
    for tp, start in starts.items():
        client.seek(tp, start)


def _poll(client: Any) -> Any:
    # Not a longer poll: the embedded broker answers empty fetches at once, and the client
    # would ask thousands of times a second.
    polled = client.poll(timeout_ms=0)
    if not polled:
        time.sleep(PAUSE_SECONDS)
    return polled
