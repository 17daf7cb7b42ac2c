"""Changelogs read back whole into what the agents remember, whenever partitions move.

Not by Faust's tables. Their recovery goes on from where it believes it had read to, and that is
wrong when a second rebalance follows at once, or when a record from before still lies in its queue:
then all before it is missing. And a broker that does not answer in time leaves it with nothing
read, and no error. Here everything is dropped, and read from its beginning to its end, before the
streams go on.
"""

import asyncio
import time
from typing import Any, Protocol

import faust
import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from schemas.topics import Topic
from streams.broker.security import Security
from streams.pauses import pauses
from streams.readers import reader

log = structlog.get_logger(__name__)

PATIENCE_S = 30.0
"""Without a record for this long, what is still missing is asked for anew."""


class Keeper(Protocol):
    """What changelogs are read into."""

    def apply(self, partition: int, key: bytes, value: bytes | None) -> None:
        """Takes one record of the changelog; None deletes."""

    def clear(self) -> None:
        """Forgets all partitions."""


class Changelogs:
    """All changelogs of a worker."""

    def __init__(self, app: faust.App, address: str, security: Security) -> None:
        self._app: Any = app
        self._address = address
        self._security = security
        self._kept: list[tuple[Topic, Topic, Keeper]] = []
        # Sent after each rebalance, before the streams are sought to what was committed.
        app.on_rebalance_complete.connect(self._moved)

    def keep(self, changelog: Topic, source: Topic, keeper: Keeper) -> str:
        """Has the changelog read into the keeper; returns a short name for both.

        `source`: the topic whose partitions decide which worker has those of the changelog.
        """
        self._kept.append((changelog, source, keeper))
        return changelog.name.removeprefix(f"{self._app.conf.id}-").removesuffix("-changelog")

    async def _moved(self, *_sender: object, **_signal: object) -> None:
        generation = self._app.consumer_generation_id
        for pause in pauses():
            try:
                await self._read_back(generation)
            except (KafkaError, TimeoutError) as error:
                log.warning("broker does not give a changelog", error=repr(error), again_in=pause)
                await asyncio.sleep(pause)
            else:
                return
            if self._is_over(generation):
                return

    def _is_over(self, generation: int) -> bool:
        # Faust then leaves the streams where they are, and says so again for the next one. Not
        # when the worker stops: it would go on with what was read until then.
        return bool(self._app.consumer_generation_id != generation)

    async def _read_back(self, generation: int) -> None:
        begun, records = time.monotonic(), 0
        keepers = self._assigned()
        for _, _, keeper in self._kept:
            keeper.clear()
        async with reader(self._address, self._security) as consumer:
            consumer.assign(list(keepers))
            starts = await consumer.beginning_offsets(list(keepers))
            ends = await consumer.end_offsets(list(keepers))
            for place, start in starts.items():
                consumer.seek(place, start)
            left, heard = {place for place in keepers if starts[place] < ends[place]}, begun
            while left:
                found = await consumer.getmany(*left, timeout_ms=1000)
                if self._is_over(generation):
                    return
                for place, changes in found.items():
                    for change in changes:
                        keepers[place].apply(place.partition, change.key or b"", change.value)
                    records += len(changes)
                left = {place for place in left if await consumer.position(place) < ends[place]}
                heard = time.monotonic() if found else heard
                if time.monotonic() - heard > PATIENCE_S:
                    raise TimeoutError(f"no records of {sorted(left)}")
        took = round(time.monotonic() - begun, 3)
        log.info("changelogs are read", records=records, partitions=len(keepers), seconds=took)

    def _assigned(self) -> dict[TopicPartition, Keeper]:
        return {
            TopicPartition(changelog.name, own.partition): keeper
            for changelog, source, keeper in self._kept
            for own in self._app.consumer.assignment()
            if own.topic == source.name
        }
