"""The noise of all languages, and how a page is cleaned in these tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.article import BodyFormat
from streams.steps.clean import Cleaned, NoiseRules, NoiseSeed, clean, compile_noise
from streams.yaml_files import load

SEEDS = Path(__file__).parents[3] / "seeds"
NOISE_FILES = sorted(SEEDS.glob("languages/*/noise.yaml"))

CleanPage = Callable[..., Cleaned]


@pytest.fixture(scope="session")
def noise() -> NoiseRules:
    return compile_noise(load(path, NoiseSeed) for path in NOISE_FILES)


@pytest.fixture(scope="session")
def clean_page(noise: NoiseRules) -> CleanPage:
    """Cleans lines as a page; a line that begins with `@` is a date."""

    def run(*lines: str, headline: str | None = None) -> Cleaned:
        return clean(
            headline, "\n".join(lines), BodyFormat.page, noise, lambda line: line.startswith("@")
        )

    return run
