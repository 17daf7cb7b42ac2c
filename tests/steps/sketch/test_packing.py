"""Any text has a sketch, and a sketch comes out of a record as it went in."""

from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streams.sketches import VERSION, Sketch, UnreadableSketch
from streams.steps.sketch import sketch
from streams.steps.sketch.words import LIMIT

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NEWS = ("Ferry sinks", "A ferry with 120 people sank near the island on Tuesday night.")


def same(one: Sketch, other: Sketch) -> bool:
    return all(map(np.array_equal, astuple(one), astuple(other)))


@given(st.none() | ANY_TEXT, ANY_TEXT)
@example(None, "")
@example("\ud800", "\udfff\ud83d 12\udc00")
@example(None, "5\ufe70 people")
def test_any_text_has_a_sketch_that_unpacks_to_itself(headline: str | None, body: str) -> None:
    made = sketch(headline, body)
    assert same(Sketch.unpack(made.pack()), made)


@pytest.mark.parametrize(
    "body", ["1" * 50_000, "١٢ " * 20_000, "数1" * 9_000, "🎉1 " * 9_000], ids="1١数🎉"
)
def test_the_longest_text_packs_too(body: str) -> None:
    made = sketch("h" * 10_000, body)
    assert same(Sketch.unpack(made.pack()), made)


@pytest.mark.parametrize(
    ("headline", "filler"),
    [
        (None, "word " * (LIMIT // 5 + 10)),
        ("A headline of some length", "word " * (LIMIT // 5 - 2)),
        ("A headline of some length", "word " * (LIMIT // 5 - 4)),
        (None, "🎉" * (LIMIT - 100)),
        ("h " * 5_000, "word " * 1_500),
    ],
    ids=["long", "a headline and the end", "no rest", "pairs of units", "long headline"],
)
def test_texts_that_differ_anywhere_are_not_exact_copies(headline: str | None, filler: str) -> None:
    one, other = sketch(headline, f"{filler} three died"), sketch(headline, f"{filler} thirty died")
    assert one.text != other.text


@given(st.binary() | st.binary().map(lambda raw: bytes([VERSION]) + raw))
def test_bytes_that_are_no_sketch_are_unreadable(raw: bytes) -> None:
    with pytest.raises(UnreadableSketch):
        Sketch.unpack(b64encode(raw).decode())


@given(ANY_TEXT)
def test_text_that_is_no_sketch_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableSketch):
        Sketch.unpack(text)


@given(st.data())
def test_a_damaged_sketch_is_unreadable_or_another_sketch(data: st.DataObject) -> None:
    packed = sketch(*NEWS).pack()
    place = data.draw(st.integers(0, len(packed) - 1))
    damaged = packed[:place] + data.draw(st.sampled_from("Az09+/=é")) + packed[place + 1 :]
    with suppress(UnreadableSketch):
        assert isinstance(Sketch.unpack(damaged), Sketch)


def test_numbers_that_are_no_text_are_unreadable() -> None:
    made = sketch(*NEWS)
    raw = b64decode(made.pack())
    last = len(raw) - len(made.bits) - 1
    with pytest.raises(UnreadableSketch):
        Sketch.unpack(b64encode(raw[:last] + b"\xff" + raw[last + 1 :]).decode())


@pytest.mark.parametrize("cut", [0, 1, 4, 20, -4, -1])
def test_a_sketch_cut_short_is_unreadable(cut: int) -> None:
    with pytest.raises(UnreadableSketch):
        Sketch.unpack(sketch(*NEWS).pack()[:cut])


def test_a_sketch_of_another_version_is_unreadable() -> None:
    packed = sketch(*NEWS).pack()
    with pytest.raises(UnreadableSketch, match="version"):
        Sketch.unpack(b64encode(bytes([VERSION + 1])).decode()[:2] + packed[2:])
