"""A worker that is stopped for longer than its place is surely kept ends when it wakes."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.app import SESSION_SECONDS
from streams.broker import Broker
from tests.conftest import free_port_now
from tests.integration.system import System, story

pytestmark = pytest.mark.broker

ARTICLES = 1500


@pytest.fixture
def system(broker: Broker, tmp_path: Path) -> Iterator[System]:
    system = System(broker, tmp_path, free_port_now())
    system.start_worker()
    yield system
    system.stop_worker()


def test_a_worker_that_stood_still_ends_and_the_next_one_finishes(system: System) -> None:
    records = [story(number) for number in range(130_000, 130_000 + ARTICLES)]
    system.publish(records)
    system.signal_worker(signal.SIGSTOP)
    time.sleep(SESSION_SECONDS / 2 + 1)
    system.signal_worker(signal.SIGCONT)
    assert system.ends_by_itself() != 0
    log = system.log()
    assert "this worker stood still for" in log
    assert "Start it anew" in log

    system.start_worker()
    keys = {key for key, _ in records}
    system.wait_for(keys)
    ended = system.outcomes()
    assert {frozenset(ended[key]) for key in keys} == {frozenset({"enriched"})}
