"""What Linux says of running processes."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

Processes = Iterable[subprocess.Popen[bytes]]

STATM = Path("/proc/self/statm")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def cpu(processes: Processes) -> float:
    """Seconds of CPU that they used so far, all threads."""
    return sum(sum(map(int, _stat(each)[11:13])) for each in processes) / _TICKS


def resident(processes: Processes) -> int:
    """Bytes of memory that they have now."""
    return sum(int(_stat(each)[21]) for each in processes) * _PAGE


def own_resident() -> int:
    """Bytes of memory that the process at work has now."""
    return int(STATM.read_text("utf-8").split()[1]) * _PAGE


def _stat(process: subprocess.Popen[bytes]) -> list[str]:
    # proc(5): the fields after the command's name, which may hold blanks and brackets.
    return Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
