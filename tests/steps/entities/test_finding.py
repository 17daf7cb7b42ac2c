import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.enriched import Entity
from streams.steps.entities import Gazetteer, find_entities

Find = Callable[..., tuple[Entity, ...]]
PIECES = [
    "Путин",
    "ترمب",
    "ولأوكرانيا",
    "United States",
    "US",
    "İ",
    "ّ",
    " ",
    ".",
    "-",
    "«",
    "北京",
    "ё",
]


@pytest.fixture(scope="session")
def find(gazetteer: Gazetteer) -> Find:
    def run(body: str, headline: str | None = None, language: str = "und") -> tuple[Entity, ...]:
        return find_entities(headline, body, language, gazetteer)

    return run


def surfaces(entities: tuple[Entity, ...]) -> list[str]:
    return [m.surface for e in entities for m in e.mentions]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_gives_surfaces_that_are_its_slices(gazetteer: Gazetteer, text: str) -> None:
    entities = find_entities(text, text, "ru", gazetteer)
    for entity in entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.surface != ""
    if entities:
        assert sum(e.salience for e in entities) == pytest.approx(1)
        assert list(entities) == sorted(entities, key=lambda e: (-e.salience, e.id or "", e.name))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "abc", "слово"])).map("".join))
def test_mentions_of_a_text_do_not_overlap(gazetteer: Gazetteer, text: str) -> None:
    spans = sorted(
        (m.start, m.end) for e in find_entities(None, text, "und", gazetteer) for m in e.mentions
    )
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


def test_the_surface_leaves_out_what_is_written_together(find: Find) -> None:
    assert surfaces(find("ولأوكرانيا")) == ["أوكرانيا"]
    assert surfaces(find("والكرملين")) == ["الكرملين"]


def test_a_diacritic_inside_a_name_does_not_hide_it(find: Find) -> None:
    assert surfaces(find("شنّت رُوسيا هجومًا")) == ["رُوسيا"]


def test_a_name_does_not_begin_or_end_inside_a_word(find: Find) -> None:
    assert find("Putinism, preRussia, Trumpet, Кремлёвочка") == ()


def test_a_shorter_name_is_found_when_the_longest_runs_into_a_word(find: Find) -> None:
    assert surfaces(find("United States of Americanology")) == ["United States"]


def test_names_ask_for_capitals_and_adjectives_of_russian_do_not(find: Find) -> None:
    assert find("трамп, путин, us, who") == ()
    assert [e.id for e in find("американский")] == ["Q30"]


def test_both_spellings_are_one_entity(find: Find) -> None:
    (trump,) = find("ترمب ثم ترامب ثم Trump ثم Трамп")
    assert (trump.id, len(trump.mentions)) == ("Q22686", 4)


def test_a_name_is_found_across_a_break_of_the_line_and_between_invisible_marks(find: Find) -> None:
    assert surfaces(find("\u200fبوتين\u200f في الولايات\nالمتحدة"))[0] in {
        "بوتين",
        "الولايات\nالمتحدة",
    }
    assert len(surfaces(find("\u200fبوتين\u200f في الولايات\nالمتحدة"))) == 2


def test_another_initial_before_a_surname_is_another_person(find: Find) -> None:
    assert [e.id for e in find("В.Путин и В. Путин")] == ["Q7747"]
    assert find("А.Путин") == ()


def test_the_headline_weighs_more_than_the_lead_and_the_lead_than_the_rest(find: Find) -> None:
    first, second = find("Trump", headline="Putin")
    assert (first.id, first.salience, second.salience) == ("Q7747", 0.6, 0.4)
    first, second = find("Trump" + " ." * 300 + " Putin")
    assert first.id == "Q22686"
    assert first.salience == pytest.approx(2 / 3)


def test_a_demonym_weighs_half_a_name(find: Find) -> None:
    by_id = {e.id: e.salience for e in find("Russian and Ukraine")}
    assert by_id["Q212"] == pytest.approx(2 * by_id["Q159"])


def test_the_language_decides_only_about_words_that_are_names_elsewhere(find: Find) -> None:
    assert find("Georgia", language="en") == ()
    assert find("Georgia", language="en-US") == ()
    assert [e.id for e in find("Georgia", language="it")] == ["Q230"]
    assert [e.id for e in find("Путин", language="en")] == ["Q7747"]
