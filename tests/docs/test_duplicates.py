"""docs/duplicates.md says what the rules do."""

import re
from pathlib import Path
from typing import get_args

import pytest

from schemas.enriched import VerdictName
from streams.settings import ROOT, Settings
from streams.steps.duplicates.verdict import _RULES, _VERDICTS
from tests.docs.generated import DUPLICATES, duplicates

PAGE = DUPLICATES.read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_the_rules_are_told_in_the_order_in_which_they_are_asked() -> None:
    told = re.findall(
        r"^\| `(\w+)` \| `(\w+)` \|", section("Articles of different uris"), re.MULTILINE
    )
    asked = dict.fromkeys(why for why, _ in _RULES)
    assert told == [(why, _VERDICTS[why]) for why in asked]


def test_every_verdict_is_told() -> None:
    told = re.findall(r"^\| `(\w+)` \|", section("Verdicts"), re.MULTILINE)
    assert sorted(told) == sorted(get_args(VerdictName))


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_every_setting_that_a_document_names_exists(page: Path) -> None:
    named = set(re.findall(r"NEWSWIRE_([A-Z_]+)", page.read_text(encoding="utf-8")))
    assert named <= {name.upper() for name in Settings.model_fields}


def test_the_example_is_what_comes_out_of_the_demo_feed() -> None:
    assert duplicates() == PAGE, "run `make schemas`"
    for why in ("exact", "copy", "part", "marked", "changed_numbers"):
        assert f"| `{why}` |" in section("Example")
