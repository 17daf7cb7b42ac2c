"""Entities and numbers that two languages have in common."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched import Enriched
from streams.links.linker import READER
from streams.links.marks import TEXT_CHARACTERS, marks_of, numbers, text_of
from tests.links.records import enriched, entity


def record(**fields: Any) -> Enriched:
    read = READER.validate_json(enriched("a", **fields))
    assert isinstance(read, Enriched)
    return read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,500 houses", {"1500"}),
        ("1.500 Häuser", {"1500"}),
        ("1\u202f500 maisons", {"1500"}),
        ("١٬٥٠٠ بيت", {"1500"}),
        ("१५०० घर", {"1500"}),
        ("5 of 12, at 07:30", {"12", "30"}),
        ("12,345,678", {"12345678"}),
        ("about 3.25 %", {"25"}),
        ("0012", {"12"}),
        ("no number, or 7", set()),
        ("9" * 5000, set()),
        ("1" + ",000" * 5000, set()),
    ],
)
def test_a_number_is_the_same_in_every_script_and_grouping(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@given(st.text())
def test_any_text_has_numbers_of_two_ascii_digits_or_more(text: str) -> None:
    assert all(each.isascii() and each.isdecimal() and len(each) > 1 for each in numbers(text))


def test_the_marks_are_ids_and_numbers_of_headline_and_body() -> None:
    read = record(
        headline="Room 12", body=f"{'x ' * 400}77", entities=[entity("Q7747"), entity(None)]
    )
    assert marks_of(read) == {"Q7747", "12", "77"}


def test_the_compared_text_is_the_headline_and_the_beginning_of_the_body() -> None:
    assert text_of(record(headline="H", body="b" * 1000)) == "H\n" + "b" * TEXT_CHARACTERS
    assert text_of(record(headline=None, body="b")) == "\nb"
