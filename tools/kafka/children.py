"""Child processes that end when we are told to end.

A signal is noted and never raises, so nothing is torn in the middle: whoever waits looks.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

# By its path: to import its package is to load a Kafka client.
LEASH = Path(__file__).resolve().parents[2] / "streams" / "broker" / "leash.py"
POLL_S = 0.05
PATIENCE_S = 15.0
"""How long a child may take to end after SIGTERM, before it is killed."""


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


def spawn(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | None = None,
    own_session: bool = False,
) -> subprocess.Popen[bytes]:
    """Starts `command`. On Linux it gets SIGTERM should we be killed; elsewhere it stays.

    Args:
        command: a program on PATH, or its path, and its arguments.
        env: all of its environment; ours when None.
        cwd: its working directory; ours when None.
        output: where both of its outputs go; to ours when None.
        own_session: whether it is out of reach of Ctrl-C in our terminal.
    """
    program = shutil.which(command[0]) or command[0]
    held = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid())]
    return subprocess.Popen(  # noqa: S603
        [*(held if sys.platform == "linux" else []), program, *command[1:]],
        env=env,
        cwd=cwd,
        stdout=output,
        stderr=output,
        start_new_session=own_session,
    )


def attend(child: subprocess.Popen[bytes], signals: Signals) -> int:
    """Waits for the end of `child`; its exit status as a shell tells it.

    SIGTERM is passed on. Ctrl-C is not: the terminal gives it to the child too, which may
    go on, as an interpreter does.
    """
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
