"""A million articles in one run: `python -m benchmarks.growth [--count N] [--characters N] CORPUS`.

The wire of `benchmarks.wire_edits` through workers on Apache Kafka, never more than a few
thousand articles ahead of the outcomes. An article arrives at the wire's own time, one a second,
so that a million take eleven and a half days: what is remembered of the three days in the window
grows for a quarter of the run, and the question is whether anything does after that. Every ten
seconds it is noted how many are done, the CPU time and memory of the workers, and the entries of
their state.
"""

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from urllib.request import urlopen

import orjson
from rich.console import Console
from rich.table import Table

from benchmarks import processes, results
from benchmarks.corpus import articles
from benchmarks.ends import Ends
from benchmarks.system import NEWSWIRE, TWO, contender, kafka
from benchmarks.wire_edits import Originals, distinct, wire
from schemas.topics import ARTICLES
from streams.cli.clients import producer
from streams.cli.progress import bar_on
from streams.settings import Settings
from tools.kafka.children import Signals
from tools.kafka.jars import fetch

AHEAD = 4_000
CHUNK = 500
SAMPLE_SECONDS = 10.0
RETENTION_BYTES = 256 * 1024 * 1024
TOPICS = {
    "retention.bytes": str(RETENTION_BYTES),
    "segment.bytes": str(RETENTION_BYTES // 8),
    "retention.ms": "-1",
}
"""For this run: what was read may go, or a million articles fill the disk; but not by its time,
which lies years back."""
PARTS = 10
SEED = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds since the first outcome, outcomes, CPU seconds, bytes, entries of all state."""

    at: float
    done: int
    cpu: float
    resident: int
    entries: int


def main() -> None:
    """Runs it, and prints ten parts of the run beside each other."""
    options, console = _options(), Console()
    fetch(Signals())
    # A uri is remembered for thirty days, which no run reaches.
    os.environ.setdefault("NEWSWIRE_VERSIONS_DAYS", str(Settings().window_days))
    samples: list[Sample] = []
    with suppress(KeyboardInterrupt):  # what was measured until then is shown
        samples.extend(_run(options))
    table = Table("articles", "articles/s", "CPU ms", "resident MB", "entries", "bytes an entry")
    step = max(1, len(samples) // PARTS)
    marks = samples[::step]
    for before, after in pairwise(marks):
        done = after.done - before.done
        table.add_row(
            f"{after.done:,}",
            f"{done / (after.at - before.at):,.0f}",
            f"{(after.cpu - before.cpu) / max(1, done) * 1e3:.2f}",
            f"{after.resident / 1e6:,.0f}",
            f"{after.entries:,}",
            f"{(after.resident - samples[0].resident) / max(1, after.entries):,.0f}",
        )
    console.print(table)
    rows = {f"{each.done} rate": each.done / each.at for each in marks[1:]}
    rows |= {f"{each.done} resident": float(each.resident) for each in marks}
    results.add(f"growth, {options.workers} workers", rows, options.count)


def _run(options: argparse.Namespace) -> Iterator[Sample]:
    texts = distinct(
        (row["headline"], row["body"][: options.characters])
        for row in map(orjson.loads, articles(options.corpus))
    )
    items = islice(wire(Originals(texts, SEED), SEED), options.count)
    with (
        kafka(TOPICS) as (node, directory),
        contender(TWO if options.workers == 2 else NEWSWIRE, node.address, directory) as workers,
        Ends(node.address) as ends,
        producer(Settings(broker=f"kafka://{node.address}")) as writer,
        bar_on(Console(stderr=True)) as progress,
    ):
        task = progress.add_task("outcomes", total=options.count)
        published, begun, next_sample = 0, 0.0, 0.0
        while (done := ends.count) < options.count:
            if begun == 0.0 and done:
                begun = time.monotonic()
            if begun and time.monotonic() >= next_sample:
                next_sample = time.monotonic() + SAMPLE_SECONDS
                yield Sample(
                    time.monotonic() - begun,
                    done,
                    processes.cpu(workers),
                    processes.resident(workers),
                    sum(map(_entries, workers.pages)),
                )
            progress.update(task, completed=done)
            if published - done < AHEAD and published < options.count:
                for item in islice(items, CHUNK):
                    writer.send(
                        ARTICLES.name,
                        key=item.uri.encode(),
                        value=_article(item),
                        timestamp_ms=item.received_ms,
                    )
                    published += 1
            else:
                time.sleep(0.05)


def _article(item: object) -> bytes:
    return orjson.dumps({name: getattr(item, name) for name in ("uri", "wire", "headline", "body")})


def _entries(page: str) -> int:
    with urlopen(f"{page}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    named = (line for line in lines if line.startswith("newswire_state_entries{"))
    return int(sum(float(line.rsplit(" ", 1)[1]) for line in named))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2, choices=(1, 2))
    parser.add_argument(
        "--characters", type=int, default=100_000, help="of each article; the rest is cut off"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
