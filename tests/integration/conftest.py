"""A worker for the tests that do it no harm."""

from collections.abc import Iterator

import pytest

from streams.broker import Broker
from tests.conftest import free_port_now
from tests.integration.system import System


@pytest.fixture(scope="module")
def system(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A worker on the session's broker."""
    system = System(broker, tmp_path_factory.mktemp("worker"), free_port_now())
    system.start_worker()
    yield system
    system.stop_worker()
