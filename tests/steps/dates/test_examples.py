"""Every example that a language's seed carries, word for word."""

from pathlib import Path

import pytest

from streams.steps.dates import DateRules, DatesSeed, find_dates
from streams.steps.dates.seed import Example
from streams.yaml_files import load

LANGUAGES = Path(__file__).parents[3] / "seeds" / "languages"
EXAMPLES = [
    (path.parent.name, example)
    for path in sorted(LANGUAGES.glob("*/dates.yaml"))
    for example in load(path, DatesSeed).examples
]


@pytest.mark.parametrize(
    ("language", "example"), EXAMPLES, ids=[f"{code}: {e.text}" for code, e in EXAMPLES]
)
def test_an_example_gives_exactly_its_dates(
    language: str, example: Example, rules: DateRules
) -> None:
    found = find_dates(example.text, "body", language, example.anchor, rules)
    expected = [(date.surface, date.value, date.kind) for date in example.expect]
    assert [(date.surface, date.value, date.kind) for date in found] == expected
