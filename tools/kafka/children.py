"""Child processes that end when we are told to end.

A signal is noted and never raises, so nothing is torn in the middle: whoever waits looks.
"""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import IO

POLL_S = 0.1
PATIENCE_S = 15.0
"""How long a child may take to end after SIGTERM, before it is killed."""
COULD_NOT_RUN = 127
"""Exit status of a shell for a command that it could not run."""


class Signals:
    """SIGINT and SIGTERM that came since `listen()`; without it, none ever comes."""

    def __init__(self) -> None:
        self._came: list[int] = []

    def listen(self) -> None:
        """From now on both are noted instead of ending us."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)

    def first(self) -> int:
        """Number of the first that came; 0 while none did."""
        return self._came[0] if self._came else 0

    def terminated(self) -> bool:
        """Whether SIGTERM is among them."""
        return signal.SIGTERM in self._came

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._came.append(number)


def attend(
    command: Sequence[str],
    signals: Signals,
    *,
    env: Mapping[str, str] | None = None,
    output: IO[bytes] | None = None,
) -> int:
    """Runs `command` to its end; its exit status as a shell tells it.

    SIGTERM is passed on. Ctrl-C is not: the terminal gives it to the command too, which may
    go on, as an interpreter does.
    """
    try:
        child = subprocess.Popen(command, env=env, stdout=output, stderr=output)  # noqa: S603
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        return COULD_NOT_RUN
    while True:
        try:
            status = child.wait(POLL_S)
        except subprocess.TimeoutExpired:
            if signals.terminated():
                end(child)
        else:
            return 128 - status if status < 0 else status


def end(child: subprocess.Popen[bytes]) -> None:
    """Asks `child` to end, and insists after `PATIENCE_S`; returns when it is gone."""
    child.terminate()
    try:
        child.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
