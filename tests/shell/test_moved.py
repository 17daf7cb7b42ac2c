"""Partitions that move while an agent waits: what it remembers is gone, so it says nothing."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from types import SimpleNamespace
from typing import Any

import faust
import pytest

from schemas.topics import ARTICLES, CANDIDATES, HELD_CHANGELOG, INDEX_CHANGELOG, VERSIONS_CHANGELOG
from streams import state
from streams.agents import Brake, Deduplicator, Enricher
from streams.changelogs import Changelogs
from streams.deliveries import Delivery
from streams.indexes import Indexes
from streams.lexicon import Lexicon
from streams.live import Live
from streams.settings import Settings

URI = "urn:test:moved"


class Stream:
    """One batch, which is held until `moved`."""

    def __init__(self, events: Sequence[Any]) -> None:
        self.moved = False
        self._events = events

    async def batches(self, *_: object) -> AsyncIterator[Sequence[Any]]:
        yield self._events

    def holds(self, _event: Any) -> bool:
        return not self.moved

    def halt(self) -> None:
        raise AssertionError("the brake must not be touched")


class Broker:
    """What is delivered."""

    def __init__(self) -> None:
        self.records: list[Delivery] = []

    async def deliver(self, records: Sequence[Delivery], ours: Callable[[], bool]) -> bool:
        self.records += records if ours() else ()
        return ours()


def event(offset: int, **fields: object) -> Any:
    text = {"uri": URI, "wire": "w", "headline": "Talks in Kazan", "body": "They met.", **fields}
    message = SimpleNamespace(
        key=URI.encode(),
        value=json.dumps(text).encode(),
        offset=offset,
        partition=0,
        timestamp=1_730_000_000.0,
        headers=(),
        topic=ARTICLES.name,
    )
    return SimpleNamespace(message=message)


VERSIONS = [event(n, version=version) for n, version in enumerate((1, 3, 2))]
"""The last one comes late, so that the one before is read and told again."""


@pytest.fixture
def changelogs() -> Changelogs:
    return Changelogs(faust.App("newswire"), "127.0.0.1:1", Settings())


def enricher(changelogs: Changelogs, lexicon: Lexicon, broker: Broker, read: Any) -> Enricher:
    made: Any = Enricher
    return made(  # type: ignore[no-any-return]
        Settings(),
        lexicon,
        state.versions(changelogs, VERSIONS_CHANGELOG, ARTICLES),
        SimpleNamespace(read=read),
        broker,
        lambda: 0,
        Brake("enrich", 1.0),
    )


@pytest.mark.parametrize("moves", [False, True])
async def test_a_batch_that_moves_while_a_version_is_read_again_is_left_to_its_new_owner(
    changelogs: Changelogs, lexicon: Lexicon, *, moves: bool
) -> None:
    broker, stream = Broker(), Stream([*VERSIONS, event(3, version=4)])

    async def read(_partition: int, offset: int) -> Any:
        if moves:
            stream.moved = True
            agent.versions.clear()
        return VERSIONS[offset].message

    agent = enricher(changelogs, lexicon, broker, read)
    await agent.run(stream)  # type: ignore[arg-type]
    assert bool(broker.records) is not moves
    assert bool(agent.versions.get(0, URI)) is not moves


async def test_a_batch_that_moves_while_it_waits_for_its_turn_is_left_to_its_new_owner(
    changelogs: Changelogs,
) -> None:
    broker, stream, settings = Broker(), Stream([event(0)]), Settings()
    made: Any = Deduplicator
    agent = made(
        settings,
        frozenset(),
        Indexes(changelogs, INDEX_CHANGELOG, CANDIDATES, settings.new_index),
        state.held(changelogs, HELD_CHANGELOG, CANDIDATES),
        broker,
        Live(),
        lambda: 0,
        Brake("deduplicate", 1.0),
    )
    stream.moved = True
    await agent.run(stream)
    assert not broker.records, "not even the dead letter that a held one would become"
