"""Which language a text is in: the examples of the seed, and what is no language at all."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from streams.errors import BadSeed
from streams.steps.language import LanguageRules, LanguagesSeed, compile_languages, identify
from streams.yaml_files import load

FILE = Path(__file__).parents[3] / "seeds" / "languages.yaml"
SEED = load(FILE, LanguagesSeed)


@pytest.fixture(scope="session")
def rules() -> LanguageRules:
    return compile_languages(SEED)


SENTENCES = {code: known.example for code, known in SEED.languages.items() if known.example}
TELLTALES = [
    pytest.param(telltale.code, example, id=f"{telltale.code}-{number}")
    for number, telltale in enumerate(SEED.telltales)
    for example in telltale.examples
]


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_enough(code: str, rules: LanguageRules) -> None:
    language = identify(SENTENCES[code], None, rules)
    assert language.code == code
    assert 0.5 < language.confidence < 1


@pytest.mark.parametrize("code", SENTENCES)
def test_what_is_declared_does_not_win_against_the_text(code: str, rules: LanguageRules) -> None:
    for wrong in ("en", "ar", "zu"):
        assert identify(SENTENCES[code], wrong, rules).code == code


@pytest.mark.parametrize(("code", "example"), TELLTALES)
def test_what_the_detector_has_not_got_is_told_by_its_letters_or_words(
    code: str, example: str, rules: LanguageRules
) -> None:
    assert identify(example, None, rules).code == code
    assert code not in rules.scores(example)


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "12 345 6.7", "😀🎉 👍", "?!…", "\x00", "\ud800", "\u200b" * 30),
        "https://example.org/the-minister-said-the-government-would-build",
        *("OK", "ок", "qqqqqqqqqqqqqqqq", "xq zrtk wvv plmq bzz kkrt"),
        "AAPL 3.4 MSFT 2.2 GOOG 1.1 TSLA -0.4 NVDA 9.9",
        "жзж рлмг жжб лт свлн спрз онк мггп шщрк",
        "mxyo ztlp qwop vbnm fghj cvbn tyui zxcv wert",
    ],
)
def test_what_is_no_language_is_undetermined(text: str, rules: LanguageRules) -> None:
    language = identify(text, None, rules)
    assert (language.code, language.confidence) == ("und", 0.0)


@pytest.mark.parametrize(
    ("text", "declared", "code"),
    [
        ("Predsjednik je rekao da vlada gradi školu u gradu.", "bs", "bs"),
        ("Predsjednik je rekao da vlada gradi školu u gradu.", "sr-Latn", "sr"),
        ("Presiden bertemu dengan menteri luar negeri di Jakarta.", "id", "id"),
        ("Regjeringen skal bygge en ny skole i byen.", "nb-NO", "nb"),
        ("O ministro disse que o governo vai construir a escola.", "pt-BR", "pt"),
        ("Казань", "ru", "ru"),
        ("Казань", "bg", "bg"),
        ("Kazan", "TUR", "tr"),
    ],
)
def test_what_is_declared_decides_what_the_text_does_not_tell(
    text: str, declared: str, code: str, rules: LanguageRules
) -> None:
    assert identify(text, declared, rules).code == code


@pytest.mark.parametrize("declared", ["en", "xx", "", "???", "zh-Hant-TW"])
def test_a_declared_language_of_another_script_is_no_help(
    declared: str, rules: LanguageRules
) -> None:
    assert identify("Казань", declared, rules).code == "und"


def test_scripts_that_are_written_together_count_as_one(rules: LanguageRules) -> None:
    assert identify(SENTENCES["ja"], None, rules).confidence > 0.9


def test_foreign_words_on_a_page_do_not_change_its_language(rules: LanguageRules) -> None:
    page = f"3 December 2024 / December\n{SENTENCES['ar']}\nClose"
    assert identify(page, None, rules).code == "ar"


@pytest.mark.parametrize("code", ["ar", "ru", "fr", "zh"])
def test_a_notice_in_english_is_not_the_language_of_what_follows(
    code: str, rules: LanguageRules
) -> None:
    notice = "All rights reserved. This material may not be published, broadcast or rewritten. " * 3
    article = "\n".join([SENTENCES[code]] * 40)
    assert identify(f"{notice}\n{article}", None, rules).code == code


def test_addresses_before_a_text_do_not_hide_it(rules: LanguageRules) -> None:
    links = "https://example.org/a-long-address-in-english-words " * 20
    assert identify(links + SENTENCES["ru"], None, rules).code == "ru"


def test_an_alphabet_that_nobody_knows_is_undetermined(rules: LanguageRules) -> None:
    abkhaz = "Аҧсны аҳәынҭқарра ахада иахьа аизара далахәын, усҟан еиҭа аусқәа рзы дҳәеит."
    assert identify(abkhaz, None, rules).code == "und"


def test_fifty_languages_show_a_sentence() -> None:
    assert len(SENTENCES) >= 50


def test_a_telltale_says_letters_or_words() -> None:
    with pytest.raises(ValidationError, match="either letters or words"):
        LanguagesSeed.model_validate(
            {
                "scripts": {"Latn": {"ranges": ["0041-024F"]}},
                "languages": {"id": {"name": "Indonesian", "scripts": ["Latn"]}},
                "telltales": [{"code": "id", "least": 0.1, "examples": ["x"]}],
            }
        )


def test_a_language_that_is_not_listed_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "languages.yaml"
    path.write_text(
        "scripts:\n  Latn: {ranges: [0041-024F]}\nlanguages: {}\naliases: {in: id}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadSeed, match="id is no language of this file"):
        load(path, LanguagesSeed)


@settings(max_examples=300, deadline=None)
@given(text=st.text(), declared=st.one_of(st.none(), st.text(max_size=12)))
def test_any_text_has_an_answer_and_the_same_one_twice(
    text: str, declared: str | None, rules: LanguageRules
) -> None:
    language = identify(text, declared, rules)
    assert language == identify(text, declared, rules)
    assert 0 <= language.confidence <= 1
    assert (language.code == "und") == (language.confidence == 0)
