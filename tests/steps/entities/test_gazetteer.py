import pytest
from pydantic import ValidationError

from streams.steps.entities import (
    EntityRow,
    FormsSeed,
    compile_gazetteer,
    find_entities,
    unpack,
)

LATIN = FormsSeed(language="en", script="Latn", capitalised=("names",), examples=())


def row(qid: str, **more: object) -> EntityRow:
    base = {"id": qid, "name": qid, "kind": "place", "source": "test", "checked": []}
    if more.get("kind") == "person":
        base |= {"gender": "m"}
    return EntityRow.model_validate(base | more)


def found(text: str, *rows: EntityRow) -> list[str | None]:
    gazetteer = compile_gazetteer(rows, {"en": LATIN})
    return [entity.id for entity in find_entities(None, text, "en", gazetteer)]


def test_a_country_wins_over_a_curated_row_and_a_capital() -> None:
    names = {"en": ["Luxembourg"]}
    capital = row("Q3", tier="capital", names=names)
    curated = row("Q2", names=names)
    country = row("Q1", tier="country", names=names)
    assert found("Luxembourg", capital, curated, country) == ["Q1"]
    assert found("Luxembourg", capital, curated) == ["Q2"]


def test_the_earlier_row_wins_within_a_tier() -> None:
    names = {"en": ["Springfield"]}
    assert found("Springfield", row("Q1", names=names), row("Q2", names=names)) == ["Q1"]


def test_a_sure_name_wins_over_a_short_one_that_needs_more() -> None:
    person = row(
        "Q1", kind="person", names={"en": ["Al Paris"]}, short={"en": ["Paris"]}, needs="full_name"
    )
    city = row("Q2", tier="capital", names={"en": ["Paris"]})
    assert found("Al Paris", person, city) == ["Q1"]
    assert found("Paris", person, city) == ["Q2"]


def test_who_is_named_in_full_owns_a_surname_that_two_share() -> None:
    one = row(
        "Q1", kind="person", names={"en": ["Al Moe"]}, short={"en": ["Moe"]}, needs="full_name"
    )
    two = row(
        "Q2", kind="person", names={"en": ["Bo Moe"]}, short={"en": ["Moe"]}, needs="full_name"
    )
    assert found("Moe came.", one, two) == []
    assert found("Bo Moe came. Moe left.", one, two) == ["Q2"]


def test_a_short_name_counts_beside_its_country() -> None:
    country = row("Q1", tier="country", countries=["RU"], names={"en": ["Russia"]})
    person = row("Q2", kind="person", countries=["RU"], short={"en": ["Peskov"]}, needs="country")
    assert found("Peskov spoke.", country, person) == []
    assert found("Peskov spoke of Russia.", country, person) == ["Q1", "Q2"]


def test_a_phrase_that_means_something_else_hides_the_name() -> None:
    state = row("Q1", names={"en": ["Mexico"]}, never={"en": ["New Mexico"]})
    assert found("New Mexico", state) == []
    assert found("Mexico", state) == ["Q1"]


def test_a_name_in_a_language_without_a_seed_keeps_its_form() -> None:
    assert found("In Wien.", row("Q1", names={"de": ["=Wien"]})) == ["Q1"]


def test_a_row_without_names_is_refused() -> None:
    with pytest.raises(ValidationError, match="has no names"):
        row("Q1")


def test_a_short_name_that_could_never_count_is_refused() -> None:
    with pytest.raises(ValidationError, match="nothing could ever match"):
        row("Q1", short={"en": ["Moe"]}, needs="full_name")


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert found("Putin \0 Trump") == []


def test_the_same_rows_give_the_same_bytes_and_those_the_same_gazetteer(
    rows: list[EntityRow], forms: dict[str, FormsSeed]
) -> None:
    few = [row for row in rows if row.tier == "capital"]
    once = compile_gazetteer(few, forms).pack()
    again = compile_gazetteer(few, dict(reversed(forms.items()))).pack()
    assert once == again == unpack(once).pack()


def test_a_team_does_not_take_its_citys_name() -> None:
    city = row("Q1", tier="city", countries=["US"], names={"en": ["Chicago"]})
    team = row(
        "Q2",
        kind="organisation",
        countries=["US"],
        names={"en": ["Chicago Bulls"]},
        short={"en": ["Chicago"]},
    )
    state = row("Q3", tier="country", countries=["US"], names={"en": ["America"]})
    assert found("America, Chicago", team, city, state) == ["Q1", "Q3"]


