"""What is fetched around a seek is neither dropped nor taken for something else; and what goes
to the streams the short way is only what needs no more than that.
"""

import asyncio
from collections.abc import Awaitable
from types import SimpleNamespace
from typing import Any

import pytest
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams import transport
from streams.transport import FULL_SECONDS, _Consumer, _LeanConsumer

MOVED, KEPT = TP("news.articles.v1", 0), TP("news.candidates.v1", 0)


class Client:
    """In place of the consumer's thread: fetches end when a test says so."""

    def __init__(self) -> None:
        self.fetches: list[asyncio.Future[Any]] = []
        self.seeks = 0

    async def getmany(self, *_: Any, **__: Any) -> Any:
        self.fetches.append(asyncio.get_running_loop().create_future())
        return await self.fetches[-1]

    async def nothing(self, *_: Any) -> dict[TP, int]:
        return {}

    async def seek(self, *_: Any) -> None:
        self.seeks += 1


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    client = Client()
    monkeypatch.setattr(driver.Consumer, "_getmany", client.getmany)
    monkeypatch.setattr(driver.Consumer, "perform_seek", client.seek)
    monkeypatch.setattr(driver.Consumer, "pause_partitions", lambda *_: None)
    monkeypatch.setattr(_Consumer, "assignment", lambda _: set())
    monkeypatch.setattr(_Consumer, "earliest_offsets", client.nothing)
    return client


@pytest.fixture
def consumer() -> _Consumer:
    made = _Consumer.__new__(_Consumer)
    made._held, made._void, made._left, made._fetch = set(), set(), set(), None
    made._room = asyncio.Event()
    return made


