"""Links through a real broker: read, delivered, committed, and taken up again."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import le
from typing import Any
from uuid import uuid4

import orjson
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from schemas.topics import ENRICHED, LINKS
from streams.broker import Broker, TopicSpec, ensure_topics, for_embedded
from streams.broker.admin import admin
from streams.errors import BrokerError, NewswireError
from streams.links import consume
from streams.links.compare import HOUR_MS, Vector
from streams.links.consume import follow
from tests.links.records import FakeEncoder, enriched, withdrawn

pytestmark = pytest.mark.broker

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Desk:
    """Two topics of a test's own, and what is done with them."""

    address: str
    producer: Any
    enriched: str
    links_topic: str

    def deliver(self, value: bytes, hours_ago: float = 0, partition: int | None = None) -> None:
        """As the worker delivers it, but some time ago."""
        at_ms = time.time_ns() // 1_000_000 - int(hours_ago * HOUR_MS)
        key = orjson.loads(value)["uri"].encode()
        sent = self.producer.send(
            self.enriched, key=key, value=value, timestamp_ms=at_ms, partition=partition
        )
        sent.get(timeout=PATIENCE)

    def link(self, read_back: int, read: int, encoder: FakeEncoder | None = None) -> None:
        """One run of `newswire link`: it must read so many records, and no more."""
        deadline, wanted, more = time.monotonic() + PATIENCE, (read_back, read), 3
        steps = follow(self.address, encoder or FakeEncoder())
        try:
            for step in steps:
                done = (step.read_back, step.read)
                assert all(map(le, done, wanted)), f"{done}, not {wanted}"
                assert time.monotonic() < deadline, f"still {done}, not {wanted}"
                more -= done == wanted
                if more == 0:
                    break
        finally:
            steps.close()

    def links(self) -> list[tuple[bytes, dict[str, Any]]]:
        """Key and value of every link, in order."""
        consumer = KafkaConsumer(bootstrap_servers=self.address)
        place = TopicPartition(self.links_topic, 0)
        try:
            consumer.assign([place])
            consumer.seek_to_beginning(place)
            end = consumer.end_offsets([place])[place]
            found: list[Any] = []
            while consumer.position(place) < end:
                found += consumer.poll(timeout_ms=100).get(place, [])
            return [(record.key, orjson.loads(record.value)) for record in found]
        finally:
            consumer.close()

    def pairs(self) -> list[tuple[str, str]]:
        """Every link as the later article and the earlier one."""
        return [(link["uri"], link["of"]) for _, link in self.links()]


@pytest.fixture
def desk(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    run = uuid4().hex
    topics = {
        "ENRICHED": replace(ENRICHED, name=f"test.{run}.enriched"),
        "LINKS": replace(LINKS, name=f"test.{run}.links"),
    }
    for name, value in {**topics, "GROUP": f"test-{run}", "PAUSE_SECONDS": 0.05}.items():
        monkeypatch.setattr(consume, name, value)
    specs = [TopicSpec(each.name, each.partitions, each.settings) for each in topics.values()]
    ensure_topics(broker.address, map(for_embedded, specs) if broker.embedded else specs)
    producer = KafkaProducer(bootstrap_servers=broker.address)
    yield Desk(broker.address, producer, specs[0].name, specs[1].name)
    producer.close()
    with admin(broker.address) as client:
        client.delete_topics([spec.name for spec in specs])


def test_a_story_in_two_languages_is_linked_under_the_key_of_the_later_one(desk: Desk) -> None:
    desk.deliver(enriched("a"), hours_ago=2, partition=3)
    desk.deliver(enriched("b", "qab"), hours_ago=1, partition=0)
    desk.link(0, 2)
    ((key, link),) = desk.links()
    assert key == b"b"
    assert (link["uri"], link["of"]) == ("b", "a")
    assert (link["language"], link["of_language"]) == ("qab", "qaa")
    assert link["shared"] == ["35"]
    assert link["similarity"] == 1
    assert link["linked_at"] is not None


def test_after_a_restart_the_window_is_read_back_and_nothing_is_linked_again(desk: Desk) -> None:
    desk.deliver(enriched("a"), hours_ago=40)
    desk.deliver(enriched("b", "qab"), hours_ago=30)
    desk.link(0, 2)
    desk.link(2, 0)
    assert desk.pairs() == [("b", "a")]
    desk.deliver(enriched("c", "qab"))
    desk.link(2, 1)
    assert desk.pairs() == [("b", "a"), ("c", "a")]


def test_what_is_older_than_the_window_is_not_read_back(desk: Desk) -> None:
    for number in range(5):
        desk.deliver(enriched(f"old {number}"), hours_ago=60, partition=0)
    desk.deliver(enriched("young"), hours_ago=40, partition=0)
    desk.deliver(enriched("newest"), partition=1)
    desk.deliver(enriched("old and last"), hours_ago=60, partition=2)
    desk.link(0, 8)
    desk.link(2, 0)


def test_the_window_ends_where_reading_ended_however_long_ago_that_was(desk: Desk) -> None:
    desk.deliver(enriched("a"), hours_ago=300)
    desk.link(0, 1)
    desk.deliver(enriched("b", "qab"), hours_ago=270)
    desk.link(1, 1)
    assert desk.pairs() == [("b", "a")]


def test_a_partition_without_a_commit_is_read_from_its_beginning(desk: Desk) -> None:
    desk.deliver(enriched("a"), partition=1)
    desk.link(0, 1)
    desk.deliver(enriched("b", "qab"), partition=2)
    desk.link(1, 1)
    assert desk.pairs() == [("b", "a")]


class Failing(FakeEncoder):
    """Fails in the middle of a batch, as a process that is killed does."""

    def encode(self, texts: Sequence[str]) -> Vector:
        if any("villages" not in text for text in texts):
            raise RuntimeError("killed")
        return FakeEncoder.encode(self, texts)


def test_what_was_not_committed_is_linked_by_the_next_run(desk: Desk) -> None:
    desk.deliver(enriched("a"))
    desk.link(0, 1)
    desk.deliver(enriched("b", "qab", body="35, and something new"))
    with pytest.raises(RuntimeError, match="killed"):
        desk.link(1, 1, Failing())
    assert desk.pairs() == []
    desk.link(1, 1)
    assert desk.pairs() == [("b", "a")]


def test_an_article_withdrawn_before_a_restart_is_not_linked_after_it(desk: Desk) -> None:
    desk.deliver(enriched("a"))
    desk.deliver(withdrawn("a"))
    desk.link(0, 2)
    desk.deliver(enriched("b", "qab"))
    desk.link(2, 1)
    assert desk.pairs() == []


def test_more_than_one_batch_is_read_and_read_back(desk: Desk) -> None:
    for number in range(250):
        desk.deliver(enriched(f"a{number}", headline="strike" if number else "flood"))
    desk.link(0, 250)
    desk.deliver(enriched("b", "qab"))
    desk.link(250, 1)
    assert desk.pairs() == [("b", "a0")]


def test_without_its_topics_it_says_how_to_make_them(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consume, "ENRICHED", replace(ENRICHED, name="test.no.such.topic"))
    with pytest.raises(NewswireError, match=r"no topic test\.no\.such\.topic.*topics --create"):
        next(follow(broker.address, FakeEncoder()))


def test_without_a_broker_it_says_so(free_port: int) -> None:
    with pytest.raises(BrokerError, match="is the broker running"):
        next(follow(f"127.0.0.1:{free_port}", FakeEncoder()))
