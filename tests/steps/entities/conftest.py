from pathlib import Path

import pytest

from streams.steps.entities import EntityRow, FormsSeed, Gazetteer, compile_gazetteer
from streams.yaml_files import load

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


@pytest.fixture(scope="session")
def forms() -> dict[str, FormsSeed]:
    paths = sorted(SEEDS.glob("languages/*/forms.yaml"))
    return {path.parent.name: load(path, FormsSeed) for path in paths}


@pytest.fixture(scope="session")
def rows() -> list[EntityRow]:
    files = sorted((SEEDS / "entities").glob("*.jsonl"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return [EntityRow.model_validate_json(line) for line in lines]


@pytest.fixture(scope="session")
def gazetteer(rows: list[EntityRow], forms: dict[str, FormsSeed]) -> Gazetteer:
    return compile_gazetteer(rows, forms)
