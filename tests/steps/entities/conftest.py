import pytest

from streams.lexicon import Lexicon
from streams.seeds import entity_rows, forms_seeds
from streams.settings import ROOT
from streams.steps.entities import EntityRow, FormsSeed, Gazetteer


@pytest.fixture(scope="session")
def forms() -> dict[str, FormsSeed]:
    return forms_seeds(ROOT / "seeds")


@pytest.fixture(scope="session")
def rows() -> list[EntityRow]:
    return list(entity_rows(ROOT / "seeds"))


@pytest.fixture(scope="session")
def gazetteer(lexicon: Lexicon) -> Gazetteer:
    return lexicon.gazetteer
