"""`python -m tools.kafka`: possible, fetch, run."""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from tools.kafka.children import POLL_S, Signals, attend, spawn
from tools.kafka.jars import KafkaToolError, fetch, missing

app = typer.Typer(add_completion=False, no_args_is_help=True)
signals = Signals()
NO_SUCH_COMMAND = 127
"""Exit status, as a shell has it."""


@app.command("possible")
def say_what_is_missing() -> None:
    """Whether Kafka can be had here: exit status 0, or 1 and one line why not."""
    if why := missing():
        sys.stdout.write(f"{why}\n")
        raise typer.Exit(1)


@app.command("fetch")
def fetch_jars() -> None:
    """Copy Kafka's jars into .kafka/libs, unless they are there."""
    fetch(signals)


@app.command("run")
def run_node(
    command: Annotated[list[str] | None, typer.Argument(help="Without it: until Ctrl-C.")] = None,
    port: Annotated[int, typer.Option(help="0: a free one.", min=0, max=65535)] = 0,
    data: Annotated[
        Path | None, typer.Option(help="Kept for the next run. Without it, nothing is kept.")
    ] = None,
) -> None:
    """Fetch, start a node, run COMMAND with NEWSWIRE_BROKER set, stop the node.

    The exit status is that of COMMAND. An option of COMMAND needs a -- before it.
    """
    if command and not shutil.which(command[0]):
        sys.stderr.write(f"{command[0]}: no such command\n")
        raise typer.Exit(NO_SUCH_COMMAND)
    fetch(signals)
    with tempfile.TemporaryDirectory(prefix="newswire-kafka-") as temporary:
        status = _with_node(port, data or Path(temporary), command)
    raise typer.Exit(status)


def _with_node(port: int, data: Path, command: list[str] | None) -> int:
    from tools.kafka.node import Node, free_port  # noqa: PLC0415  `possible` needs no client

    node = Node(port or free_port(), data)
    try:
        started = time.monotonic()
        node.start(signals)
        if signals.first():
            return 128 + signals.first()
        seconds = time.monotonic() - started
        sys.stderr.write(f"Apache Kafka answers at {node.address} after {seconds:.1f} s\n")
        if command:
            child = spawn(command, env=os.environ | {"NEWSWIRE_BROKER": node.url})
            return attend(child, signals)
        sys.stderr.write(
            f"In another terminal: export NEWSWIRE_BROKER={node.url}\nCtrl-C stops it.\n"
        )
        while node.runs() and not signals.first():
            time.sleep(POLL_S)
        return 0
    finally:
        node.stop()


if __name__ == "__main__":
    signals.listen()
    try:
        app(prog_name="python -m tools.kafka")
    except KafkaToolError as error:
        sys.exit(f"tools.kafka: {error}")
