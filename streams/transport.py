"""Faust's Kafka transport, made safe to start under load, and quiet on the embedded broker.

Pinned to faust-streaming 0.15.3: this file names private parts of it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial
from typing import Any

import aiokafka
import faust
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, Message
from faust.types.transports import ConsumerT

from streams.broker.pacing import pace_fetches
from streams.cancelling import is_cancelled

ANSWER_SECONDS = 60.0
"""How long the broker may take to say what was committed, and to seek there. Faust waits 90 s, and
then goes on as if it had been told, from wherever it is."""

FULL_SECONDS = 0.02
"""How long the partitions whose queues have room are waited for while others have none."""


class _Consumer(driver.Consumer):
    """Drops nothing between the client and the streams.

    Faust does, in three ways. When partitions have moved it resumes those of the streams
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

    Nor does it go on without an answer: see `ANSWER_SECONDS`.

    Nor does it rest while there is room: when every queue is full Faust sleeps for a second,
    and what is in them may be done in a tenth of that. And when some are full, it waits for the
    others alone for a second, although the full ones may have room much sooner.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: set[TP] = set()
        self._left: set[str] = set()
        self._fetch: asyncio.Future[Any] | None = None
        self._void: set[TP] = set()
        self._room = asyncio.Event()

    def leave(self, topic: str) -> None:
        """Fetches nothing more of a topic, whatever partitions of it may come."""
        self._left.add(topic)

    async def _wait_next_records(self, timeout: float) -> Any:  # noqa: ASYNC109 — Faust's signature
        self._room.clear()
        if self.flow_active and not self._get_active_partitions():
            await self.wait(self._room.wait(), timeout=timeout)
            if not self._get_active_partitions():
                return {}, set()
        if self._buffered_partitions:
            timeout = min(timeout, FULL_SECONDS)
        return await super()._wait_next_records(timeout)

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:  # noqa: ASYNC109 — Faust's signature
        if self._left:
            # Here, not by pausing: Faust resumes what it paused after every rebalance.
            active_partitions = {tp for tp in active_partitions or () if tp.topic not in self._left}
            if not active_partitions:  # which the client would take for all of them
                await asyncio.sleep(timeout)
                return {}
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

    async def perform_seek(self) -> None:
        """Every stream partition back to what was committed; to its beginning if nothing was."""
        async with asyncio.timeout(ANSWER_SECONDS):
            if self._fetch is not None:
                await asyncio.wait({self._fetch})
            await super().perform_seek()
            fresh = [tp for tp in self.assignment() if not self._committed_offset[tp]]
            for tp, beginning in (await self.earliest_offsets(*fresh)).items():
                await self._seek(tp, beginning)

    def resume_partitions(self, tps: Iterable[TP]) -> None:
        """When the flow resumes, after seek and clearing."""
        self._held |= set(tps)

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
            self._room.set()

    def resume_flow(self) -> None:
        """Called last of all."""
        held, self._held = self._held, set()
        super().resume_partitions(held)
        super().resume_flow()

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Says nothing: what Faust asks here is its own reading of a stream, which is not ours.

        From five minutes after the start it would report with every look that nothing is read.
        How far behind a partition is `streams.lag` tells.
        """

    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        transport: Any = self.transport
        kind = _PacedThread if transport.paced else _Thread
        return kind(self, loop=self.loop, beacon=self.beacon)


class _Thread(driver.AIOKafkaConsumerThread):
    """Stops although its broker is gone.

    Faust takes the cancellation that aiokafka passes on for the thread's own end, says nothing to
    whoever waits for the thread, and the worker stops a minute later.
    """

    async def on_thread_stop(self) -> None:
        try:
            await super().on_thread_stop()
        except asyncio.CancelledError:
            if self._consumer is None or is_cancelled():
                raise
            await self._consumer._client.close()  # noqa: SLF001 — the one step that is left


class _PacedThread(_Thread):
    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        pace_fetches(consumer._client)  # noqa: SLF001 — no setting reaches it
        return consumer


class _LeanConsumer(_Consumer):
    """Puts records into the streams' queues itself, many between two turns of the event loop.

    Faust makes two tasks, a lock and a wait of every record: three quarters of what it costs.
    Only the plain case is ours, a record that follows the last one and finds room with its one
    reader. All else goes Faust's way: gaps of compaction, a commit that is due, a full queue,
    partitions that move.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pressures: dict[TP, tuple[Callable[[], None], Callable[[], None]]] = {}

    async def getmany(self, timeout: float) -> AsyncIterator[tuple[TP, Message]]:  # noqa: ASYNC109 — Faust's signature
        """The records that are left to Faust."""
        async for tp, message in super().getmany(timeout):
            if not self._put(tp, message):
                yield tp, message

    def _put(self, tp: TP, message: Message) -> bool:
        app: Any = self.app
        readers = app.topics._tp_index.get(tp, ())  # noqa: SLF001
        read = self._read_offset[tp]
        if (
            len(readers) != 1
            or read is None
            or message.offset != read + 1
            or self._n_acked >= (self._commit_every or 0)
            or not app.topics.acks_enabled_for(tp.topic)
            or not app.flow_control.is_active()
        ):
            return False
        queue = next(iter(readers)).queue
        if queue.full():
            return False
        message.incref()
        full, ebb = self._pressure_of(tp)
        # Topics are raw bytes both ways: there is nothing to decode.
        event = app.create_event(message.key, message.value, message.headers, message)
        queue.put_nowait_enhanced(event, on_pressure_high=full, on_pressure_drop=ebb)
        self._read_offset[tp] = message.offset
        return True

    def _pressure_of(self, tp: TP) -> tuple[Callable[[], None], Callable[[], None]]:
        # The same two for a partition each time: a queue calls each that it was given once.
        known = self._pressures.get(tp)
        if known is None:
            own = TP(*tp)  # the client's own kind is equal, but Faust refuses it
            known = partial(self.on_buffer_full, own), partial(self.on_buffer_drop, own)
            self._pressures[tp] = known
        return known


class _Transport(driver.Transport):
    """`paced`, `lean`: as `set_transport` says."""

    def __init__(self, *args: Any, paced: bool, lean: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paced = paced
        self.Consumer: type[ConsumerT] = _LeanConsumer if lean else _Consumer  # type: ignore[misc]


def set_transport(app: faust.App, *, paced: bool, lean: bool) -> None:
    """Before the app starts.

    `paced`: for the embedded broker, see `streams.broker.pacing`. `lean`: as `_LeanConsumer` says.
    """
    app.transport = _Transport(app.conf.broker_consumer, app, paced=paced, lean=lean)
