"""Every example in `lifecycle.yaml`, and what such a file may not say."""

from pathlib import Path

import pytest

from schemas.article import Article
from streams.errors import BadSeed
from streams.lexicon import Lexicon
from streams.settings import ROOT
from streams.steps.lifecycle import LifecycleSeed, read_lifecycle
from streams.steps.lifecycle.rules import GRAVE
from streams.steps.lifecycle.seed import ActiveExample, Example
from streams.yaml_files import load

SEED = load(ROOT / "seeds" / "lifecycle.yaml", LifecycleSeed)
EXAMPLES = [
    pytest.param(example, id=f"{code}-{example.text[:40]}")
    for code, words in SEED.languages.items()
    for example in words.examples
]
COUNTER_EXAMPLES = [
    pytest.param(example, id=f"{code}-{example.text[:40]}")
    for code, words in SEED.languages.items()
    for example in words.counter_examples
]


def shown(example: Example) -> Article:
    fields = {"body": "The ferry sank at noon.", example.field: example.text}
    return Article.model_validate({"uri": "a", "wire": "w", **fields})


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_says_what_its_file_says(example: ActiveExample, lexicon: Lexicon) -> None:
    read = read_lifecycle(shown(example), lexicon.lifecycle)
    assert (read.action, read.basis) == (example.action, "slug_text")
    assert read.evidence is not None
    assert read.evidence.startswith(f"{example.field}: ")


@pytest.mark.parametrize("example", COUNTER_EXAMPLES)
def test_a_counter_example_says_nothing(example: Example, lexicon: Lexicon) -> None:
    assert read_lifecycle(shown(example), lexicon.lifecycle).action is None


@pytest.mark.parametrize("code", SEED.languages)
def test_a_language_that_can_take_a_story_away_shows_how(code: str) -> None:
    words = SEED.languages[code]
    shown_actions = {example.action for example in words.examples}
    assert words.phrases.keys() & GRAVE <= shown_actions | {"hold"}
    assert len(words.counter_examples) >= 2


GOOD = """\
signals: {kill: [kill]}
languages:
  en:
    phrases:
      kill: [KILL KILL KILL …]
      correction:
        - corrected
    examples:
      - {text: CORRECTED-Oil falls, action: correction}
    counter_examples:
      - {text: Corrected figures}
"""


@pytest.mark.parametrize(
    ("good", "bad", "line", "problem"),
    [
        ("- corrected", "- Corrected", 7, "capitals only"),
        ("- corrected", "- ':-'", 7, "two letters"),
        ("- corrected", "- (corrected", 7, "must close"),
        ("correction:\n", "improvement:\n", 6, "improvement"),
        ("action: correction", "action: fix", 9, "action"),
        ("- {text: Corrected figures}", "- {field: url, text: x}", 11, "field"),
        ("    counter_examples:\n      - {text: Corrected figures}\n", "", 3, "counter_examples"),
        ("kill: [kill]", "kill: [kill], repeat: [Kill it]", 1, "pattern"),
        ("kill: [kill]", "kill: [kill], repeat: [kill]", 1, "stands twice"),
        ("- corrected", "- kill kill kill …", 1, "is correction and kill"),
    ],
)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, good: str, bad: str, line: int, problem: str
) -> None:
    path = tmp_path / "lifecycle.yaml"
    path.write_text(GOOD.replace(good, bad), encoding="utf-8")
    with pytest.raises(BadSeed, match=problem) as error:
        load(path, LifecycleSeed)
    assert error.value.line == line
