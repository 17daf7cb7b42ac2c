"""Articles through a running newswire: `python -m benchmarks.load [--count N] [--rate R] CORPUS`.

Start `newswire up` before. Times are those that the broker's records carry: from an
article's own to that of the record it ended as.
"""

import argparse
import time
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
    sent: dict[bytes, int] = {}
    with consumer(settings) as reader, producer(settings) as writer:
        start_at_end(reader)
        begun = time.perf_counter()
        futures = []
        for number, (key, value) in enumerate(records):
            if options.rate:
                time.sleep(max(0.0, begun + number / options.rate - time.perf_counter()))
            futures.append((key, writer.send(ARTICLES.name, key=key, value=value)))
        writer.flush()
        for key, future in futures:
            sent[key] = future.get(timeout=60).timestamp
        published = time.perf_counter() - begun
        ended = _outcomes(reader, set(sent))
    first, last = min(sent.values()), max(when for when, _ in ended.values())
    waits = [when - sent[key] for key, (when, _) in ended.items()]
    cuts = quantiles(waits, n=1000)
    kinds: dict[str, int] = {}
    for _, topic in ended.values():
        kinds[topic] = kinds.get(topic, 0) + 1
    console.print(f"{len(records):,} published in {published:.1f} s")
    console.print(f"{len(ended):,} outcomes {kinds}")
    console.print(f"{1000 * len(ended) / (last - first):,.0f} articles/s from first in to last out")
    console.print(f"p50 {cuts[499]:.0f} ms, p99 {cuts[989]:.0f} ms, p99.9 {cuts[998]:.0f} ms")
    if len(ended) < len(records):
        console.print(f"[bold red]{len(records) - len(ended):,} without an outcome")
        raise SystemExit(1)


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
