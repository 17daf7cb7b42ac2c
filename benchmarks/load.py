"""Articles through a running newswire: `python -m benchmarks.load [--count N] [--rate R] CORPUS`.

Start `newswire up` before. Times are those that the broker's records carry: from an
article's own to that of the record it ended as.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from rich.console import Console

from benchmarks.corpus import articles, copies
from benchmarks.ends import start_at_end, until
from schemas.topics import ARTICLES
from streams.cli.clients import consumer, producer
from streams.settings import Settings


def main() -> None:
    """Publishes, waits for every outcome, and prints the figures."""
    options = _options()
    settings, console = Settings(), Console()
    records = list(copies(articles(options.corpus), options.count))
    with consumer(settings) as reader, producer(settings) as writer:
        ran = publish(reader, writer, records, options.rate)
    console.print(f"{len(records):,} published in {ran.published:.1f} s")
    console.print(f"{len(ran.waits):,} outcomes {ran.kinds}")
    console.print(f"{1000 * len(ran.waits) / ran.took:,.0f} articles/s from first in to last out")
    p50, p99, p999 = ran.cuts()
    console.print(f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, p99.9 {p999:.0f} ms")
    if len(ran.waits) < len(records):
        console.print(f"[bold red]{len(records) - len(ran.waits):,} without an outcome")
        raise SystemExit(1)


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds of publishing, and milliseconds: of all, and of each article to its outcome."""

    published: float
    took: int
    waits: list[int]
    kinds: dict[str, int]

    def cuts(self) -> tuple[float, float, float]:
        """p50, p99 and p99.9 of the waits."""
        cuts = quantiles(self.waits, n=1000)
        return cuts[499], cuts[989], cuts[998]


def at_rate(
    address: str, records: Sequence[tuple[bytes, bytes]], rate: float
) -> tuple[float, float, float]:
    """p50, p99 and p99.9 in milliseconds of articles that come evenly."""
    settings = Settings(broker=f"kafka://{address}")
    with consumer(settings) as reader, producer(settings) as writer:
        return publish(reader, writer, records, rate).cuts()


def publish(reader: Any, writer: Any, records: Sequence[tuple[bytes, bytes]], rate: float) -> Ran:
    """Publishes, and waits for every outcome. `rate`: articles a second; 0: at once."""
    sent: dict[bytes, int] = {}
    start_at_end(reader)
    begun = time.perf_counter()
    futures = []
    for number, (key, value) in enumerate(records):
        if rate:
            time.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        futures.append((key, writer.send(ARTICLES.name, key=key, value=value)))
    writer.flush()
    for key, future in futures:
        sent[key] = future.get(timeout=60).timestamp
    published = time.perf_counter() - begun
    ended = _outcomes(reader, set(sent))
    kinds: dict[str, int] = {}
    for _, topic in ended.values():
        kinds[topic] = kinds.get(topic, 0) + 1
    took = max(when for when, _ in ended.values()) - min(sent.values())
    return Ran(published, took, [when - sent[key] for key, (when, _) in ended.items()], kinds)


def _outcomes(reader: Any, wanted: set[bytes]) -> dict[bytes, tuple[int, str]]:
    ended: dict[bytes, tuple[int, str]] = {}
    for record in until(reader, lambda: len(ended), len(wanted)):
        if record.key in wanted:
            ended.setdefault(record.key, (record.timestamp, record.topic))
    return ended


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=0.0, help="articles a second; 0: at once")
    return parser.parse_args()


if __name__ == "__main__":
    main()
