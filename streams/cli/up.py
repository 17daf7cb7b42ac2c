"""`newswire up`: the broker, the workers and their live pages; one Ctrl-C ends all."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

from streams.broker import Broker, broker_of
from streams.broker.leash import leashed
from streams.errors import BrokerError
from streams.settings import Settings

STOP_SECONDS = 30.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before a worker that died is started again."""
HEALTHY_SECONDS = 60.0
"""A worker that lived this long starts again without a growing pause."""


POLL_SECONDS = 0.2


def up(
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="One for each processor; more than 1 need Kafka.")
    ] = 1,
) -> None:
    """Start the broker and its workers, and show where to look. Ctrl-C stops all."""
    settings = Settings()
    notes = Console(stderr=True)
    broker = broker_of(settings.broker, settings.data, settings)
    if workers > 1 and broker.embedded:
        raise BrokerError(
            "the embedded broker bears one worker; for more, set NEWSWIRE_BROKER=kafka://host:port"
        )
    ports = range(settings.web_port, settings.web_port + workers)
    signal.signal(signal.SIGTERM, interrupt)
    broker.start()
    try:
        notes.print(f"[bold green]newswire[/] broker at [bold]{broker.address}[/]")
        for port in ports:
            notes.print(f"  live page   http://{settings.web_host}:{port}/")
            notes.print(f"  metrics     http://{settings.web_host}:{port}/metrics")
        notes.print("  in a second terminal:")
        notes.print("    newswire publish seeds/articles/demo.jsonl")
        notes.print("    newswire tail us-russia-relations --from-beginning")
        notes.print("  Ctrl-C stops everything.\n")
        _keep_working([_Kept(broker, port) for port in ports], notes)
    except KeyboardInterrupt:
        notes.print("\nstopping …")
    finally:
        broker.stop()


@dataclass(slots=True)
class _Kept:
    """A worker that is started again when it ends."""

    broker: Broker
    port: int
    pause: float = FIRST_PAUSE
    due: float = 0.0
    started: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def look(self, now: float, notes: Console) -> None:
        """Starts it when it is time; says so when it has ended."""
        if self.process is None:
            if now >= self.due:
                self.started = now
                self.process = start_worker(self.broker, NEWSWIRE_WEB_PORT=str(self.port))
            return
        status = self.process.poll()
        if status is None:
            return
        self.process = None
        if now - self.started > HEALTHY_SECONDS:
            self.pause = FIRST_PAUSE
        notes.print(
            f"[bold red]the worker at port {self.port} ended[/] with status {status}; it starts "
            f"again in {self.pause:.0f} s and takes up what was not finished."
        )
        self.due = now + self.pause
        self.pause = min(2 * self.pause, LONGEST_PAUSE)


def _keep_working(kept: list[_Kept], notes: Console) -> None:
    try:
        while True:
            for worker in kept:
                worker.look(time.monotonic(), notes)
            time.sleep(POLL_SECONDS)
    finally:
        running = [worker.process for worker in kept if worker.process]
        for process in running:  # all are told before the first is waited for
            process.terminate()
        for process in running:
            stop_worker(process)


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
