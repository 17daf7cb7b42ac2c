"""`newswire up`: the embedded broker, the worker and the live page; one Ctrl-C ends all."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from rich.console import Console

from streams.broker import Broker, broker_of
from streams.broker.leash import leashed
from streams.settings import Settings

STOP_SECONDS = 30.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before a worker that died is started again."""
HEALTHY_SECONDS = 60.0
"""A worker that lived this long starts again without a growing pause."""


def up() -> None:
    """Start the broker and a worker, and show where to look. Ctrl-C stops both."""
    settings = Settings()
    notes = Console(stderr=True)
    broker = broker_of(settings.broker, settings.data, settings)
    signal.signal(signal.SIGTERM, interrupt)
    broker.start()
    try:
        notes.print(f"[bold green]newswire[/] broker at [bold]{broker.address}[/]")
        notes.print(f"  live page   http://{settings.web_host}:{settings.web_port}/")
        notes.print(f"  metrics     http://{settings.web_host}:{settings.web_port}/metrics")
        notes.print("  in a second terminal:")
        notes.print("    newswire publish seeds/articles/demo.jsonl")
        notes.print("    newswire tail us-russia-relations --from-beginning")
        notes.print("  Ctrl-C stops everything.\n")
        _keep_working(broker, notes)
    except KeyboardInterrupt:
        notes.print("\nstopping …")
    finally:
        broker.stop()


def _keep_working(broker: Broker, notes: Console) -> None:
    pause = FIRST_PAUSE
    while True:
        started = time.monotonic()
        worker = start_worker(broker)
        try:
            status = worker.wait()
        finally:
            stop_worker(worker)
        if time.monotonic() - started > HEALTHY_SECONDS:
            pause = FIRST_PAUSE
        notes.print(
            f"[bold red]the worker ended[/] with status {status}; it starts again in "
            f"{pause:.0f} s and takes up what was not finished."
        )
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def start_worker(broker: Broker, **environment: str) -> subprocess.Popen[bytes]:
    """A worker on this broker, as a process of ours."""
    kind = "embedded" if broker.embedded else "kafka"
    return subprocess.Popen(  # noqa: S603 — our own interpreter
        leashed([sys.executable, "-m", "streams.cli", "worker"]),
        env={**os.environ, "NEWSWIRE_BROKER": f"{kind}://{broker.address}", **environment},
        # Not ours to share Ctrl-C with: it must be over before the broker stops.
        start_new_session=True,
    )


def stop_worker(worker: subprocess.Popen[bytes]) -> None:
    """Ends the worker; kills it when it does not end in time."""
    worker.terminate()
    try:
        worker.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """SIGTERM as Ctrl-C: what is running is stopped in order."""
    raise KeyboardInterrupt


command = up
