"""A worker that rejects most of what it takes stops taking, says why, and loses nothing."""

import json
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from kafka import KafkaProducer

from schemas.topics import ALIASES, ARTICLES, DEAD_LETTERS, ENRICHED
from streams.broker import Broker
from tests.conftest import free_port_now
from tests.integration.system import System, article, story, wait_until

pytestmark = pytest.mark.broker

GAUGE_SECONDS = 4
"""Twice what the worker takes to measure how much it has not fetched."""
BATCH = 10
ALLOWED = 50
STRICT = {"NEWSWIRE_REJECTED_MOST": str(ALLOWED / 1000), "NEWSWIRE_BATCH_MAX": str(BATCH)}
NEVER = {"NEWSWIRE_REJECTED_MOST": "1"}
GOOD = range(80_000, 80_020)
MORE = range(80_100, 80_200)
POISON = [f"urn:test:brake:{number}" for number in range(400)]
"""Far more than the worker's queue holds: it must not dam up the other topics."""


@pytest.fixture
def system(broker: Broker, tmp_path: Path) -> Iterator[System]:
    system = System(broker, tmp_path, free_port_now())
    yield system
    system.stop_worker()


def letters(system: System) -> Counter[str]:
    """How often each poisonous record is in the dead letters."""
    keys = (record.key.decode() for record in system.read(DEAD_LETTERS.name) if record.key)
    return Counter(key for key in keys if key.startswith("urn:test:brake:"))


def stopped(system: System) -> list[str]:
    said: list[str] = json.loads(system.get("/readyz")[1] or "{}").get("stopped", [])
    return said


def waiting(system: System) -> float:
    """Articles that are on the broker and were not fetched, as the worker says."""
    lag = 'newswire_consumer_lag_records{partition="'
    metrics = system.metrics().items()
    return sum(n for name, n in metrics if name.startswith(lag) and "news.articles.v1" in name)


def test_it_stops_stays_answers_and_takes_up_again_what_it_left(system: System) -> None:
    system.start_worker(**STRICT)
    system.publish(story(number) for number in GOOD)
    system.wait_for(story(number)[0] for number in GOOD)
    system.publish([article(uri, body="", wire="bad-wire") for uri in POISON])
    wait_until(lambda: bool(stopped(system)), "the worker to stop taking articles")

    said = " ".join(stopped(system))
    assert "agent enrich has stopped" in said
    assert f"allows {ALLOWED} of 1,000" in said
    assert "decode: invalid" in said
    assert "'bad-wire'" in said
    assert "newswire replay --from dlq" in said
    assert system.get("/readyz")[0] == 503
    assert system.get("/healthz")[0] == 200
    assert system.metrics()['newswire_stopped{agent="enrich"}'] == 1
    assert system.metrics()['newswire_stopped{agent="deduplicate"}'] == 0

    # What else it reads goes on, through the consumer that holds the articles back.
    producer = KafkaProducer(bootstrap_servers=system.broker.address)
    producer.send(ALIASES.name, key=b"no alias", value=b"{", partition=0).get(timeout=30)
    producer.close()
    wait_until(
        lambda: any(record.key == b"no alias" for record in system.read(DEAD_LETTERS.name)),
        "the other agent's dead letter",
    )
    # What it holds back it does not even fetch: it would be kept in memory, a night's worth of it.
    system.publish(story(number) for number in MORE)
    wait_until(lambda: waiting(system) > 0, "articles to wait in Kafka")
    time.sleep(GAUGE_SECONDS)
    assert waiting(system) > 0
    before = letters(system)
    assert ALLOWED < before.total() <= ALLOWED + BATCH
    assert system.total("newswire_articles_consumed_total") == len(GOOD) + before.total()

    assert system.stop_worker() == 0
    system.start_worker(**NEVER)
    system.wait_for([*map(str.encode, POISON), *(story(number)[0] for number in MORE)])
    assert letters(system) == Counter(POISON), "each exactly once: none lost, none twice"
    told = Counter(record.key for record in system.read(ENRICHED.name))
    assert {told[story(number)[0]] for number in GOOD} == {1}


def test_the_partitions_of_one_that_died_stand_still_with_another_that_stopped(
    broker: Broker, tmp_path: Path
) -> None:
    if broker.embedded:
        pytest.skip("the embedded broker bears one worker")
    systems = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        systems.append(System(broker, tmp_path / name, free_port_now()))
    one, two = systems

    def own(system: System) -> set[str]:
        assigned = json.loads(system.get("/readyz")[1] or "{}").get("assigned", [])
        return {place for place in assigned if place.startswith(ARTICLES.name)}

    try:
        for system in systems:
            system.start_worker(**STRICT)
        wait_until(lambda: len(own(one)) == len(own(two)) == 2, "each to have its share")
        wait_until(lambda: one.ready() and two.ready(), "both to be ready")
        poison = [f"urn:test:brake:two:{number}" for number in range(1000)]
        before = letters(one).total()
        one.publish([article(uri, body="") for uri in poison])
        wait_until(lambda: bool(stopped(one) and stopped(two)), "both to stop")
        rejected = letters(one).total() - before
        assert rejected <= 2 * (ALLOWED + BATCH)
        one.stop_worker(signal.SIGKILL)
        wait_until(lambda: len(own(two)) == ARTICLES.partitions, "the other one to take over")
        time.sleep(GAUGE_SECONDS)
        assert letters(two).total() - before == rejected
        two.stop_worker()
        two.start_worker(**NEVER)
        two.wait_for(map(str.encode, poison))
    finally:
        for system in systems:
            system.stop_worker()