def test_a_relative_named_in_full_owns_the_surname_behind_the_initial() -> None:
    father = row(
        "Q1", kind="person", names={"en": ["Al Moe"]}, short={"en": ["Moe"]}, needs="nothing"
    )
    son = row("Q2", kind="person", names={"en": ["Bo Moe"]}, short={"en": ["Moe"]})
    assert found("Moe and B. Moe", father, son) == ["Q1"]
    assert found("Bo Moe. Moe and B. Moe", father, son) == ["Q2", "Q1"]


def test_a_state_inside_an_organisations_name_is_named_too() -> None:
    state = row("Q1", tier="country", countries=["RU"], names={"en": ["Russia"]})
    bank = row("Q2", kind="organisation", names={"en": ["Bank of Russia"]})
    person = row("Q3", kind="person", names={"en": ["Russia Jones"]}, surname="none")
    assert found("Bank of Russia", state, bank) == ["Q1", "Q2"]
    assert found("Russia Jones", state, person) == ["Q3"]


def test_a_language_comes_first_in_what_it_calls_so_itself() -> None:
    slovene = FormsSeed(language="sl", script="Latn", capitalised=("names",), examples=())
    czech = FormsSeed(language="cs", script="Latn", capitalised=("names",), examples=())
    slovakia = row("Q1", tier="country", names={"cs": ["Slovensko"]})
    slovenia = row("Q2", tier="country", names={"sl": ["Slovensko"]})
    gazetteer = compile_gazetteer([slovakia, slovenia], {"cs": czech, "sl": slovene})
    for language, qid in (("cs", "Q1"), ("sl", "Q2"), ("de", "Q1")):
        (entity,) = find_entities(None, "Slovensko", language, gazetteer)
        assert entity.id == qid
        assert find_entities(None, "slovensko", language, gazetteer) == ()


def test_a_common_word_of_one_language_needs_the_country_there() -> None:
    finland = row("Q1", tier="country", countries=["FI"], names={"en": ["Finland"], "tr": ["Fin"]})
    gazetteer = compile_gazetteer([finland], {"en": LATIN}, words={"fr": ["fin"]})
    assert find_entities(None, "Fin de saison", "fr", gazetteer) == ()
    assert len(find_entities(None, "Fin, Finland", "fr", gazetteer)[0].mentions) == 2
    assert len(find_entities(None, "Fin", "tr", gazetteer)) == 1


def test_what_spells_alike_everywhere_is_declined_by_every_latin_language() -> None:
    genitive = {"person_m": [{"ends": ["p"], "forms": ["_", "_a"]}]}
    polish = FormsSeed.model_validate(
        {"language": "pl", "script": "Latn", "capitalised": ["names"], "examples": []}
        | {"paradigms": genitive}
    )
    trump = row("Q1", kind="person", names={"mul": ["Donald Trump"]}, needs="nothing")
    gazetteer = compile_gazetteer([trump], {"pl": polish})
    (entity,) = find_entities(None, "Trumpa i Donald Trump", "pl", gazetteer)
    assert len(entity.mentions) == 2


def test_an_arabic_surname_alone_tells_too_little() -> None:
    arabic = FormsSeed(language="ar", script="Arab", examples=())
    state = row("Q1", tier="country", countries=["US"], names={"ar": ["أميركا"]})
    person = row("Q2", kind="person", countries=["US"], names={"ar": ["إيلون ماسك"]})
    gazetteer = compile_gazetteer([state, person], {"ar": arabic})

    def ids(text: str) -> set[str | None]:
        return {e.id for e in find_entities(None, text, "ar", gazetteer)}

    assert ids("ماسك في أميركا") == {"Q1"}
    assert ids("إيلون ماسك ثم ماسك في أميركا") == {"Q1", "Q2"}


def test_a_smaller_city_is_at_home_in_the_language_of_its_country() -> None:
    german = FormsSeed(language="de", script="Latn", home=("DE",), examples=())
    city = row("Q1", tier="city", countries=["DE"], short={"mul": ["Aachen"]}, needs="home")
    state = row("Q2", tier="country", countries=["DE"], names={"en": ["Germany"]})
    gazetteer = compile_gazetteer([city, state], {"de": german, "en": LATIN})
    assert len(find_entities(None, "Aachen", "de", gazetteer)) == 1
    assert find_entities(None, "Aachen", "en", gazetteer) == ()
    assert len(find_entities(None, "Aachen, Germany", "en", gazetteer)) == 2
