"""How much of a text nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.steps.clean.hidden import hidden_share

SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", 0.0),
        ("plain", 0.0),
        ("привет", 0.0),
        ("a\u200bb\u202e", 0.5),
        ("a\u00ad", 0.5),
        ("\u034f\u3164", 1.0),
        ("a\U000e0041", 0.5),
        ("😀", 0.0),
        ("می\u200cروم", 1 / 6),
        ("\ud800\u200b", 0.5),
    ],
)
def test_the_share_counts_what_shows_nothing(text: str, share: float) -> None:
    assert hidden_share(text) == pytest.approx(share)


def test_every_format_character_that_is_not_seen_counts() -> None:
    hieroglyph_joiners = range(0x13430, 0x13460)
    for point in range(0x110000):
        if (
            unicodedata.category(chr(point)) == "Cf"
            and point not in SEEN
            and point not in hieroglyph_joiners
        ):
            assert hidden_share(chr(point)) == 1.0, hex(point)


@given(st.text())
def test_any_text_has_a_share_between_none_and_all(text: str) -> None:
    assert 0 <= hidden_share(text) <= 1
