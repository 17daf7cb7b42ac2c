"""A worker that stood still, and may have been replaced, tells nothing more."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from streams import delivering
from streams.deliveries import Delivery
from streams.delivering import Deliverer
from streams.errors import StoodStill
from streams.pulse import Pulse

MOST = 5.0


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_who_runs_all_the_time_may_go_on(clock: Clock) -> None:
    pulse = Pulse(MOST, clock)
    for clock.now in (100.0, 104.9, 109.8):
        pulse.check()


def test_a_worker_that_wakes_is_told_before_its_thread_had_a_turn(clock: Clock) -> None:
    pulse = Pulse(MOST, clock)
    pulse.beat()
    clock.now = 5.1
    with pytest.raises(StoodStill, match=r"stood still for 5\.1 s"):
        pulse.check()


def test_that_the_thread_had_its_turn_first_hides_nothing(clock: Clock) -> None:
    pulse = Pulse(MOST, clock)
    pulse.beat()
    for clock.now in (60.0, 60.5, 61.0):
        pulse.beat()
    with pytest.raises(StoodStill, match=r"60\.0 s"):
        pulse.check()


class Producer:
    """Of a broker that is away at first."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.sent: list[bytes | None] = []

    async def send(self, _topic: str, _key: bytes, value: bytes | None, *_: Any) -> Any:
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        self.sent.append(value)
        return self._sent()

    async def _sent(self) -> None:
        return


async def delivered(producer: Producer, ours: Sequence[bool]) -> bool:
    app: Any = SimpleNamespace(producer=producer)
    answers = iter(ours)
    deliverer = Deliverer(app, lean=True)
    return await deliverer.deliver([Delivery("t", b"k", b"v")], lambda: next(answers))


async def test_what_the_broker_did_not_take_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "pauses", lambda: [0.0] * 3)
    producer = Producer(failures=2)
    assert await delivered(producer, [True, True, True])
    assert producer.sent == [b"v"]


async def test_what_moved_while_the_broker_was_away_is_left_to_its_new_owner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivering, "pauses", lambda: [0.0] * 3)
    producer = Producer(failures=1)
    assert not await delivered(producer, [True, False])
    assert not producer.sent
