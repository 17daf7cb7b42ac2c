"""Figures kept from run to run: `results.csv`, a row a figure, and the plot in `docs/`."""

import csv
import platform
import subprocess
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).with_name("results.csv")
HEAD = ("time", "commit", "machine", "versions", "what", "articles", "name", "value")
LIBRARIES = ("faust-streaming", "aiokafka", "numpy", "daachorse")


def add(what: str, values: Mapping[str, float], articles: int) -> None:
    """Adds a row for each value: articles a second of a throughput, milliseconds of a latency."""
    new = not FILE.exists()
    with FILE.open("a", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        if new:
            rows.writerow(HEAD)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        for name, value in values.items():
            rows.writerow(
                (now, _commit(), _machine(), _versions(), what, articles, name, f"{value:.1f}")
            )


def _commit() -> str:
    command = ["git", "-C", str(FILE.parent), "describe", "--always", "--dirty"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _machine() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if line.startswith("model name")
    ]
    return f"{len(names)} x {names[0] if names else platform.machine()}"


def _versions() -> str:
    known = (f"{name} {version(name)}" for name in LIBRARIES)
    return ", ".join((f"Python {platform.python_version()}", *known))
