"""Nothing is lost when a worker is killed or stands still, nor told twice in different ways."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.topics import ENRICHED
from streams.app import SESSION_SECONDS
from streams.broker import Broker
from tests.conftest import free_port_now
from tests.integration.system import System, story, wait_until

pytestmark = pytest.mark.broker

ARTICLES = 2500


@pytest.fixture
def fresh(broker: Broker, tmp_path: Path) -> Iterator[System]:
    system = System(broker, tmp_path, free_port_now())
    system.start_worker()
    yield system
    system.stop_worker()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_every_article_reaches_one_outcome_although_the_worker_dies(
    fresh: System, how: signal.Signals
) -> None:
    first = 10_000 if how is signal.SIGKILL else 20_000
    records = [story(number) for number in range(first, first + ARTICLES)]
    keys = {key for key, _ in records}
    fresh.publish(records)
    wait_until(lambda: fresh.ended() > ARTICLES // 10, "a beginning")
    fresh.stop_worker(how)
    done = len(keys & fresh.outcomes().keys())
    assert done < ARTICLES, "the worker was done before it died: publish more"
    fresh.start_worker()
    fresh.wait_for(keys)
    ended = fresh.outcomes()
    assert {frozenset(ended[key]) for key in keys} == {frozenset({"enriched"})}

    told: dict[bytes, set[str]] = {}
    for record in fresh.read(ENRICHED.name):
        if record.key in keys:
            told.setdefault(record.key, set()).add(record.value.decode())
            assert json.loads(record.value)["uri"].encode() == record.key
    assert all(len(texts) == 1 for texts in told.values()), "a replay said something else"


def test_a_worker_that_stood_still_ends_and_the_next_one_finishes(fresh: System) -> None:
    records = [story(number) for number in range(30_000, 30_000 + ARTICLES)]
    keys = {key for key, _ in records}
    fresh.publish(records)
    fresh.signal_worker(signal.SIGSTOP)
    time.sleep(SESSION_SECONDS / 2 + 1)
    fresh.signal_worker(signal.SIGCONT)
    assert fresh.ends_by_itself() != 0
    assert "this worker stood still for" in fresh.log()

    fresh.start_worker()
    fresh.wait_for(keys)
    ended = fresh.outcomes()
    assert {frozenset(ended[key]) for key in keys} == {frozenset({"enriched"})}
