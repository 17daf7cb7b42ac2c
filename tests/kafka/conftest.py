"""What needs Kafka's jars."""

import shutil

import pytest

from tools.kafka import jars


@pytest.fixture(scope="session")
def real() -> None:
    """Kafka's jars; a test run fetches nothing."""
    if not (jars.LIBS / "pom.xml").exists() or not shutil.which("java"):
        pytest.skip("no Apache Kafka here: `python -m tools.kafka fetch` gets it")
