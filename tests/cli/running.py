"""A `newswire up` of a test's own, seen from outside."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import free_port_now
from tests.integration.system import fetch


class Up:
    """Runs from now on; whoever made it ends it. `pages`: one of each worker."""

    def __init__(self, broker: str, data: Path, workers: int = 1) -> None:
        port = _free_ports(workers)
        self.pages = [f"http://127.0.0.1:{port + number}" for number in range(workers)]
        self.log = data / "up.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streams.cli", "up", "--workers", str(workers)],
                env={
                    **os.environ,
                    "NEWSWIRE_BROKER": broker,
                    "NEWSWIRE_WEB_PORT": str(port),
                    "NEWSWIRE_DATA": str(data / "new"),  # it makes what is not there
                },
                stdout=log,
                stderr=log,
            )

    def readiness(self, page: str) -> tuple[int, str]:
        """What the worker says of itself."""
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
        return fetch(f"{page}/readyz")

    def children(self) -> list[int]:
        """Its processes: workers, and a broker that it brought along."""
        pid = self.process.pid
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(each) for each in text.split()]


def gone(pid: int) -> bool:
    """Whether there is no such process."""
    return not Path(f"/proc/{pid}").exists()


def _free_ports(count: int) -> int:
    """The first of so many in a row that nobody answers on."""
    while True:
        port = free_port_now()
        others = range(port + 1, min(port + count, 65_536))
        if port + count <= 65_536 and not any(fetch(f"http://127.0.0.1:{n}")[0] for n in others):
            return port
