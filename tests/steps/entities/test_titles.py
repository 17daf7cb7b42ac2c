"""Titles: each language's own examples, and what a title decides."""

from collections.abc import Callable

import pytest

from schemas.enriched import Entity
from streams.seeds import titles_seeds
from streams.settings import ROOT
from streams.steps.entities import Gazetteer, find_entities
from streams.steps.entities.titles import NamesExample

EXAMPLES = [
    (code, example)
    for code, seed in titles_seeds(ROOT / "seeds").items()
    for example in seed.examples
]
Find = Callable[[str, str], tuple[Entity, ...]]


@pytest.fixture
def find(gazetteer: Gazetteer) -> Find:
    return lambda text, language: find_entities(None, text, language, gazetteer)


@pytest.mark.parametrize(
    ("code", "example"), EXAMPLES, ids=[f"{code}: {example.text}" for code, example in EXAMPLES]
)
def test_a_title_announces_the_persons_of_its_example(
    find: Find, code: str, example: NamesExample
) -> None:
    """Some of them have been listed since the example was written: they are found as such."""
    people = [e for e in find(example.text, code) if e.kind == "person"]
    surfaces = {m.surface for e in people for m in e.mentions}
    for name in example.names:
        assert any(name in surface or surface in name for surface in surfaces), name
    assert {e.name for e in people if e.guess} <= set(example.names)


def test_a_guess_has_no_id_and_says_that_it_is_one(find: Find) -> None:
    (guess,) = [e for e in find("Deputy Minister Ivan Petrov-Smith spoke.", "en") if e.guess]
    assert (guess.id, guess.name, guess.kind) == (None, "Ivan Petrov-Smith", "person")


def test_a_guess_is_met_again_by_surname_or_in_full(find: Find) -> None:
    text = "Governor Jane Quimby came. Quimby left. Jane Quimby's car, not quimby."
    (guess,) = [e for e in find(text, "en") if e.guess]
    assert [m.surface for m in guess.mentions] == ["Jane Quimby", "Quimby", "Jane Quimby"]


def test_a_title_is_enough_for_a_surname_that_needs_support(find: Find) -> None:
    assert "Q58217" in {e.id for e in find("Foreign Minister Lavrov spoke.", "en")}
    assert find("Lavrov spoke.", "en") == ()


def test_a_country_between_title_and_name_is_no_part_of_the_name(find: Find) -> None:
    entities = find("президент Узбекистана Улугбек Рустамов прибыл", "ru")
    assert {e.id for e in entities if e.kind == "place"} == {"Q265"}
    assert [e.name for e in entities if e.guess] == ["Улугбек Рустамов"]


def test_without_a_title_nobody_is_guessed(find: Find) -> None:
    assert [e for e in find("Jane Quimby met Ivan Petrov-Smith.", "en") if e.guess] == []


def test_a_city_inside_a_guessed_name_is_a_part_of_the_name(find: Find) -> None:
    entities = find("Senator Jack Houston spoke in Texas.", "en")
    assert [e.name for e in entities if e.guess] == ["Jack Houston"]
    assert "Q16555" not in {e.id for e in entities}


def test_a_title_that_is_also_a_surname_announces_when_it_is_written_small(find: Find) -> None:
    """John Major, and an officer."""
    (guess,) = [e for e in find("The army major Jane Quimby spoke.", "en") if e.guess]
    assert guess.name == "Jane Quimby"
