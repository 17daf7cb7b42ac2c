"""The audit of `make chaos` on what a real broker has: all holds, until a hand takes something."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.chaos.audit import audit
from benchmarks.chaos.calm import rehearse
from benchmarks.chaos.load import load
from benchmarks.chaos.reading import whole
from benchmarks.chaos.records import Published
from benchmarks.chaos.texts import originals
from schemas.topics import ARTICLES, CANDIDATES, DEAD_LETTERS, DUPLICATES, ENRICHED
from streams.broker import broker_of
from streams.creating import topics_of
from streams.lexicon import Lexicon
from streams.settings import Settings
from tests.conftest import free_port_now
from tests.integration.system import System, wait_until
from tools.kafka.children import Signals
from tools.kafka.jars import LIBS
from tools.kafka.node import Node

pytestmark = [pytest.mark.broker, pytest.mark.timeout(300)]

COUNT = 100


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[System]:
    """A Kafka that only this test has written to; the embedded broker keeps no candidates."""
    if not (LIBS / "pom.xml").exists() or not shutil.which("java"):
        pytest.skip("no Apache Kafka here: `python -m tools.kafka fetch` gets it")
    node = Node(free_port_now(), tmp_path / "kafka")
    node.start(Signals())
    system = System(broker_of(node.url, tmp_path), tmp_path, free_port_now())
    try:
        system.start_worker()
        yield system
        system.stop_worker()
    finally:
        node.stop()


def test_an_outcome_removed_by_hand_is_missed(alone: System, lexicon: Lexicon) -> None:
    begin_ms = time.time_ns() // 1_000_000
    all_kinds = load(originals(None, 3), 3, 1000.0, begin_ms, COUNT)
    planned = [each for each in all_kinds if each.kind != "embargoed"]  # they would take minutes
    alone.publish((each.key, each.value) for each in planned)
    streams = [t.name for t in topics_of(lexicon) if t.name.startswith("news.stream.")]
    fixed = (ARTICLES, CANDIDATES, ENRICHED, DUPLICATES, DEAD_LETTERS)
    topics = [*(topic.name for topic in fixed), *streams]
    wait_until(lambda: _idle(alone, len(planned)), "every article to end")
    logs = whole(alone.broker.address, topics)
    by_value = {(record.key, record.value): record for record in logs[ARTICLES.name]}
    there = [(each, by_value[each.key, each.value]) for each in planned]
    published = [Published(each, record.partition, record.offset) for each, record in there]
    calm = rehearse(logs, lexicon, Settings().new_index, lambda: None)
    assert audit(published, logs, calm) == []

    removed = logs[ENRICHED.name].pop(0)
    assert "no outcome" in {finding.rule for finding in audit(published, logs, calm)}
    assert removed.key is not None
    assert any(removed.key.decode() in f.seen for f in audit(published, logs, calm))


def _idle(system: System, published: int) -> bool:
    metrics = system.metrics()

    def total(name: str) -> float:
        return sum(value for key, value in metrics.items() if key.startswith(name))

    consumed, ended = total("newswire_articles_consumed_total"), total("newswire_outcomes_total")
    held = total('newswire_state_entries{table="held"}')
    waiting = held + total("newswire_consumer_lag_records")
    return consumed == ended >= published and not waiting
