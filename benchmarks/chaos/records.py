"""A record as it lies on a topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.chaos.load import Planned


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a partition. `timestamp_ms` as its topic has it, since 1970."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes
    headers: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """A record that the broker confirmed: where it lies."""

    planned: Planned
    partition: int
    offset: int


Logs = Mapping[str, Sequence[Record]]
"""All records of each topic, each partition's in order."""
