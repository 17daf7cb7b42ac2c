"""Whatever the moment of a crash, the index goes on as if it had never stopped."""

from collections.abc import Iterable
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched import Duplicate
from streams.steps.duplicates import Index, Item
from tests.steps.duplicates.news import a_text, an_index, an_item
from tests.steps.duplicates.world import STREAMS, Drawn, items_of

CUTS = st.sets(st.integers(0, 30))
Record = tuple[int, bytes]


def run(items: list[Item], cuts: set[int], expire: set[int]) -> tuple[Index, list[Record]]:
    """An index that has judged the items, and the records that its changelog has now."""
    index, records = an_index(), list[Record]()
    for place, item in enumerate(items):
        index.judge(item)
        if place in cuts:
            records += filter(None, [index.save()])
        if place in expire:
            gone = index.expire(item.received_ms)
            records = [record for record in records if record[0] not in gone]
    records += filter(None, [index.save()])
    return index, records


def rebuilt_of(records: Iterable[Record]) -> Index:
    index = an_index()
    for record in records:
        index.load(*record)
    return index


def verdicts(index: Index, items: list[Item]) -> list[Duplicate]:
    return [index.judge(item) for item in items]


@given(STREAMS, CUTS, st.integers(0, 30), st.integers(1, 3))
def test_an_index_rebuilt_from_its_records_judges_as_the_living_one(
    drawn: list[Drawn], cuts: set[int], stop: int, times: int
) -> None:
    items = items_of(drawn)
    living, records = run(items[:stop], cuts, set())
    rebuilt = rebuilt_of(chain.from_iterable([record] * times for record in records))
    assert len(rebuilt) == len(living)
    assert (
        rebuilt.latest_ms
        == living.latest_ms
        == max((i.received_ms for i in items[:stop]), default=0)
    )
    assert verdicts(rebuilt, items[stop:]) == verdicts(living, items[stop:])


@given(STREAMS, CUTS, st.integers(0, 30), st.integers(0, 30))
def test_records_read_again_from_an_earlier_place_change_nothing(
    drawn: list[Drawn], cuts: set[int], stop: int, again: int
) -> None:
    items = items_of(drawn)
    living, records = run(items[:stop], cuts, set())
    rebuilt = rebuilt_of([*records, *records[again:], *records])
    assert verdicts(rebuilt, items[stop:]) == verdicts(living, items[stop:])


@given(STREAMS, CUTS, CUTS, st.integers(0, 30))
def test_what_has_expired_makes_no_difference_either(
    drawn: list[Drawn], cuts: set[int], expire: set[int], stop: int
) -> None:
    items = items_of(drawn)
    living, records = run(items[:stop], cuts, expire)
    later = items[stop:]
    assert verdicts(rebuilt_of(records), later) == verdicts(living, later)


@given(STREAMS, CUTS, CUTS)
def test_a_saved_index_saves_the_same_bytes_wherever_the_batches_end(
    drawn: list[Drawn], cuts: set[int], others: set[int]
) -> None:
    items = items_of(drawn)
    (_, one), (_, other) = run(items, cuts, set()), run(items, others, set())
    assert b"".join(raw[1:] for _, raw in one) == b"".join(raw[1:] for _, raw in other)


@given(STREAMS, st.data())
def test_a_replay_at_any_later_place_gets_the_verdict_that_was_given(
    drawn: list[Drawn], data: st.DataObject
) -> None:
    items, index = items_of(drawn), an_index()
    told = list[Duplicate]()
    for item in items:
        told.append(index.judge(item))
        again = data.draw(st.integers(0, len(told) - 1))
        assert index.judge(items[again]) == told[again]
    assert verdicts(index, items) == told


def test_a_wire_carries_a_story_until_its_last_version_has_expired() -> None:
    # The first version of b leaves the window before its second one does.
    index, text = an_index(), a_text(1)
    update = Duplicate("update", supersedes="b@1")
    for item in (
        an_item("a", text),
        an_item("b", f"{text} in 30 of 300 places"),
        an_item("b", f"{text} in 31 of 300 places", version=2, known=update, hours=50),
        an_item("c", f"{text} in 31 of 300 places, as told", hours=100),
    ):
        index.expire(item.received_ms)
        told = index.judge(item)
        index.save()
    assert told.story == "a"
    assert told.also_in == ("wire of b", "wire of c")
