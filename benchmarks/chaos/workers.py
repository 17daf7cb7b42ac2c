"""Worker processes that are killed, stopped, frozen, and started again."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.chaos.clock import OFFSET, set_clock
from streams.broker.leash import leashed
from tools.kafka.node import free_port

STOP_S = 30.0


class Worker:
    """One worker, with a directory, a port and a clock of its own."""

    def __init__(self, name: str, address: str, directory: Path) -> None:
        self.directory = directory / name
        self.directory.mkdir()
        self.deaths: list[int] = []
        """Exit statuses of those that ended by themselves."""
        self._clock = self.directory / "clock"
        self._clock.write_bytes(bytes(OFFSET.size))
        self._web_port = free_port()
        self._environment = os.environ | {
            "NEWSWIRE_BROKER": f"kafka://{address}",
            "NEWSWIRE_DATA": str(self.directory),
            "NEWSWIRE_WEB_PORT": str(self._web_port),
            "NEWSWIRE_LOG_FORMAT": "json",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; it is ready later."""
        command = [sys.executable, "-m", "benchmarks.chaos.clock", str(self._clock), "worker"]
        with (self.directory / "worker.log").open("ab") as log:
            self._process = subprocess.Popen(
                leashed(command),
                env=self._environment,
                stdout=log,
                stderr=log,
                # Ctrl-C is ours: workers end before their broker.
                start_new_session=True,
            )

    def tend(self) -> None:
        """Starts it again if it ended by itself."""
        if self._process is not None and self._process.poll() is not None:
            self.deaths.append(self._process.returncode)
            self.start()

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nobody is told."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> bool:
        """SIGTERM; whether it ended in time. One that does not is killed."""
        if self._process is None:
            return True
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        self._process = None
        return True

    def freeze(self) -> None:
        """SIGSTOP: it does nothing any more, and does not know."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it was."""
        self._signal(signal.SIGCONT)

    def set_clock(self, seconds: float) -> None:
        """Its clock is that far ahead of ours from now on."""
        set_clock(self._clock, seconds)

    def ready(self) -> bool:
        """Whether it has partitions, and has read its state back."""
        try:
            with urlopen(f"http://127.0.0.1:{self._web_port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)
