"""`newswire up --workers 2`: two workers share the partitions, and one that dies is replaced."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Up, gone
from tests.conftest import free_port_now
from tests.integration.system import wait_until
from tools.kafka.children import Signals
from tools.kafka.node import Node

pytestmark = [
    pytest.mark.broker,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at /proc"),
]


def assigned(up: Up, page: str) -> set[str]:
    """Partitions of the input that the worker has, once it is ready."""
    status, text = up.readiness(page)
    return set(re.findall(r"news\.articles\.v1/\d+", text)) if status == 200 else set()


def shared(up: Up) -> bool:
    """Whether each has a part, and together they have all."""
    parts = [assigned(up, page) for page in up.pages]
    return all(parts) and sorted(tp for part in parts for tp in part) == [
        f"news.articles.v1/{number}" for number in range(4)
    ]


@pytest.fixture
def node(real: None, tmp_path: Path) -> Iterator[Node]:
    node = Node(free_port_now(), tmp_path / "kafka")
    try:
        node.start(Signals())
        yield node
    finally:
        node.stop()


def test_workers_share_the_partitions_and_one_that_was_killed_is_started_again(
    node: Node, tmp_path: Path
) -> None:
    up = Up(node.url, tmp_path, workers=2)
    try:
        wait_until(lambda: shared(up), "two workers with two partitions each")
        before = up.children()
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        wait_until(lambda: len(set(up.children()) - set(before)) == 1, "another worker")
        assert before[1] in up.children(), "the other one was not to be touched"
        wait_until(lambda: shared(up), "the new one to have its part")
        children = up.children()
        up.process.terminate()
        assert up.process.wait(60) == 0
        assert all(map(gone, children))
    finally:
        up.process.kill()
        up.process.wait()


def test_the_embedded_broker_bears_one_worker(tmp_path: Path) -> None:
    up = Up(f"embedded://127.0.0.1:{free_port_now()}", tmp_path, workers=2)
    assert up.process.wait(60) == 1
    assert "bears one worker" in up.log.read_text(encoding="utf-8")
