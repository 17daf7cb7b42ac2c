"""What is forgotten of a partition is read back from its beginning."""

import faust
from faust.types import TP

from schemas.topics import ARTICLES, VERSIONS_CHANGELOG
from streams.tables import keep


class Memory:
    """A keeper that notes what it is told to drop."""

    def __init__(self) -> None:
        self.dropped: list[int] = []

    def apply(self, partition: int, key: bytes, value: bytes | None) -> None: ...

    def drop(self, partition: int) -> None:
        self.dropped.append(partition)


async def test_a_partition_that_left_is_read_from_its_beginning_when_it_comes_back() -> None:
    # Also when a second rebalance follows at once, which Faust's recovery does not hear of.
    app = faust.App("newswire", store="memory://", topic_allow_declare=False)
    memory = Memory()
    name = keep(app, VERSIONS_CHANGELOG, ARTICLES, memory)
    gone, kept = (TP(VERSIONS_CHANGELOG.name, partition) for partition in (1, 2))
    offsets = app.tables.recovery.active_offsets  # type: ignore[attr-defined]
    offsets.update({gone: 500, kept: 700})
    await app.tables[name]._data.on_rebalance(set(), {TP(ARTICLES.name, 1)}, set())  # type: ignore[attr-defined]
    assert memory.dropped == [1]
    assert gone not in offsets, "it would be read from the middle"
    assert offsets[kept] == 700