async def test_what_was_fetched_before_a_partition_was_paused_is_void(
    client: Client, consumer: _Consumer
) -> None:
    first = asyncio.create_task(consumer._getmany(None, 1.0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first.cancel()  # as partitions that move do it
    consumer.pause_partitions({MOVED})
    client.fetches[0].set_result({MOVED: ["old"], KEPT: ["row"]})
    assert await consumer._getmany(None, 1.0) == {KEPT: ["row"]}
    assert len(client.fetches) == 1, "what the fetch brought was dropped"


async def test_what_is_fetched_after_the_pause_is_handed_out(
    client: Client, consumer: _Consumer
) -> None:
    consumer.pause_partitions({MOVED})
    fetching = asyncio.create_task(consumer._getmany(None, 1.0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    client.fetches[0].set_result({MOVED: ["new"]})
    assert await fetching == {MOVED: ["new"]}


async def test_a_seek_begins_when_the_fetch_has_ended(client: Client, consumer: _Consumer) -> None:
    fetching = asyncio.create_task(consumer._getmany(None, 1.0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    seeking = asyncio.create_task(consumer.perform_seek())
    await asyncio.sleep(0.05)
    assert client.seeks == 0, "the fetch can take with it what is sought for"
    client.fetches[0].set_result({})
    await asyncio.gather(fetching, seeking)
    assert client.seeks == 1


class Queue:
    """A stream's queue of one place."""

    def __init__(self) -> None:
        self.events: list[Any] = []

    def full(self) -> bool:
        return bool(self.events)

    def put_nowait_enhanced(self, event: Any, **_pressure: Any) -> None:
        self.events.append(event)


async def test_a_broker_that_does_not_answer_is_an_error_and_no_answer(
    consumer: _Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: Any) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(driver.Consumer, "perform_seek", never)
    monkeypatch.setattr(transport, "ANSWER_SECONDS", 0.01)
    with pytest.raises(TimeoutError):
        await consumer.perform_seek()


def lean(queue: Queue, readers: int = 1, *, acknowledged: bool = True, flows: bool = True) -> Any:
    """A consumer that has read offset 6 of the one partition."""
    made: Any = _LeanConsumer.__new__(_LeanConsumer)
    channels = [SimpleNamespace(queue=queue) for _ in range(readers)]
    made.app = SimpleNamespace(
        topics=SimpleNamespace(
            _tp_index={MOVED: channels}, acks_enabled_for=lambda _: acknowledged
        ),
        flow_control=SimpleNamespace(is_active=lambda: flows),
        create_event=lambda _key, _value, _headers, message: message,
    )
    made._read_offset, made._pressures = {MOVED: 6}, {}
    made._n_acked, made._commit_every = 0, 100
    return made


def record(offset: int) -> Any:
    return SimpleNamespace(offset=offset, key=b"", value=b"", headers=[], incref=lambda: None)


def test_a_record_that_follows_the_last_one_goes_the_short_way() -> None:
    queue = Queue()
    consumer = lean(queue)
    assert consumer._put(MOVED, record(7))
    assert [event.offset for event in queue.events] == [7]
    assert consumer._read_offset[MOVED] == 7


@pytest.mark.parametrize(
    ("offset", "changes"),
    [
        (8, {}),  # a gap, of compaction or of what was dropped
        (6, {}),  # seen before
        (7, {"readers": 2}),
        (7, {"readers": 0}),
        (7, {"acknowledged": False}),  # a changelog
        (7, {"flows": False}),  # partitions move
    ],
)
def test_whatever_else_comes_is_left_to_faust(offset: int, changes: dict[str, Any]) -> None:
    queue = Queue()
    consumer = lean(queue, **changes)
    assert not consumer._put(MOVED, record(offset))
    assert not queue.events
    assert consumer._read_offset[MOVED] == 6


def test_a_commit_that_is_due_and_a_full_queue_are_left_to_faust() -> None:
    queue = Queue()
    consumer = lean(queue)
    consumer._n_acked = 100
    assert not consumer._put(MOVED, record(7))
    consumer._n_acked = 99
    assert consumer._put(MOVED, record(7))
    assert not consumer._put(MOVED, record(8)), "there is no room"


def test_room_in_a_queue_wakes_no_partition_that_is_paused(consumer: _Consumer) -> None:
    other = TP("news.articles.v1", 1)
    consumer._active_partitions, consumer._paused_partitions = {KEPT}, {MOVED}
    consumer._buffered_partitions = {MOVED, other}
    consumer.on_buffer_drop(MOVED)
    consumer.on_buffer_drop(other)
    assert consumer._active_partitions == {KEPT, other}
    assert consumer._buffered_partitions == set()


@pytest.fixture
def flowing(consumer: _Consumer, monkeypatch: pytest.MonkeyPatch) -> _Consumer:
    monkeypatch.setattr(consumer, "app", SimpleNamespace(client_only=False), raising=False)
    consumer.flow_active, consumer.not_waiting_next_records = True, asyncio.Event()
    consumer._paused_partitions = set()
    return consumer


async def test_full_queues_are_waited_for_only_until_one_has_room(
    flowing: _Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rested: list[float] = []

    async def sleep(_: _Consumer, seconds: float) -> None:
        rested.append(seconds)

    async def fetch(*_: Any, **__: Any) -> dict[TP, list[str]]:
        return {MOVED: ["next"]}

    async def wait(_: _Consumer, room: Awaitable[object], **timeout: float) -> None:
        await asyncio.wait_for(room, **timeout)

    monkeypatch.setattr(_Consumer, "sleep", sleep)
    monkeypatch.setattr(_Consumer, "wait", wait)
    monkeypatch.setattr(_Consumer, "_getmany", fetch)
    flowing._active_partitions, flowing._buffered_partitions = set(), {MOVED}
    waiting = asyncio.create_task(flowing._wait_next_records(60.0))
    await asyncio.sleep(0)
    assert not waiting.done()
    flowing.on_buffer_drop(MOVED)
    assert await waiting == ({MOVED: ["next"]}, {MOVED})
    assert not rested


@pytest.mark.parametrize(("full", "waited"), [({MOVED}, FULL_SECONDS), (set(), 60.0)])
async def test_while_a_queue_is_full_the_others_are_waited_for_a_moment_only(
    flowing: _Consumer, monkeypatch: pytest.MonkeyPatch, full: set[TP], waited: float
) -> None:
    asked: list[float] = []

    async def fetch(*_: Any, timeout: float, **__: Any) -> dict[TP, list[str]]:  # noqa: ASYNC109 — Faust's signature
        asked.append(timeout)
        return {}

    monkeypatch.setattr(_Consumer, "_getmany", fetch)
    flowing._active_partitions, flowing._buffered_partitions = {KEPT}, full
    await flowing._wait_next_records(60.0)
    assert asked == [waited]
