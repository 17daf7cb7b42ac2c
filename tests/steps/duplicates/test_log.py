"""Rows in order, to the changelog and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.steps.duplicates.rows import UnreadableRows
from tests.steps.duplicates.news import START_MS, WINDOW_MS, a_text, an_index, an_item

HOUR_MS = 3_600_000
TEXT = a_text(0)


def test_what_was_judged_since_the_last_save_is_one_record() -> None:
    index = an_index()
    assert index.save() is None
    numbers = []
    for count in (1, 3, 2):
        for n in range(count):
            index.judge(an_item(f"{count}/{n}", a_text(count * 10 + n)))
        saved = index.save()
        assert saved is not None
        numbers.append(saved[0])
        assert index.save() is None
    assert numbers == [1, 2, 5]


def test_a_record_that_comes_twice_changes_nothing() -> None:
    index, rebuilt = an_index(), an_index()
    for n in range(4):
        index.judge(an_item(str(n), a_text(n)))
    saved = index.save()
    assert saved is not None
    rebuilt.load(*saved)
    size = rebuilt.nbytes
    rebuilt.load(*saved)
    assert (len(rebuilt), rebuilt.nbytes) == (4, size)


def test_numbers_go_on_after_a_restart_and_after_all_has_expired() -> None:
    index, rebuilt = an_index(), an_index()
    index.judge(an_item("a", TEXT))
    rebuilt.load(*(index.save() or (0, b"")))
    rebuilt.judge(an_item("b", a_text(1), hours=1))
    assert (rebuilt.save() or (0, b""))[0] == 2
    assert rebuilt.expire(START_MS + 2 * WINDOW_MS) == [1, 2]
    assert len(rebuilt) == 0
    rebuilt.judge(an_item("c", TEXT, hours=200))
    assert (rebuilt.save() or (0, b""))[0] == 3


def test_only_whole_records_expire_when_their_newest_row_is_before_the_window() -> None:
    index = an_index()
    for uri, hours in (("a", 0), ("b", 1), ("c", 2)):
        index.judge(an_item(uri, a_text(ord(uri)), hours=hours))
        if uri != "a":
            index.save()
    end_ms = START_MS + WINDOW_MS
    assert index.expire(end_ms + HOUR_MS) == []
    assert len(index) == 3
    assert index.expire(end_ms + HOUR_MS + 1) == [1]
    assert len(index) == 1
    assert index.expire(end_ms + HOUR_MS + 1) == []
    assert index.judge(an_item("d", a_text(ord("c")), hours=73)).of == "c"


def test_what_is_not_saved_yet_does_not_expire() -> None:
    index = an_index()
    index.judge(an_item("a", TEXT))
    assert index.expire(START_MS + 9 * WINDOW_MS) == []
    assert (index.save() or (0, b""))[0] == 1


def test_a_log_begins_with_the_first_record_that_is_left() -> None:
    index, rebuilt = an_index(), an_index()
    records = []
    for n in range(4):
        index.judge(an_item(str(n), a_text(n), hours=n))
        records.append(index.save() or (0, b""))
    for record in (records[1], records[3]):  # the broker has deleted the others
        rebuilt.load(*record)
    assert rebuilt.judge(an_item("x", a_text(0), hours=4)).verdict == "new"
    assert rebuilt.judge(an_item("y", a_text(1), hours=4)).of == "1"
    assert rebuilt.judge(an_item("z", a_text(3), hours=4)).of == "3"
    assert (rebuilt.save() or (0, b""))[0] == 5


def test_an_expired_story_lists_its_old_copies_no_more() -> None:
    index = an_index()
    for uri, hours in (("a", 0), ("b", 0), ("c", 60)):
        index.judge(an_item(uri, TEXT, hours=hours))
        index.save()
    index.expire(START_MS + WINDOW_MS + 1)
    assert len(index) == 1


@given(st.binary(max_size=80))
def test_an_unreadable_record_leaves_the_index_as_it_was(raw: bytes) -> None:
    index = an_index()
    index.judge(an_item("a", TEXT))
    number, record = index.save() or (0, b"")
    rebuilt = an_index()
    rebuilt.load(number, record)
    try:
        rebuilt.load(2, record[: len(record) // 2] + raw)
    except UnreadableRows:
        assert len(rebuilt) == 1
    rebuilt.expire(START_MS + 9 * WINDOW_MS)


def test_a_record_with_one_bad_row_is_not_taken_by_half() -> None:
    index = an_index()
    for uri in "ab":
        index.judge(an_item(uri, TEXT))
    number, record = index.save() or (0, b"")
    rebuilt = an_index()
    with pytest.raises(UnreadableRows):
        rebuilt.load(number, record.replace(b'"repeat"', b'"repe\xff"'))
    assert len(rebuilt) == 0
