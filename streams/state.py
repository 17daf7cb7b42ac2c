"""What an agent remembers: one value a key, in memory, with a changelog on the broker.

A Faust table underneath, for its recovery only. Changes are records to deliver like all
others: Faust's own `table[key] = value` asks the current event for the partition, which
in a batch is that of the last one, and never says whether the change arrived.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import faust
import orjson
from pydantic import TypeAdapter

from schemas.topics import Topic
from streams.deliveries import Delivery
from streams.steps.duplicates import First
from streams.steps.versions import History

Value = TypeVar("Value")


class State(Generic[Value]):
    """Values by key. Reads see writes at once; what a write returns must be delivered."""

    def __init__(
        self,
        app: faust.App,
        changelog: Topic,
        read: Callable[[bytes], Value],
        touched_ms: Callable[[Value], int],
    ) -> None:
        self.name = changelog.name.removeprefix(f"{app.conf.id}-").removesuffix("-changelog")
        self._changelog = changelog.name
        self._read = read
        self._touched_ms = touched_ms
        self._table: Any = app.Table(
            self.name,
            key_type=bytes,
            value_type=bytes,
            partitions=changelog.partitions,
            help=changelog.description,
        )
        self._swept_ms = 0

    def __len__(self) -> int:
        return len(self._table.data)

    def get(self, partition: int, key: str) -> Value | None:
        """What is remembered of the key. `partition`: that of the input record at hand."""
        raw = self._table.data.get(_scoped(partition, key))
        return None if raw is None else self._read(raw)

    def put(self, partition: int, key: str, value: Value) -> Delivery:
        """Remembers; the change is to be delivered."""
        scoped, raw = _scoped(partition, key), orjson.dumps(value)
        self._table.data[scoped] = raw
        return Delivery(self._changelog, scoped, raw, partition)

    def forget_before(self, oldest_ms: int, every_ms: int) -> list[Delivery]:
        """Drops what was last touched before `oldest_ms`; looks at most once in `every_ms`."""
        if oldest_ms - self._swept_ms < every_ms:
            return []
        self._swept_ms = oldest_ms
        data = self._table.data
        old = [key for key, raw in data.items() if self._touched_ms(self._read(raw)) < oldest_ms]
        for key in old:
            del data[key]
        # Tombstones, not retention: Faust cannot recover from a changelog that ran empty.
        return [Delivery(self._changelog, key, None, int(key.partition(b"/")[0])) for key in old]


def _scoped(partition: int, key: str) -> bytes:
    # The partition is part of the key, because a tombstone must find its way back to it.
    return f"{partition}/{key}".encode()


def versions(app: faust.App, changelog: Topic) -> State[History]:
    """What was seen of each uri."""
    return State(app, changelog, TypeAdapter(History).validate_json, lambda seen: seen.touched_ms)


def seen(app: faust.App, changelog: Topic) -> State[First]:
    """Who published a text first, by its content hash."""
    return State(app, changelog, TypeAdapter(First).validate_json, lambda first: first.received_ms)
