"""The whole system beside its peers: `python -m benchmarks.system [--count N] CORPUS`.

Articles lie on the input topic before a contender starts, each on an Apache Kafka of its own; it
is timed from the first candidate, when it has started and joined, to the last outcome. They take
turns, for the machine is not the same in two minutes.
Then newswire runs at steady rates, with one worker and with two, for its latency. Rows are added
to `results.csv`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks import processes, results
from benchmarks.corpus import articles, copies
from benchmarks.ends import Ends
from benchmarks.load import at_rate
from schemas.topics import ARTICLES, CANDIDATES
from streams.broker import TopicSpec, ensure_topics
from streams.cli.clients import producer
from streams.creating import topics_of
from streams.seeds import load_lexicon
from streams.settings import Settings
from tools.kafka.children import Signals
from tools.kafka.jars import fetch
from tools.kafka.node import Node, free_port

STEADY_RATE = 200.0
STEADY_SECONDS = 60
LOADS = (0.5, 0.8)
WARM = 5_000
"""Articles before the latency is measured."""

NEWSWIRE, TWO, LONG = "newswire", "newswire, 2 workers", "newswire, NEWSWIRE_LEAN=false"
PEERS = {
    "Faust's manual": "benchmarks.peers.faust_manual",
    "Quix Streams": "benchmarks.peers.quix",
    "confluent-kafka": "benchmarks.peers.confluent",
}
CONTENDERS = (NEWSWIRE, LONG, *PEERS, TWO)


@dataclass(frozen=True, slots=True)
class Run:
    """Articles a second; CPU seconds of the contender and bytes of the log, an article."""

    rate: float
    cpu: float
    resident: int
    logged: float


def main() -> None:
    """Prints a table, and adds to the results."""
    options, console = _options(), Console()
    fetch(Signals())
    originals = articles(options.corpus)
    records = list(copies(originals, options.count))
    runs: dict[str, list[Run]] = defaultdict(list)
    for turn in range(options.rounds):
        for name in options.only or CONTENDERS:
            run = throughput(name, records)
            runs[name].append(run)
            console.print(
                f"round {turn + 1} {name}: {run.rate:,.0f}/s, {run.cpu * 1e3:.2f} ms",
                highlight=False,
            )
    medians = {name: _median(found) for name, found in runs.items()}
    console.print(_table(medians))
    results.add("throughput", {name: run.rate for name, run in medians.items()}, options.count)
    table = Table("", "load", "p50 ms", "p99 ms", "p99.9 ms")
    for name in (NEWSWIRE, TWO) if not options.only else ():
        for label, count, cuts in latencies(name, medians[name].rate, originals):
            table.add_row(name, label, *(f"{cut:,.0f}" for cut in cuts))
            waits = dict(zip(("p50", "p99", "p99.9"), cuts, strict=True))
            results.add(f"latency of {name} at {label}", waits, count)
    if table.rows:
        console.print(table)


def throughput(name: str, records: Sequence[tuple[bytes, bytes]]) -> Run:
    """One contender on a Kafka of its own."""
    with kafka() as (node, directory):
        publish(node.address, records)
        with contender(name, node.address, directory) as running:
            with Ends(node.address, [CANDIDATES.name]) as started:
                started.wait(1)
            cpu, first = processes.cpu(running), time.perf_counter()
            with Ends(node.address) as ends:
                ends.wait(len(records))
            took, spent = time.perf_counter() - first, processes.cpu(running) - cpu
            resident = processes.resident(running)
        logged = sum(path.stat().st_size for path in directory.rglob("*.log")) / len(records)
        return Run(len(records) / took, spent / len(records), resident, logged)


@contextmanager
def kafka(limits: Mapping[str, str] | None = None) -> Iterator[tuple[Node, Path]]:
    """A Kafka with newswire's topics, and its directory. `limits`: settings of all topics."""
    with tempfile.TemporaryDirectory(prefix="newswire-bench-") as directory:
        node = Node(free_port(), Path(directory) / "kafka")
        node.start(Signals())
        try:
            topics = topics_of(load_lexicon(Settings().seeds))
            ensure_topics(
                node.address,
                (
                    TopicSpec(each.name, each.partitions, {**each.settings, **(limits or {})})
                    for each in topics
                ),
            )
            yield node, Path(directory)
        finally:
            node.stop()


def publish(address: str, records: Sequence[tuple[bytes, bytes]]) -> None:
    """All at once."""
    with producer(Settings(broker=f"kafka://{address}")) as writer:
        for key, value in records:
            writer.send(ARTICLES.name, key=key, value=value)


class Running(list[subprocess.Popen[bytes]]):
    """A contender's processes; `pages`: where they serve their metrics, if they do."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []


@contextmanager
def contender(name: str, address: str, directory: Path) -> Iterator[Running]:
    """Its processes, until the end of the block."""
    running = Running()
    for number in range(2 if name == TWO else 1):
        port = free_port()
        running.pages.append(f"http://127.0.0.1:{port}")
        environment = {
            **os.environ,
            "NEWSWIRE_BROKER": f"kafka://{address}",
            "NEWSWIRE_DATA": str(directory / f"data-{number}"),
            "NEWSWIRE_WEB_PORT": str(port),
            "NEWSWIRE_LOG_LEVEL": "ERROR",
            "NEWSWIRE_LEAN": str(name != LONG),
        }
        program = [PEERS[name], address] if name in PEERS else ["streams.cli", "worker"]
        command = [sys.executable, "-m", *program]
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()


def latencies(
    name: str, capacity: float, originals: list[bytes]
) -> Iterator[tuple[str, int, tuple[float, float, float]]]:
    """Name of each steady rate, its articles, and p50, p99, p99.9 in ms. `capacity`: a second."""
    rates = {f"{load:.0%} load": load * capacity for load in LOADS}
    rates[f"{STEADY_RATE:.0f}/s"] = STEADY_RATE
    counts = {label: int(rate * STEADY_SECONDS) for label, rate in rates.items()}
    records = copies(originals, WARM + sum(counts.values()))
    with kafka() as (node, directory), contender(name, node.address, directory):
        with Ends(node.address) as ends:  # a wire's wordings are read slowly once
            publish(node.address, list(islice(records, WARM)))
            ends.wait(WARM)
        for label, rate in rates.items():
            count = counts[label]
            yield label, count, at_rate(node.address, list(islice(records, count)), rate)


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        median(run.rate for run in runs),
        median(run.cpu for run in runs),
        int(median(run.resident for run in runs)),
        median(run.logged for run in runs),
    )


def _table(medians: dict[str, Run]) -> Table:
    table = Table("shell", "articles/s", "times newswire", "CPU ms", "resident MB", "log KB")
    own = medians.get(NEWSWIRE)
    for name, run in medians.items():
        table.add_row(
            name,
            f"{run.rate:,.0f}",
            f"{run.rate / own.rate:.2f}" if own else "",
            f"{run.cpu * 1e3:.2f}",
            f"{run.resident / 1e6:,.0f}",
            f"{run.logged / 1e3:.1f}",
        )
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=8_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", choices=CONTENDERS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
