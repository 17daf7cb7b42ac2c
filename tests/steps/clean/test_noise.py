"""Every example in every noise file, and what such a file may not say."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from streams.errors import BadSeed
from streams.steps.clean import NoiseRules, NoiseSeed, compile_noise
from streams.steps.clean.fold import fold
from streams.steps.clean.noise import rule_of
from streams.steps.clean.noise_seed import NoiseExample, NoiseRule
from streams.yaml_files import load
from tests.steps.clean.conftest import NOISE_FILES

EXAMPLES = [
    pytest.param(example, id=f"{path.parent.name}:{number}")
    for path in NOISE_FILES
    for number, example in enumerate(load(path, NoiseSeed).examples)
]


def named(line: str, noise: NoiseRules) -> str | None:
    rule = rule_of(line, fold(line), noise)
    return rule.rule if rule else None


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_is_named_as_its_file_says(example: NoiseExample, noise: NoiseRules) -> None:
    assert named(example.line, noise) == example.rule


@pytest.mark.parametrize("path", NOISE_FILES, ids=lambda path: path.parent.name)
def test_a_file_shows_lines_that_go_and_lines_that_stay(path: Path) -> None:
    rules = [example.rule for example in load(path, NoiseSeed).examples]
    assert len(rules) - rules.count(None) >= 3
    assert rules.count(None) >= 2


@pytest.mark.parametrize("path", NOISE_FILES, ids=lambda path: path.parent.name)
def test_no_line_has_two_names_in_one_file(path: Path) -> None:
    seed = load(path, NoiseSeed)
    for kind in ("exact", "prefix", "contains"):
        owners: dict[str, str] = {}
        for rule in seed.rules:
            for line in getattr(rule, kind):
                assert owners.setdefault(fold(line), rule.rule) == rule.rule


@pytest.mark.parametrize("line", ["READ MORE", "Read more »", "  read   more… ", "→ Read more"])
def test_case_spaces_and_ornaments_make_no_difference(line: str, noise: NoiseRules) -> None:
    assert named(line, noise) == "read_on"


def test_a_pattern_ends_with_its_word() -> None:
    rules = compile_noise([NoiseSeed(rules=(NoiseRule(rule="share", prefix=("Share on",)),))])
    assert named("Share on Friendlist", rules) == "share"
    assert named("Share ongoing worries", rules) is None


def test_a_pattern_of_a_script_without_spaces_ends_anywhere() -> None:
    rules = compile_noise([NoiseSeed(rules=(NoiseRule(rule="share", prefix=("分享到",)),))])
    assert named("分享到朋友圈", rules) == "share"


def test_a_long_line_is_not_known_by_its_beginning() -> None:
    rules = compile_noise([NoiseSeed(rules=(NoiseRule(rule="share", prefix=("Share on",)),))])
    assert named("Share on " + "and on " * 20, rules) is None


def test_a_row_of_buttons_is_noise_and_a_row_with_news_is_not(noise: NoiseRules) -> None:
    assert named("Share | Print | Close", noise) == "share_bar"
    assert named("Share | Kazan summit opens | Close", noise) is None


def test_a_phrase_without_letters_is_refused() -> None:
    with pytest.raises(ValidationError, match="no letters to compare"):
        NoiseSeed(rules=(NoiseRule(rule="share", exact=("...",)),))


def test_a_wrong_file_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "noise.yaml"
    path.write_text("rules:\n  - rule: share\n    regex: '.*'\n", encoding="utf-8")
    with pytest.raises(BadSeed, match=r"noise\.yaml:3: .*regex"):
        load(path, NoiseSeed)
