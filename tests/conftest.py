"""What all tests share: the lexicon, and a broker to talk to."""

import os
import socket
from collections.abc import Iterator

import pytest

from streams.broker import Broker, broker_of
from streams.lexicon import Lexicon
from streams.seeds import load_lexicon
from streams.settings import ROOT


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """All of `seeds/`, read once a run."""
    return load_lexicon(ROOT / "seeds")


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Started once a run. `NEWSWIRE_BROKER=kafka://host:port` runs the tests against that one."""
    named = os.environ.get("NEWSWIRE_BROKER", "")
    url = named if named.startswith("kafka://") else f"embedded://127.0.0.1:{free_port_now()}"
    broker = broker_of(url, tmp_path_factory.mktemp("broker"))
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on, now."""
    return free_port_now()


def free_port_now() -> int:
    """A port that nothing listens on, now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
