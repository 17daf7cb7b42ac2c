from pathlib import Path
from statistics import mode

import pytest

from streams.steps.entities import FormsSeed
from streams.steps.entities.forms import forms_of
from streams.steps.entities.grammar import FormExample
from streams.yaml_files import load

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
LANGUAGES = {
    path.parent.name: load(path, FormsSeed) for path in sorted(SEEDS.glob("languages/*/forms.yaml"))
}
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


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_rule_of_a_paradigm_lacks_a_case(code: str) -> None:
    for paradigm, rules in LANGUAGES[code].paradigms.items():
        lengths = [len(rule.forms) for rule in rules]
        if paradigm != "demonym" and lengths:
            assert min(lengths) == mode(lengths), paradigm


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
