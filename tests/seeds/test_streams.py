"""Every stream says what its examples say."""

from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from babel import Locale
from ruamel.yaml import YAML

from schemas.article import Article, BodyFormat
from schemas.stream import (
    Condition,
    CountryCondition,
    Example,
    Group,
    PhraseCondition,
    StreamDefinition,
)
from streams.enrichment import enrich
from streams.errors import BadSeed
from streams.examples import matches
from streams.lexicon import Lexicon
from streams.seeds import load_lexicon
from streams.steps.route.phrases import compile_phrases, find_phrases
from streams.yaml_files import load

FILES = sorted(Path("seeds/streams").glob("*.yaml"))
DEFINITIONS = [load(path, StreamDefinition) for path in FILES]
EXAMPLES = [
    pytest.param(definition, example, id=f"{definition.name}-{number}")
    for definition in DEFINITIONS
    for number, example in enumerate(definition.examples, start=1)
]


def conditions(group: Group) -> Iterator[Condition]:
    for each in (*group.all, *group.any, *group.none):
        yield each
        if isinstance(each, Group):
            yield from conditions(each)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(Path("seeds"))


@pytest.mark.parametrize(("definition", "example"), EXAMPLES)
def test_an_example_goes_where_it_says(
    definition: StreamDefinition, example: Example, lexicon: Lexicon
) -> None:
    assert matches(definition.name, example, lexicon) is example.matches, example.because


def test_the_seed_page_is_central_to_relations(lexicon: Lexicon) -> None:
    page = Article(
        uri="urn:newswire:demo:alaraby-page",
        wire="alaraby",
        body=Path("seeds/articles/seed-page.txt").read_text(encoding="utf-8"),
        body_format=BodyFormat.page,
    )
    found = {match.name: match for match in enrich(page, None, lexicon).streams}
    relations = found["us-russia-relations"]
    assert relations.score >= 0.8
    assert any(reason.startswith("country US") for reason in relations.why)
    assert set(found) <= {"us-russia-relations", "us-elections", "russia-ukraine-war"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_stream_has_the_name_of_its_file(path: Path) -> None:
    assert load(path, StreamDefinition).name == path.stem


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.name)
def test_a_stream_shows_itself_in_two_languages_and_from_both_sides(
    definition: StreamDefinition,
) -> None:
    assert len(definition.examples) >= 4
    for side in (True, False):
        languages = {each.language for each in definition.examples if each.matches is side}
        assert len(languages) >= 2


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.name)
def test_every_wording_is_found_in_itself(definition: StreamDefinition) -> None:
    for condition in conditions(definition.match):
        if isinstance(condition, PhraseCondition):
            for language, wordings in condition.phrase.items():
                for wording in wordings:
                    phrases = compile_phrases([(0, {language: (wording,)})])
                    text = f"… {wording.replace('*', 'a')} …"
                    assert find_phrases(None, text, language, phrases), wording


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.name)
def test_countries_and_languages_exist(definition: StreamDefinition) -> None:
    english = Locale("en")
    for condition in conditions(definition.match):
        if isinstance(condition, CountryCondition):
            assert condition.country in english.territories
        if isinstance(condition, PhraseCondition):
            assert set(condition.phrase) <= set(english.languages)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_editors_that_read_the_published_schema_accept_the_file(path: Path) -> None:
    document = YAML(typ="safe").load(path)
    jsonschema.validate(document, StreamDefinition.model_json_schema())


GOOD = """\
name: river-floods
title: Floods
description: Rivers over their banks.
match:
  any:
    - phrase: {en: flood*}
examples:
  - {matches: true, language: en, body: The flood came at night.}
  - {matches: false, language: en, body: No rain today.}
"""


def test_a_phrase_may_be_one_wording_or_several(tmp_path: Path) -> None:
    path = tmp_path / "river-floods.yaml"
    path.write_text(GOOD, encoding="utf-8")
    (condition,) = load(path, StreamDefinition).match.any
    assert condition == PhraseCondition(phrase={"en": ("flood*",)})


@pytest.mark.parametrize(
    ("good", "bad", "line", "problem"),
    [
        ("name: river-floods", "name: River floods", 1, "name"),
        ("- phrase: {en: flood*}", "- land: US", 6, "a condition is one of"),
        ("- phrase: {en: flood*}", "- {country: us}", 6, "pattern"),
        ("- phrase: {en: flood*}", "- {entity: 30}", 6, "string"),
        ("- phrase: {en: flood*}", "- phrase: {en: '*'}", 6, "2 characters"),
        ("- phrase: {en: flood*}", "- phrase: {en: fl*od}", 6, "pattern"),
        ("- phrase: {en: flood*}", "- phrase: {en: '…!'}", 6, "letter"),
        ("- phrase: {en: flood*}", "- {country: US, phrase: {en: flood}}", 6, "no such key"),
        ("  any:", "  none:", 4, "wanted"),
        ("matches: false", "matches: true", 7, "one that does not"),
        ("title: Floods", "titel: Floods", 1, "title"),
        ("title: Floods", "title: Floods\nminimum: 0", 3, "minimum"),
    ],
)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, good: str, bad: str, line: int, problem: str
) -> None:
    path = tmp_path / "river-floods.yaml"
    path.write_text(GOOD.replace(good, bad), encoding="utf-8")
    with pytest.raises(BadSeed, match=problem) as error:
        load(path, StreamDefinition)
    assert error.value.line == line
