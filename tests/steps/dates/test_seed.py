from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from streams.errors import BadSeed
from streams.steps.dates import DatesSeed
from streams.yaml_files import load
from tests.steps.dates.conftest import SEEDS


@pytest.mark.parametrize("language", sorted(SEEDS))
def test_a_language_has_at_least_25_examples_each_its_own(language: str) -> None:
    texts = Counter(example.text for example in SEEDS[language].examples)
    assert len(texts) >= 25


def test_a_form_with_an_unknown_role_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "dates.yaml"
    path.write_text("months: {1: [january]}\nforms:\n  month:\n    - moth year\n", encoding="utf-8")
    with pytest.raises(BadSeed, match=r"dates\.yaml:\d+: forms: .*'moth year': 'moth' is no role"):
        load(path, DatesSeed)


def test_a_form_of_which_nothing_must_be_there_is_refused() -> None:
    with pytest.raises(ValidationError, match="every element may be missing"):
        DatesSeed(forms={"month": ("month? year?",)})


@pytest.mark.parametrize("form", ["clock (weekday)", "clock weekday?", "weekday|clock"])
def test_a_form_that_may_lack_what_it_means_is_refused(form: str) -> None:
    with pytest.raises(ValidationError, match="one of these must be there: weekday"):
        DatesSeed(forms={"weekday": (form,)})


def test_a_list_of_words_may_not_take_the_name_of_a_role() -> None:
    with pytest.raises(ValidationError, match="'month' is taken"):
        DatesSeed(words={"month": ("moon",)})


def test_a_list_of_words_may_not_be_named_like_the_second_of_a_role() -> None:
    with pytest.raises(ValidationError, match="'mai68' ends with a digit"):
        DatesSeed(words={"mai68": ("mai 68",)})


def test_an_example_must_be_in_its_text() -> None:
    with pytest.raises(ValidationError, match="is not in the text"):
        DatesSeed.model_validate(
            {"examples": [{"text": "On Monday", "expect": [{"surface": "Friday", "value": None}]}]}
        )


def test_a_fold_is_one_letter_for_one() -> None:
    with pytest.raises(ValidationError, match="one character for one"):
        DatesSeed(fold={"ae": "a"})
