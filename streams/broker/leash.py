"""Runs a command that must not outlive its parent: `leash.py PARENT_PID COMMAND [ARGUMENT…]`.

`leashed` makes that line. A program of its own, started with `python -I -S`: the request has
to be made in the child between fork and exec, where Python code of a process with threads may
hang. It then becomes the command, under the same pid.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""prctl(2), Linux: the signal to get when the thread that started us ends."""

COULD_NOT_RUN = 127
"""Exit status of a shell for a command that it could not run."""


def leashed(command: list[str]) -> list[str]:
    """The command, so that it gets SIGTERM when the thread that starts it ends; Linux only.

    Elsewhere it is the command itself, which then outlives a parent that was killed.
    """
    if sys.platform != "linux":
        return command
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command]


if __name__ == "__main__":
    parent, command = int(sys.argv[1]), sys.argv[2:]
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        sys.exit(COULD_NOT_RUN)
    try:
        os.execv(command[0], command)  # noqa: S606
    except OSError as error:
        sys.exit(f"{command[0]}: {error}")
