"""Which streams want an article, how much, and why."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched import Entity, Mention, StreamMatch
from schemas.stream import StreamDefinition
from streams.steps.route import compile_streams, route

US, RU = {"country": "US"}, {"country": "RU"}


def stream(name: str = "wanted", minimum: float = 0.3, **match: list[Any]) -> StreamDefinition:
    examples = [
        {"matches": yes, "language": "en", "body": "Not run here."} for yes in (True, False)
    ]
    return StreamDefinition.model_validate(
        {
            "name": name,
            "title": name,
            "description": name,
            "match": match,
            "minimum": minimum,
            "examples": examples,
        }
    )


def named(
    name: str, country: str, salience: float, *places: tuple[str, int], entity_id: str | None = None
) -> Entity:
    """An entity that stands for a country, said at each (headline or body, offset)."""
    mentions = tuple(
        Mention("headline" if field == "headline" else "body", start, start + len(name), name)
        for field, start in places
    )
    return Entity(entity_id, name, "place", (country,), salience, mentions)


def scores(
    definition: StreamDefinition,
    *entities: Entity,
    headline: str | None = None,
    body: str = "Text.",
    language: str = "en",
) -> float:
    """The score of the only stream; 0 when it does not want the text."""
    matches = route(headline, body, entities, language, compile_streams([definition]))
    return matches[0].score if matches else 0.0


WASHINGTON = named("Washington", "US", 0.5, ("headline", 0), ("body", 0), ("body", 400))
MOSCOW = named("Moscow", "RU", 0.3, ("headline", 20), ("body", 30))
LATE_MOSCOW = named("Moscow", "RU", 0.1, ("body", 900))


def test_all_wants_each_of_its_conditions() -> None:
    both = stream(all=[US, RU])
    assert scores(both, WASHINGTON, MOSCOW) == 1.0
    assert scores(both, WASHINGTON) == 0.0
    assert scores(both) == 0.0


def test_any_wants_one_of_its_conditions() -> None:
    either = stream(any=[US, RU])
    assert scores(either, MOSCOW) > 0.8
    assert scores(either, named("Paris", "FR", 1.0, ("headline", 0))) == 0.0


def test_one_mention_in_the_last_line_does_not_route() -> None:
    assert scores(stream(all=[US, RU]), WASHINGTON, LATE_MOSCOW) == 0.0


def test_one_mention_in_the_last_line_is_weak_even_in_a_text_with_two_names() -> None:
    half_of_attention = named("Moscow", "RU", 0.5, ("body", 900))
    assert scores(stream(all=[US, RU]), WASHINGTON, half_of_attention) == 0.0


def test_many_mentions_count_little_in_a_long_text_about_something_else() -> None:
    places = [("body", offset) for offset in range(1000, 9000, 1000)]
    assert scores(stream(all=[US, RU]), WASHINGTON, named("Moscow", "RU", 0.05, *places)) == 0.0


def test_a_lower_minimum_takes_passing_mentions() -> None:
    assert 0 < scores(stream(all=[US, RU], minimum=0.1), WASHINGTON, LATE_MOSCOW) <= 0.25


def test_the_score_is_that_of_the_weakest_condition() -> None:
    third = named("Moscow", "RU", 0.15, ("body", 10), ("body", 200))
    assert scores(stream(all=[US, RU]), WASHINGTON, third) == 0.5


def test_a_place_in_the_headline_raises_the_score() -> None:
    below = named("Moscow", "RU", 0.12, ("body", 10), ("body", 200))
    above = named("Moscow", "RU", 0.12, ("headline", 0), ("body", 200))
    definition = stream(all=[RU])
    assert scores(definition, above) > scores(definition, below) + 0.2


def test_entities_of_one_country_add_up() -> None:
    kremlin = named("Kremlin", "RU", 0.08, ("body", 10))
    putin = named("Putin", "RU", 0.08, ("body", 90))
    definition = stream(all=[RU])
    assert scores(definition, kremlin) == 0.0
    assert scores(definition, kremlin, putin) > 0.5


def test_an_entity_is_found_by_its_id() -> None:
    putin = named("Vladimir Putin", "RU", 0.4, ("body", 0), ("body", 50), entity_id="Q7747")
    assert scores(stream(any=[{"entity": "Q7747"}]), putin) == 1.0
    assert scores(stream(any=[{"entity": "Q22686"}]), putin) == 0.0


def test_an_entity_without_an_id_still_stands_for_its_country() -> None:
    assert scores(stream(any=[RU]), named("Moscow", "RU", 0.3, ("headline", 0))) > 0


def test_none_stops_a_stream() -> None:
    definition = stream(all=[US, RU], none=[{"phrase": {"en": "hockey"}}])
    assert scores(definition, WASHINGTON, MOSCOW, headline="US beat Russia at hockey") == 0.0
    assert scores(definition, WASHINGTON, MOSCOW, headline="US and Russia talk") == 1.0


def test_a_passing_word_does_not_stop_a_stream() -> None:
    definition = stream(all=[US, RU], none=[{"phrase": {"en": "chess"}}])
    body = "The envoys met. " * 40 + "He called it a game of chess."
    assert scores(definition, WASHINGTON, MOSCOW, body=body) == 1.0


def test_groups_nest() -> None:
    definition = stream(
        all=[US, {"any": [{"country": "CN"}, {"all": [RU], "none": [{"country": "UA"}]}]}]
    )
    kyiv = named("Kyiv", "UA", 0.4, ("headline", 0))
    assert scores(definition, WASHINGTON, MOSCOW) > 0.8
    assert scores(definition, WASHINGTON, MOSCOW, kyiv) == 0.0
    assert scores(definition, WASHINGTON, kyiv, named("Beijing", "CN", 0.3, ("headline", 0))) > 0


def test_weak_alternatives_add_up() -> None:
    words: list[Any] = [{"phrase": {"en": word}} for word in ("ambassador", "consulate", "visa")]
    text = "x" * 400 + " The ambassador said the consulate would grant the visa."
    assert scores(stream(any=words[:1]), body=text) == 0.0
    assert scores(stream(any=words), body=text) == pytest.approx(1 - 0.75**3, abs=0.001)


def test_the_reasons_are_in_the_texts_own_words() -> None:
    streams = compile_streams([stream(all=[US, RU, {"phrase": {"en": "new start"}}])])
    twice = named("Russia", "RU", 0.2, ("body", 20), ("body", 60))
    (match,) = route("New START lapses", "New  START", (WASHINGTON, MOSCOW, twice), "en", streams)
    assert match.why == (
        'country US: "Washington" ×3 (headline)',
        'country RU: "Moscow" ×2 (headline), "Russia" ×2',
        'phrase: "New START" ×2 (headline)',
    )


def test_there_are_at_most_five_reasons_and_the_strongest_come_first() -> None:
    words: list[Any] = [
        {"phrase": {"en": word}} for word in ("one", "two", "three", "four", "five")
    ]
    streams = compile_streams([stream(any=[RU, *words])])
    (match,) = route(None, "One two three four five five", (MOSCOW,), "en", streams)
    assert match.why[0].startswith("country RU")
    assert match.why[1] == 'phrase: "five" ×2'
    assert len(match.why) == 5


def test_a_reason_names_the_entity_it_is_about() -> None:
    putin = named("Putin", "RU", 0.4, ("headline", 0), entity_id="Q7747")
    (match,) = route(
        None, "x", (putin,), "en", compile_streams([stream(any=[{"entity": "Q7747"}])])
    )
    assert match.why == ('entity Q7747 Putin: "Putin" (headline)',)


def test_streams_come_sorted_by_name() -> None:
    streams = compile_streams([stream(name, any=[US]) for name in ("zeta", "alpha", "mid")])
    matches = route(None, "x", (WASHINGTON,), "en", streams)
    assert [match.name for match in matches] == ["alpha", "mid", "zeta"]


def test_without_streams_nothing_is_wanted() -> None:
    assert route("Headline", "Body", (WASHINGTON,), "en", compile_streams([])) == ()


CONDITIONS = st.recursive(
    st.sampled_from([US, RU, {"entity": "Q7747"}])
    | st.text("ab ", min_size=2, max_size=4)
    .map(str.strip)
    .filter(lambda text: len(text) > 1 and "  " not in text)
    .map(lambda text: {"phrase": {"en": text}}),
    lambda inner: st.builds(
        lambda wanted, key, none: {key: wanted, "none": none},
        st.lists(inner, min_size=1, max_size=3),
        st.sampled_from(["all", "any"]),
        st.lists(inner, max_size=1),
    ),
    max_leaves=6,
)
ENTITIES = st.lists(
    st.builds(
        named,
        st.sampled_from(["a", "b"]),
        st.sampled_from(["US", "RU", "FR"]),
        st.floats(0, 0.4),
        st.tuples(st.sampled_from(["headline", "body"]), st.integers(0, 600)),
        entity_id=st.sampled_from([None, "Q7747"]),
    ),
    max_size=4,
)


def plainly(condition: Any, body: str, entities: list[Entity], minimum: float) -> float:
    """The score as the documents tell it, without index or shortcuts; phrases ask `route`."""
    if "country" in condition or "entity" in condition or "phrase" in condition:
        return scores(stream(any=[condition], minimum=1e-9), *entities, body=body)
    inner = {
        key: [plainly(each, body, entities, minimum) for each in condition.get(key, [])]
        for key in ("all", "any", "none")
    }
    if any(score >= minimum for score in inner["none"]):
        return 0.0
    missing = 1.0
    for score in inner["any"]:
        missing *= 1 - score
    return min([*inner["all"], *([1 - missing] if inner["any"] else [])])


@given(st.lists(CONDITIONS, min_size=1, max_size=3), ENTITIES, st.text("ab ", max_size=12))
def test_the_index_finds_what_reading_every_stream_would(
    conditions: list[Any], entities: list[Entity], body: str
) -> None:
    definitions = [stream(f"s{n}", all=[each]) for n, each in enumerate(conditions)]
    matches = route(None, body, tuple(entities), "en", compile_streams(definitions))
    found = {match.name: match.score for match in matches}
    for n, each in enumerate(conditions):
        expected = plainly(each, body, entities, 0.3)
        if abs(expected - 0.3) > 0.002:  # rounding decides at the very edge
            assert found.get(f"s{n}", 0.0) == pytest.approx(
                expected if expected > 0.3 else 0.0, abs=0.002
            )


@given(st.none() | st.text(), st.text(), ENTITIES, st.sampled_from(["en", "und", "xx-YY", ""]))
def test_no_text_raises_and_the_answer_is_always_the_same(
    headline: str | None, body: str, entities: list[Entity], language: str
) -> None:
    streams = compile_streams([stream(any=[US, RU, {"phrase": {"en": ["ab*", "of", "من"]}}])])
    once = route(headline, body, tuple(entities), language, streams)
    assert once == route(headline, body, tuple(entities), language, streams)
    for match in once:
        assert isinstance(match, StreamMatch)
        assert 0.3 <= match.score <= 1
        assert match.why
