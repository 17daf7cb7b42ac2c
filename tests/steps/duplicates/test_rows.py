"""What is kept of an article, as bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.bloom import Hashes
from streams.steps.duplicates import UnreadableRows
from streams.steps.duplicates.rows import VERSION, Row, pack_rows, received_ms, unpack_rows
from tests.steps.duplicates.news import an_index, an_item

QUAD, PAIR = st.integers(0, 2**64 - 1), st.integers(0, 2**16 - 1)
HASHES = st.lists(st.integers(0, 2**32 - 1), max_size=255).map(lambda n: np.array(n, np.uint32))
TEXT = st.text(st.characters(codec="utf-8"))
ROWS = st.builds(
    Row,
    uid=QUAD,
    text=QUAD,
    received_ms=QUAD,
    public_ms=QUAD,
    version=QUAD,
    title=st.integers(0, 2**32 - 1),
    words=PAIR,
    pairs=PAIR,
    wire=TEXT,
    uri=TEXT,
    verdict=st.binary(),
    numbers=HASHES.map(lambda hashes: hashes.tobytes()),
    names=HASHES.map(lambda hashes: hashes.tobytes()),
    bits=st.binary(),
)


@given(ROWS)
def test_any_row_unpacks_to_itself(row: Row) -> None:
    assert Row.unpack(row.pack()) == row
    assert received_ms(row.pack()) == row.received_ms


@given(st.lists(st.tuples(ROWS, HASHES), max_size=4))
def test_a_record_of_rows_unpacks_to_itself(rows: list[tuple[Row, Hashes]]) -> None:
    packed = [(row.pack(), keys) for row, keys in rows]
    for (raw, keys), (told, had) in zip(packed, unpack_rows(pack_rows(packed)), strict=True):
        assert (raw, keys.tolist()) == (told, had.tolist())


@given(st.binary() | st.binary().map(lambda raw: bytes([VERSION]) + raw))
def test_bytes_that_are_no_rows_are_unreadable(raw: bytes) -> None:
    index = an_index()
    try:
        index.load(1, raw)
    except UnreadableRows:
        assert len(index) == 0


@pytest.mark.parametrize("raw", [b"", b"\0", bytes([VERSION + 1]), bytes([VERSION, 0, 0, 0, 0, 0])])
def test_a_record_of_another_version_or_without_a_row_is_unreadable(raw: bytes) -> None:
    with pytest.raises(UnreadableRows):
        an_index().load(1, raw)


@given(st.data())
def test_a_damaged_record_is_unreadable_or_takes_part(data: st.DataObject) -> None:
    index = an_index()
    for number in range(3):
        index.judge(an_item(f"urn:{number}", f"text {number} of a few words"))
    _, record = index.save() or (0, b"")
    place = data.draw(st.integers(0, len(record) - 1))
    damaged = record[:place] + data.draw(st.binary(max_size=2)) + record[place + 1 :]
    other = an_index()
    try:
        other.load(1, damaged)
    except UnreadableRows:
        assert len(other) == 0
