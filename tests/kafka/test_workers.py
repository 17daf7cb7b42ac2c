"""`newswire up --workers 2`: two workers share the partitions, and one that dies is replaced."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import free_port_now
from tests.integration.system import fetch, wait_until
from tools.kafka.children import Signals
from tools.kafka.node import Node

pytestmark = [
    pytest.mark.broker,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at /proc"),
]


class Up:
    """A running `newswire up`."""

    def __init__(self, broker: str, data: Path, workers: int) -> None:
        port = _two_free_ports()
        self.pages = [f"http://127.0.0.1:{port + number}" for number in range(workers)]
        self.log = data / "up.log"
        environment = {
            "NEWSWIRE_BROKER": broker,
            "NEWSWIRE_DATA": str(data / "new"),
            "NEWSWIRE_WEB_PORT": str(port),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streams.cli", "up", "--workers", str(workers)],
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )

    def assigned(self, page: str) -> set[str]:
        """Partitions of the input that the worker has, once it is ready."""
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
        status, text = fetch(f"{page}/readyz")
        return set(re.findall(r"news\.articles\.v1/\d+", text)) if status == 200 else set()

    def shared(self) -> bool:
        """Whether each has a part, and together they have all."""
        parts = [self.assigned(page) for page in self.pages]
        return all(parts) and sorted(tp for part in parts for tp in part) == [
            f"news.articles.v1/{number}" for number in range(4)
        ]

    def workers(self) -> list[int]:
        pid = self.process.pid
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(each) for each in text.split()]


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
    up = Up(node.url, tmp_path, 2)
    try:
        wait_until(up.shared, "two workers with two partitions each")
        before = up.workers()
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        wait_until(lambda: len(set(up.workers()) - set(before)) == 1, "another worker")
        assert before[1] in up.workers(), "the other one was not to be touched"
        wait_until(up.shared, "the new one to have its part")
        children = up.workers()
        up.process.terminate()
        assert up.process.wait(60) == 0
        assert not any(Path(f"/proc/{child}").exists() for child in children)
    finally:
        up.process.kill()
        up.process.wait()


def test_the_embedded_broker_bears_one_worker(tmp_path: Path) -> None:
    up = Up(f"embedded://127.0.0.1:{free_port_now()}", tmp_path, 2)
    assert up.process.wait(60) == 1
    assert "bears one worker" in up.log.read_text(encoding="utf-8")


def _two_free_ports() -> int:
    while True:
        port = free_port_now()
        if port < 65_000 and not fetch(f"http://127.0.0.1:{port + 1}")[0]:
            return port
