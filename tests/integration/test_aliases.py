"""A kill under a new uri finds its story by another id, through a real broker and worker."""

import json
import signal
from typing import Any

import orjson
import pytest
from kafka import KafkaProducer

from schemas.topics import ALIASES, ARTICLES, DEAD_LETTERS, DUPLICATES, ENRICHED, stream_topic_name
from tests.integration.system import System, article, story, wait_until

pytestmark = pytest.mark.broker

STREAM = stream_topic_name("us-russia-relations")


def told(number: int, **fields: Any) -> tuple[bytes, bytes]:
    """A story of the US–Russia stream with fields of its own."""
    key, value = story(number)
    return key, json.dumps({**json.loads(value), **fields}).encode()


def kill(uri: str, *ids: str, **fields: Any) -> tuple[bytes, bytes]:
    return article(uri, status="canceled", alt_ids=list(ids), editor_note="KILL", **fields)


def last(system: System, topic: str) -> dict[bytes, dict[str, Any]]:
    """What compaction leaves of a topic."""
    return {record.key: orjson.loads(record.value) for record in system.read(topic)}


def outcome(system: System, topic: str, key: bytes) -> str | None:
    found = last(system, topic).get(key)
    return None if found is None else str(found["outcome"])


def reaches(system: System, topic: str, key: bytes, end: str) -> None:
    """Waits until the last record of the key on the topic has that outcome."""
    wait_until(lambda: outcome(system, topic, key) == end, f"{key!r} as {end} on {topic}")


def test_a_kill_by_another_id_follows_its_story_everywhere(system: System) -> None:
    system.publish([told(5001, alt_ids=["test:5001"])])
    system.wait_for([b"urn:test:story:5001"])
    system.publish([kill("urn:test:kill:5001", "test:5001")])
    for topic in (STREAM, ENRICHED.name):
        reaches(system, topic, b"urn:test:story:5001", "withdrawn")
    withdrawn = last(system, STREAM)[b"urn:test:story:5001"]
    assert withdrawn["editor_note"] == "KILL"
    assert "body" not in withdrawn


def test_a_story_that_comes_after_the_kill_of_its_id_is_withdrawn(system: System) -> None:
    system.publish([kill("urn:test:kill:5002", "test:5002")])
    system.wait_for([b"urn:test:kill:5002"])
    system.publish([told(5002, alt_ids=["test:5002"])])
    reaches(system, ENRICHED.name, b"urn:test:story:5002", "withdrawn")


def test_a_kill_may_name_the_uri_itself_before_or_after_the_story(system: System) -> None:
    before, after = told(5003), told(5004)
    system.publish([before])
    system.wait_for([before[0]])
    system.publish([kill("urn:test:kill:5003", before[0].decode(), after[0].decode())])
    reaches(system, ENRICHED.name, before[0], "withdrawn")
    reaches(system, DUPLICATES.name, after[0], "duplicate")
    system.publish([after])
    reaches(system, ENRICHED.name, after[0], "withdrawn")
    found = [record for record in system.read(ENRICHED.name) if record.key == after[0]]
    assert len(found) == 1, "it was told before it was withdrawn"


def test_a_kill_by_one_wire_leaves_the_story_of_another_alone(system: System) -> None:
    ids = ["157"]
    mine, theirs = told(5005, alt_ids=ids), told(5006, alt_ids=ids, wire="another")
    system.publish([mine, theirs])
    system.wait_for([mine[0], theirs[0]])
    system.publish([kill("urn:test:kill:5005", *ids, theirs[0].decode())])
    reaches(system, ENRICHED.name, mine[0], "withdrawn")
    reaches(system, DUPLICATES.name, theirs[0], "duplicate")
    assert outcome(system, ENRICHED.name, theirs[0]) == "enriched"
    assert outcome(system, STREAM, theirs[0]) == "enriched"


def test_a_kill_reaches_the_partition_that_the_publisher_chose(system: System) -> None:
    for partition in range(ARTICLES.partitions):
        number = 5010 + partition
        key, value = told(number, alt_ids=[f"test:{number}"])
        system.publish([(key, value)], partition=partition)
        system.wait_for([key])
        system.publish([kill(f"urn:test:kill:{number}", f"test:{number}")])
        reaches(system, ENRICHED.name, key, "withdrawn")


def test_what_is_no_alias_is_a_dead_letter_and_the_agent_goes_on(system: System) -> None:
    producer = KafkaProducer(bootstrap_servers=system.broker.address)
    producer.send(ALIASES.name, key=b"poison", value=b"{no alias", partition=0).get(timeout=30)
    producer.close()
    wait_until(
        lambda: any(record.key == b"poison" for record in system.read(DEAD_LETTERS.name)),
        "the dead letter",
    )
    numbers = range(5020, 5030)  # enough that some lie behind it
    system.publish(told(number, alt_ids=[f"test:{number}"]) for number in numbers)
    system.publish(kill(f"urn:test:kill:{number}", f"test:{number}") for number in numbers)
    for number in numbers:
        reaches(system, ENRICHED.name, story(number)[0], "withdrawn")


STORIES = 1200


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_every_kill_finds_its_story_although_the_worker_dies(
    system: System, how: signal.Signals
) -> None:
    first = 60_000 if how is signal.SIGKILL else 70_000
    numbers = range(first, first + STORIES)
    keys = {story(number)[0] for number in numbers}

    def withdrawn() -> int:
        found = last(system, ENRICHED.name)
        return sum(key in found and found[key]["outcome"] == "withdrawn" for key in keys)

    before = system.ended()
    system.publish(told(number, alt_ids=[f"test:{number}"]) for number in numbers)
    system.publish(kill(f"urn:test:kill:{number}", f"test:{number}") for number in numbers)
    wait_until(lambda: system.ended() > before + STORIES * 1.1, "a beginning")
    system.stop_worker(how)
    assert withdrawn() < STORIES, "the worker was done before it died: publish more"
    system.start_worker()
    wait_until(lambda: withdrawn() == STORIES, "every story to be withdrawn")
