from pathlib import Path

import pytest

from streams.steps.dates import DateRules, DatesSeed, compile_dates
from streams.yaml_files import load

LANGUAGES = Path(__file__).parents[3] / "seeds" / "languages"
SEEDS = {path.parent.name: load(path, DatesSeed) for path in sorted(LANGUAGES.glob("*/dates.yaml"))}


@pytest.fixture(scope="session")
def rules() -> DateRules:
    return compile_dates(SEEDS)
