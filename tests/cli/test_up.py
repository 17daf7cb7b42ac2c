"""`newswire up`: one process tree, which heals itself and leaves nothing behind."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Up, gone
from tests.conftest import free_port_now
from tests.integration.system import fetch, wait_until

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at /proc"),
]


AT_ONCE_S = 30
"""A worker with a broker takes two or three; Faust waits sixty for a thread that died silently."""


class Alone(Up):
    """With the embedded broker and one worker."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"embedded://127.0.0.1:{free_port_now()}", data)
        (self.web,) = self.pages

    def ready(self) -> bool:
        return self.readiness(self.web)[0] == 200

    def broker(self) -> int:
        (broker,) = set(self.children()) - {self.worker()}
        return broker

    def worker(self) -> int:
        (worker,) = [
            child
            for child in self.children()
            if b"streams.cli" in Path(f"/proc/{child}/cmdline").read_bytes()
        ]
        return worker


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Alone]:
    up = Alone(tmp_path)
    wait_until(up.ready, "newswire up to be ready")
    yield up
    if up.process.poll() is None:
        up.process.kill()
        up.process.wait()


def test_one_signal_ends_broker_and_worker(up: Alone) -> None:
    children = up.children()
    assert len(children) == 2
    up.process.send_signal(signal.SIGTERM)
    assert up.process.wait(60) == 0
    wait_until(lambda: all(map(gone, children)), "the children to be gone")


def test_a_worker_that_was_killed_is_started_again(up: Alone) -> None:
    killed = up.worker()
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: fetch(f"{up.web}/healthz")[0] == 0, "the page to be gone")
    wait_until(up.ready, "another worker to be ready")
    assert up.worker() != killed


def test_broker_and_worker_do_not_outlive_a_master_that_was_killed(up: Alone) -> None:
    children = up.children()
    up.process.kill()
    up.process.wait()
    wait_until(lambda: all(map(gone, children)), "the orphans to be gone")


def test_a_worker_whose_broker_is_gone_stops_at_once(up: Alone) -> None:
    worker, broker = up.worker(), up.broker()
    os.kill(broker, signal.SIGKILL)
    wait_until(lambda: "Failed fetch" in up.log.read_text(encoding="utf-8"), "a failed fetch")
    began = time.monotonic()
    os.kill(worker, signal.SIGTERM)
    wait_until(lambda: gone(worker), "the worker to be gone")
    assert time.monotonic() - began < AT_ONCE_S
