"""The broker we bring along: noida-db, one process on loopback, ended with ours.

For one worker on one machine. It keeps its data in memory, saves it about every second
and at the end, and asks nobody for a password.
"""

import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from streams.broker.admin import check, listens
from streams.broker.leash import leashed
from streams.broker.lock import Lock
from streams.broker.security import PLAINTEXT
from streams.errors import BrokerError

DEFAULT_PORT = 19092
"""Not Kafka's own 9092, which a developer's machine often has taken."""

START_S = 30.0
"""Reading 128 MB back took 3 s on two cores."""
STOP_S = 60.0
"""Saving 128 MB took 4 s, 200 MB 16 s; killed before that, the last second's data is lost."""
POLL_S = 0.01

_ELSEWHERE = "set NEWSWIRE_BROKER=kafka://host:port to use a broker that runs elsewhere"


class EmbeddedBroker:
    """A noida-db with its data in `data`, where `broker.log` says what it said."""

    embedded = True
    security = PLAINTEXT

    def __init__(self, port: int, data: Path) -> None:
        self.address = f"127.0.0.1:{port}"
        self._port = port
        self._data = data
        self._log = data / "broker.log"
        self._lock = Lock(data / "newswire.lock")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the broker answers.

        Call it from a thread that stays, best the main one: on Linux the broker ends with
        the thread that started it, which is how it ends when we are killed.

        Raises:
            BrokerError: no wheel for this platform, port or data in use, or it ended.
        """
        if self._process is not None and self._process.poll() is None:
            return
        self.stop()  # what is left of one that ended by itself
        binary = _binary()
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            self._lock.take()
            with self._log.open("ab") as log:
                self._end_leftover(binary, log)
                self._check_port()
                said_before = self._log.stat().st_size
                self._process = self._spawn(binary, log)
            self._wait(self._process, said_before)
        except OSError as error:
            self.stop()
            raise BrokerError(f"the embedded broker cannot start: {error}; {_ELSEWHERE}") from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends it, its data saved; returns when the process is gone. Stop the worker first."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._lock.release()

    def _end_leftover(self, binary: Path, log: IO[bytes]) -> None:
        # We hold the lock, so whoever started a broker on this data is gone, and the broker
        # is without a master or still saving. The command knows it by a token, not only by
        # its pid, and does nothing when there is none.
        command = [str(binary), "down", "--data-dir", str(self._data)]
        try:
            subprocess.run(command, stdout=log, stderr=log, timeout=STOP_S, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise BrokerError(
                f"a broker left over from an earlier run does not end; see {self._log}"
            ) from None

    def _check_port(self) -> None:
        # Asked before, for a stranger on this port would answer in our broker's place.
        if listens(self.address):
            raise BrokerError(
                f"something else listens at {self.address}: stop it, or choose another port, "
                f"as in embedded://127.0.0.1:{self._port + 1}"
            )

    def _spawn(self, binary: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
        options = ["--only", "kafka", "--kafka-port", str(self._port)]
        command = leashed([str(binary), "start", *options, "--data-dir", str(self._data)])
        # A session of its own: Ctrl-C must reach the worker first, which commits to the broker.
        return subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )

    def _wait(self, process: subprocess.Popen[bytes], said_before: int) -> None:
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise BrokerError(self._last_words(said_before))
            # It opens its port before it reads its data, and may end between the two.
            if listens(self.address):
                with suppress(BrokerError):
                    check(self.address)
                    return
            time.sleep(POLL_S)
        raise BrokerError(
            f"the embedded broker does not answer after {START_S:.0f} s; see {self._log}"
        )

    def _last_words(self, since: int) -> str:
        with self._log.open("rb") as log:
            log.seek(since)
            said = log.read().decode("utf-8", "replace")
        lines = [line for line in said.splitlines() if line and "weak version" not in line]
        advice = next(
            (text for sign, text in _ADVICE.items() if sign in "\n".join(lines)), _ELSEWHERE
        )
        last = lines[-1] if lines else "without a word"
        return f"the embedded broker ended at its start ({last}): {advice}. Its log: {self._log}"


_ADVICE = {
    "GLIBC_": f"it needs glibc 2.34 (Debian 12, Ubuntu 22.04) or newer; {_ELSEWHERE}",
    "snapshot": "its saved data cannot be read; move its directory away to start empty",
}
"""What to do, by what the broker writes on its way out."""


def _binary() -> Path:
    wheel = find_spec("noida_db")
    if wheel is None or wheel.origin is None:
        raise BrokerError(f"there is no embedded broker for this platform; {_ELSEWHERE}")
    return Path(wheel.origin).with_name("noida-db.exe" if sys.platform == "win32" else "noida-db")
