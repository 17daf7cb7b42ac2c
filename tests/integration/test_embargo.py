"""What is under embargo is delivered at its hour, also by a worker that was started since."""

import json
import signal
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.topics import DUPLICATES, ENRICHED, stream_topic_name
from tests.integration.system import System, article, story, wait_until

pytestmark = pytest.mark.broker

STREAM = stream_topic_name("us-russia-relations")
LATE_S = 3.0
"""A busy machine's; measured beside nothing else it was 0.3 s at most."""


def embargoed(number: int, until: float, **fields: Any) -> tuple[bytes, bytes]:
    _, text = story(number)
    hour = datetime.fromtimestamp(until, UTC).isoformat()
    stated = {**_loads(text), "embargoed_until": hour, **fields}
    return article(stated.pop("uri"), **stated)


def now() -> float:
    return time.time_ns() / 1e9


def _loads(raw: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(raw)
    return value


def delivered(system: System, topic: str, key: bytes) -> list[Any]:
    return [record for record in system.read(topic) if record.key == key]


def held(system: System) -> float:
    return system.metrics().get('newswire_outcomes_total{outcome="held"}', 0.0)


def test_an_older_version_that_comes_late_does_not_displace_what_waits(system: System) -> None:
    hour = now() + 10
    versions = [
        embargoed(40_007, hour, version=n, headline=f"Version {n}", body=f"It is version {n} .")
        for n in (2, 3, 1)
    ]
    key = versions[0][0]
    before = held(system)
    system.publish(versions)
    wait_until(lambda: held(system) >= before + 2, "two versions to be held")
    wait_until(lambda: delivered(system, DUPLICATES.name, key) != [], "the third to be stale")
    (stale,) = delivered(system, DUPLICATES.name, key)
    assert _loads(stale.value)["version"] == 1
    assert _loads(stale.value)["headline"] is None, "told before its hour"
    assert now() < hour, "the worker was too late for this test"
    wait_until(lambda: delivered(system, ENRICHED.name, key) != [], "the delivery")
    assert [_loads(r.value)["version"] for r in delivered(system, ENRICHED.name, key)] == [3]


def test_what_is_published_twice_under_embargo_tells_no_headline(system: System) -> None:
    record = embargoed(40_008, now() + 30)
    system.publish([record, record])
    wait_until(lambda: delivered(system, DUPLICATES.name, record[0]) != [], "the repeat")
    (repeat,) = delivered(system, DUPLICATES.name, record[0])
    assert _loads(repeat.value)["duplicate"]["verdict"] == "repeat"
    assert _loads(repeat.value)["headline"] is None


def test_it_comes_at_its_hour_although_the_worker_was_killed(system: System) -> None:
    # Kafka waits for a killed worker as long as its session lasts.
    before, hour = held(system), now() + (25 if system.broker.embedded else 45)
    key, value = embargoed(40_001, hour)
    system.publish([(key, value)])
    wait_until(lambda: held(system) > before, "the article to be held")
    assert delivered(system, ENRICHED.name, key) == []
    system.stop_worker(signal.SIGKILL)
    system.start_worker()
    assert now() < hour, "the worker was up too late for this test"
    for topic in (ENRICHED.name, STREAM):
        wait_until(lambda topic=topic: delivered(system, topic, key) != [], "the delivery")  # type: ignore[misc]
        (record,) = delivered(system, topic, key)
        assert 0 <= record.timestamp / 1000 - hour <= LATE_S


def test_a_withdrawal_goes_before_the_embargo(system: System) -> None:
    hour = now() + 4
    key, value = embargoed(40_002, hour)
    system.publish([(key, value), article(key.decode(), status="canceled")])
    system.wait_for([key])
    time.sleep(max(0.0, hour + 1 - now()))
    outcomes = {_loads(record.value)["outcome"] for record in delivered(system, ENRICHED.name, key)}
    assert outcomes == {"withdrawn"}


def test_a_version_without_embargo_lifts_it_and_the_held_one_never_comes(system: System) -> None:
    hour = now() + 4
    key, value = embargoed(40_003, hour, version=1)
    open_version = {**_loads(value), "version": 2, "embargoed_until": None}
    system.publish([(key, value), article(open_version.pop("uri"), **open_version)])
    system.wait_for([key])
    time.sleep(max(0.0, hour + 1 - now()))
    versions = [_loads(record.value)["version"] for record in delivered(system, ENRICHED.name, key)]
    assert versions == [2]


def test_a_copy_that_breaks_the_embargo_passes(system: System) -> None:
    before = held(system)
    key, value = embargoed(40_004, now() + 3600)
    system.publish([(key, value)])
    wait_until(lambda: held(system) > before, "the article to be held")
    copy = {**_loads(value), "wire": "another", "embargoed_until": None}
    copy.pop("uri")
    other = article("urn:test:embargo:broken", **copy)
    system.publish([other])
    system.wait_for([other[0]])
    assert system.outcomes()[other[0]] == {"enriched"}
