from statistics import mode

import pytest

from streams.seeds import forms_seeds
from streams.settings import ROOT
from streams.steps.entities import FormsSeed
from streams.steps.entities.forms import forms_of
from streams.steps.entities.grammar import FormExample

LANGUAGES = forms_seeds(ROOT / "seeds")
EXAMPLES = [(code, example) for code, seed in LANGUAGES.items() for example in seed.examples]


def bare(form: str, seed: FormsSeed) -> str:
    for mark in seed.dropped:
        form = form.replace(mark, "")
    return form


@pytest.mark.parametrize(
    ("code", "example"), EXAMPLES, ids=[f"{code}: {example.name}" for code, example in EXAMPLES]
)
def test_a_name_has_the_forms_of_its_example(code: str, example: FormExample) -> None:
    seed = LANGUAGES[code]
    made = {form for form, _ in forms_of(example.name, example.paradigm, seed)}
    assert {bare(form, seed) for form in example.forms} <= made
    assert made.isdisjoint(example.never)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_seed_says_the_language_of_its_folder(code: str) -> None:
    assert LANGUAGES[code].language == code


@pytest.mark.parametrize("code", ["cs", "pl", "ru", "sl", "uk"])
def test_no_rule_of_a_paradigm_lacks_a_case(code: str) -> None:
    """A word that never changes has one form, and goes with every case of the others."""
    for paradigm, rules in LANGUAGES[code].paradigms.items():
        lengths = [len(rule.forms) for rule in rules if len(rule.forms) > 1]
        if paradigm != "demonym" and lengths:
            assert min(lengths) == mode(lengths), paradigm


def test_of_a_german_person_only_the_last_word_changes() -> None:
    made = {form for form, _ in forms_of("Wladimir Putin", "person_m", LANGUAGES["de"])}
    assert made == {"Wladimir Putin", "Wladimir Putins"}


def test_a_hebrew_person_bears_no_article() -> None:
    made = {form for form, _ in forms_of("היילי", "person_f", LANGUAGES["he"])}
    assert "להיילי" in made
    assert "ליילי" not in made


def test_what_is_written_together_is_counted() -> None:
    made = dict(forms_of("الكرملين", "name", LANGUAGES["ar"]))
    assert made["الكرملين"] == 0
    assert made["والكرملين"] == 1
    assert made["للكرملين"] == 2


def test_a_word_with_the_fixed_sign_keeps_its_form() -> None:
    made = {form for form, _ in forms_of("Совет =Федерации", "name", LANGUAGES["ru"])}
    assert "Совета Федерации" in made
    assert all(form.endswith(" Федерации") for form in made)


def test_the_longest_ending_decides() -> None:
    made = {form for form, _ in forms_of("Си =Цзиньпин", "person_m", LANGUAGES["ru"])}
    assert made == {"Си Цзиньпин"}
