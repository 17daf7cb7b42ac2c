"""Changelogs read back by Faust, into what the agents remember.

Faust tables underneath, for their recovery only. Changes are records to deliver like all
others: Faust's own `table[key] = value` asks the current event for the partition, which
in a batch is that of the last one, and never says whether the change arrived.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import faust
from faust.stores import memory
from faust.types import TP, EventT

from schemas.topics import Topic


class Keeper(Protocol):
    """What a changelog is read into."""

    def apply(self, partition: int, key: bytes, value: bytes | None) -> None:
        """Takes one record of the changelog; None deletes."""

    def drop(self, partition: int) -> None:
        """Another worker has the partition now."""


def keep(app: faust.App, changelog: Topic, source: Topic, keeper: Keeper) -> str:
    """Has Faust read the changelog into the keeper; returns a short name for both.

    `source`: the topic whose partitions decide which worker has those of the changelog.
    """
    name = changelog.name.removeprefix(f"{app.conf.id}-").removesuffix("-changelog")
    table: Any = app.Table(
        name,
        key_type=bytes,
        value_type=bytes,
        partitions=changelog.partitions,
        help=changelog.description,
    )
    table._data = _Store(app, table, changelog, source, keeper)  # noqa: SLF001 — a URL cannot name ours
    return name


class _Store(memory.Store[bytes, bytes]):
    """Hands a table's changelog to a keeper, instead of keeping a copy of it."""

    def __init__(
        self, app: faust.App, table: Any, changelog: Topic, source: Topic, keeper: Keeper
    ) -> None:
        super().__init__("memory://", app, table)
        self._changelog = changelog.name
        self._source = source.name
        self._keeper = keeper

    def apply_changelog_batch(
        self,
        batch: Iterable[EventT[bytes]],
        to_key: Callable[[Any], Any],  # noqa: ARG002 — Faust's signature
        to_value: Callable[[Any], Any],  # noqa: ARG002
    ) -> None:
        """Called during recovery."""
        for event in batch:
            message = event.message
            self._keeper.apply(message.partition, message.key or b"", message.value)

    async def on_rebalance(
        self,
        assigned: set[TP],  # noqa: ARG002 — Faust's signature
        revoked: set[TP],
        newly_assigned: set[TP],  # noqa: ARG002
        generation_id: int = 0,  # noqa: ARG002
    ) -> None:
        """What another worker goes on with is read anew when it comes back."""
        tables: Any = self.app.tables
        for tp in revoked:
            if tp.topic == self._source:
                self._keeper.drop(tp.partition)
                # From its beginning. Faust forgets how far it had read only if no other
                # rebalance follows at once, and would go on from there with nothing before.
                tables.recovery.revoke(TP(self._changelog, tp.partition))
