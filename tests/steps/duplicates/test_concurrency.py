"""Copies of one story that come at one moment: exactly one of them must pass.

Every copy takes a hop of its own to each index, so that no two indexes see one order.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import pytest

from streams.bloom import Hashes
from streams.steps.duplicates import SUPPRESSED, Index, Item
from tests.steps.duplicates.news import START_MS, a_text, an_index, an_item

STORIES, SHARDS = 250, 8
BURST_MS, HOP_MS, WAIT_MS = 50.0, 20.0, 100.0


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: its place in the order of the first agent, and when each shard has it."""

    ord: int
    story: int
    item: Item
    sent_ms: float
    hops_ms: tuple[float, ...]

    def at(self, shard: int) -> float:
        return self.sent_ms + self.hops_ms[shard]


def bursts(seed: int, hop: Callable[[Random], float]) -> list[Copy]:
    """Two to six wires a story, each with a line of its own, all within one moment."""
    rng, sent = Random(seed), list[tuple[float, int, Item]]()
    for story in range(STORIES):
        text, start_ms = a_text(1_000 * seed + story), rng.uniform(0, 20_000)
        for wire in range(rng.randint(2, 6)):
            own = a_text(-(1_000 * seed + 10 * story + wire), 4)
            item = an_item(f"{story}/{wire}", f"{text}\n{own}", wire=f"wire {wire}")
            sent.append((start_ms + rng.uniform(0, BURST_MS), story, item))
    sent.sort(key=lambda one: one[0])
    return [
        Copy(
            number,
            story,
            replace(item, received_ms=START_MS + int(sent_ms)),
            sent_ms,
            tuple(hop(rng) for _ in range(SHARDS)),
        )
        for number, (sent_ms, story, item) in enumerate(sent)
    ]


def some_hop(rng: Random) -> float:
    return rng.expovariate(1 / HOP_MS)


def hop_within_the_wait(rng: Random) -> float:
    return min(some_hop(rng), WAIT_MS)


def lost_and_doubled(copies: Sequence[Copy], suppressed: set[int]) -> tuple[int, int]:
    passed = Counter(copy.story for copy in copies if copy.ord not in suppressed)
    return STORIES - len(passed), sum(count > 1 for count in passed.values())


def owner(key: int) -> int:
    """The shard of a key: by its lower bits, for keys are chosen by their upper ones."""
    return key % SHARDS


def keys_of(item: Item) -> Hashes:
    assert item.sketch is not None
    return item.sketch.keys


def seen_by(shard: int, item: Item) -> Item:
    """The item with the keys of one shard only."""
    assert item.sketch is not None
    own = item.sketch.keys[item.sketch.keys % np.uint32(SHARDS) == shard]
    return replace(item, sketch=replace(item.sketch, keys=own))


def one_log(copies: Sequence[Copy]) -> set[int]:
    """R4: all copies in one order, whatever it is."""
    index = an_index()
    arrived = sorted(copies, key=lambda copy: copy.at(0))
    return {copy.ord for copy in arrived if index.judge(copy.item).verdict in SUPPRESSED}


def naive(copies: Sequence[Copy]) -> set[int]:
    """R0: a copy for any shard that has seen another one before is a copy."""
    suppressed = set[int]()
    for shard in range(SHARDS):
        index = an_index()
        for copy in sorted(copies, key=lambda copy: copy.at(shard)):
            if index.judge(seen_by(shard, copy.item)).verdict in SUPPRESSED:
                suppressed.add(copy.ord)
    return suppressed


def waiting(copies: Sequence[Copy]) -> set[int]:
    """R5: a shard answers some time later, for the pairs that it owns, and the lower one stays."""
    holders = defaultdict[int, list[Copy]](list)
    for copy in copies:
        for key in keys_of(copy.item).tolist():
            holders[key].append(copy)
    suppressed = set[int]()
    for copy in copies:
        own = keys_of(copy.item)
        others = {other.ord: other for key in own.tolist() for other in holders[key]}
        for other in others.values():
            shard = owner(int(np.intersect1d(own, keys_of(other.item))[0]))
            in_time = other.at(shard) <= copy.at(shard) + WAIT_MS
            if other.ord < copy.ord and in_time and is_copy(copy.item, other.item):
                suppressed.add(copy.ord)
    return suppressed


def is_copy(item: Item, earlier: Item) -> bool:
    """The verdict of the real index on two articles alone."""
    index = an_index()
    index.judge(earlier)
    return index.judge(item).verdict in SUPPRESSED


SEEDS = pytest.mark.parametrize("seed", [1, 2])


@SEEDS
def test_one_log_a_language_loses_no_story_and_doubles_none(seed: int) -> None:
    copies = bursts(seed, some_hop)
    assert lost_and_doubled(copies, one_log(copies)) == (0, 0)


@SEEDS
def test_shards_that_wait_and_keep_the_first_lose_no_story_and_double_none(seed: int) -> None:
    copies = bursts(seed, hop_within_the_wait)
    assert lost_and_doubled(copies, waiting(copies)) == (0, 0)


def test_a_hop_longer_than_the_wait_doubles_a_story_and_never_loses_one() -> None:
    copies = bursts(3, lambda rng: rng.expovariate(1 / WAIT_MS))
    lost, doubled = lost_and_doubled(copies, waiting(copies))
    assert lost == 0
    assert doubled > 0


def test_shards_that_answer_at_once_lose_most_stories() -> None:
    copies = bursts(1, some_hop)
    lost, _ = lost_and_doubled(copies, naive(copies))
    assert lost > STORIES / 2


@SEEDS
def test_a_log_that_crashes_after_any_batch_gives_the_same_verdicts(seed: int) -> None:
    items = [copy.item for copy in bursts(seed, some_hop)]
    living, index, rng = an_index(), an_index(), Random(seed)
    records = list[tuple[int, bytes]]()
    while items:
        batch, items = items[:20], items[20:]
        expected = [living.judge(item) for item in batch]
        told = [index.judge(item) for item in batch]
        records += filter(None, [index.save()])
        if rng.random() < 0.3:  # the record is on the broker, the batch is not acknowledged
            index = rebuilt_of(records)
            assert [index.judge(item) for item in batch] == told
        assert told == expected


def rebuilt_of(records: Sequence[tuple[int, bytes]]) -> Index:
    index = an_index()
    for record in records:
        index.load(*record)
    return index
