"""Batches of events, acknowledged when what came of them is done; a stream class for Faust.

Why not Faust's own: its iterator acknowledges every event that it skips while the worker
stops or partitions move, `take` acknowledges also when its body was cancelled, and
`noack_take` can drop an event that comes while a batch is handed out. A commit then steps
over such an event: Faust lets a gap of one offset pass. Each of these lost articles when a
worker was stopped under load. Here only a batch whose body ended well is acknowledged, in
order, and nothing else ever is: what was skipped is read again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import faust
from faust.types import EventT


class BatchStream(faust.Stream[bytes]):
    """A stream that is read in batches."""

    halted = False

    def halt(self) -> None:
        """Makes the batch at hand the last one."""
        self.halted = True

    async def leave(self) -> None:
        """Takes what still comes until the worker stops, and acknowledges none of it.

        A queue that nobody empties fills up, and then the consumer stands still for all topics.
        """
        with suppress(StopAsyncIteration):
            while not self.should_stop:
                await self.channel.__anext__()

    async def batches(self, most: int, within: float) -> AsyncIterator[list[EventT[bytes]]]:
        """Up to `most` events at once; the first one waits `within` seconds for others.

        An exception in the body that uses a batch leaves it unacknowledged.
        """
        await self.maybe_start()
        channel: Any = self.channel
        queue = channel.queue
        while not (self.should_stop or self.halted):
            try:
                taken = [await channel.__anext__()]
                if queue.qsize() < most - 1:
                    # A plain pause: a time limit on the queue's `get` can lose what it was getting.
                    await asyncio.sleep(within)
                while len(taken) < most and not queue.empty():
                    taken.append(queue.get_nowait())
            except StopAsyncIteration:  # the worker stops; out of a generator it may not get
                return
            events = [event for event in taken if self.holds(event)]
            if events:
                yield events
                for event in events:
                    if self.holds(event):
                        event.ack()

    def holds(self, event: EventT[bytes]) -> bool:
        """Whether an event is still ours; all of a batch are, or none.

        After partitions moved, Faust reads again from what was committed: what was taken before
        comes a second time, to us or to another worker. And what is remembered of it is dropped.
        Errors: `StoodStill`, when they may have moved and we may not have heard of it.
        """
        app: Any = self.app
        app.pulse.check()
        return bool(
            app.flow_control.is_active()
            and event.message.generation_id == app.consumer_generation_id
        )
