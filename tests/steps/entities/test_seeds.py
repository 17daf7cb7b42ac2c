"""The data files as they are: ids, examples, and the generated ones up to date."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from streams.steps.entities import EntityRow, Gazetteer, find_entities
from streams.steps.entities.rows import Example, SentencesSeed
from streams.yaml_files import load

ROOT = Path(__file__).resolve().parents[3]
SENTENCES = {
    path.parent.name: load(path, SentencesSeed)
    for path in sorted((ROOT / "seeds" / "languages").glob("*/sentences.yaml"))
}
EXAMPLES = [example for seed in SENTENCES.values() for example in seed.examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.text for e in EXAMPLES])
def test_an_example_gives_its_entities(example: Example, gazetteer: Gazetteer) -> None:
    ids = {e.id for e in find_entities(None, example.text, example.language, gazetteer)}
    assert set(example.ids) <= ids
    assert ids.isdisjoint(example.never)
    if not example.ids and not example.never:
        assert ids == set()


@pytest.mark.parametrize("language", SENTENCES)
def test_a_language_has_twenty_examples_of_its_own(language: str) -> None:
    assert SENTENCES[language].language == language
    assert sum(example.language == language for example in SENTENCES[language].examples) >= 20


def test_an_id_belongs_to_one_row(rows: list[EntityRow]) -> None:
    counts = Counter(row.id for row in rows if row.id)
    assert [qid for qid, count in counts.items() if count > 1] == []


def test_every_state_and_capital_has_an_id(rows: list[EntityRow]) -> None:
    assert all(
        row.id and row.id.startswith("Q") for row in rows if row.tier in {"country", "capital"}
    )


def test_generated_files_are_what_the_script_makes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.make_countries", "--check"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_the_seed_page_names_who_it_is_about(gazetteer: Gazetteer) -> None:
    text = (ROOT / "seeds" / "articles" / "seed-page.txt").read_text(encoding="utf-8")
    entities = find_entities(None, text, "ar", gazetteer)
    assert {e.id for e in entities[:4]} == {"Q22686", "Q7747", "Q30", "Q159"}
    ids = {e.id for e in entities}
    assert {"Q6279", "Q10853588", "Q4359688", "Q2060629", "Q13974"} <= ids
    assert {"Q212", "Q649", "Q61", "Q1899", "Q900"} <= ids
