"""Faust's Kafka transport, made safe to start under load, and quiet on the embedded broker.

Pinned to faust-streaming 0.15.3: this file names private parts of it.
"""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import aiokafka
import faust
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.transports import ConsumerT

from streams.broker.pacing import pace_fetches


class _Consumer(driver.Consumer):
    """Drops nothing between the client and the streams.

    Faust does, in three ways. When its tables are recovered it resumes the streams' partitions
    first, then seeks them to what was committed, and then clears every queue. What was read in
    between is gone from the queues, and because the next offset that comes is higher, it is
    taken for a gap of compaction and committed. So here they are resumed last of all.

    Partitions that move cancel the wait for a fetch, but not the fetch, which goes on in the
    client's thread for up to a second and takes what is there with it. So here there
    is one fetch at a time, and whoever waits next gets what it brings: not of partitions that
    were paused meanwhile, for those are sought back, and what lies behind the place they are
    sought to would pass for a gap, and all before it be dropped. Nor does a seek begin before
    the fetch has ended, which could take with it what it is sought for.

    A queue that gets room again wakes its partition, paused or not: what is read then, before
    it was sought back or while it is, ends in a queue that is cleared. So here it stays paused.

    What is fetched for a partition before its turn is dropped, because it is sought back
    later; but Faust seeks only where something was committed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: set[TP] = set()
        self._fetch: asyncio.Future[Any] | None = None
        self._void: set[TP] = set()

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:  # noqa: ASYNC109 — Faust's signature
        fetch = self._fetch
        if fetch is None or fetch.cancelled():
            fetch = asyncio.ensure_future(super()._getmany(active_partitions, timeout))
            self._fetch, self._void = fetch, set()
        try:
            records = await asyncio.shield(fetch)
        except Exception:
            self._fetch = None
            raise
        self._fetch = None  # not when our own wait is cancelled: what the fetch brings is kept
        return {tp: found for tp, found in records.items() if tp not in self._void}

    async def _fetch_ended(self) -> None:
        if self._fetch is not None:
            await asyncio.wait({self._fetch})

    async def seek_wait(self, partitions: Mapping[TP, int]) -> None:
        """To these places, which are read next."""
        await self._fetch_ended()
        await super().seek_wait(partitions)

    async def perform_seek(self) -> None:
        """Every stream partition back to what was committed; to its beginning if nothing was."""
        await self._fetch_ended()
        await super().perform_seek()
        fresh = [
            tp
            for tp in self.assignment()
            if tp.topic not in self.app.tables.changelog_topics and not self._committed_offset[tp]
        ]
        for tp, beginning in (await self.earliest_offsets(*fresh)).items():
            await self._seek(tp, beginning)

    def resume_partitions(self, tps: Iterable[TP]) -> None:
        """Changelogs at once; the others when the flow resumes, after seek and clearing."""
        wanted = set(tps)
        changelogs = {tp for tp in wanted if tp.topic in self.app.tables.changelog_topics}
        self._held |= wanted - changelogs
        super().resume_partitions(changelogs)

    def pause_partitions(self, tps: Iterable[TP]) -> None:
        """What is paused is not resumed later, and what was fetched of it is void."""
        paused = set(tps)
        self._held -= paused
        self._void |= paused
        super().pause_partitions(paused)

    def on_buffer_drop(self, tp: TP) -> None:
        """A queue has room again; Faust would read on, although the partition is paused."""
        if tp in self._paused_partitions:
            self._buffered_partitions.discard(tp)
        else:
            super().on_buffer_drop(tp)

    def resume_flow(self) -> None:
        """Called last of all."""
        held, self._held = self._held, set()
        super().resume_partitions(held)
        super().resume_flow()

    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)


class _Thread(driver.AIOKafkaConsumerThread):
    """Stops although its broker is gone.

    aiokafka closes a consumer by cancelling its fetches; one that rests after an error, as all
    do without a broker, passes that on. Faust takes it for the thread's own end, says nothing to
    whoever waits for the thread, and the worker stops a minute later.
    """

    async def on_thread_stop(self) -> None:
        try:
            await super().on_thread_stop()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._consumer is None or (task is not None and task.cancelling()):
                raise
            await self._consumer._client.close()  # noqa: SLF001 — the one step that is left


class _PacedThread(_Thread):
    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        pace_fetches(consumer._client)  # noqa: SLF001 — no setting reaches it
        return consumer


class _PacedConsumer(_Consumer):
    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        return _PacedThread(self, loop=self.loop, beacon=self.beacon)


class _Transport(driver.Transport):
    Consumer: ClassVar[type[ConsumerT]] = _Consumer


class _PacedTransport(driver.Transport):
    Consumer: ClassVar[type[ConsumerT]] = _PacedConsumer


def set_transport(app: faust.App, *, paced: bool) -> None:
    """Before the app starts. `paced`: for the embedded broker, see `streams.broker.pacing`."""
    kind = _PacedTransport if paced else _Transport
    app.transport = kind(app.conf.broker_consumer, app)
