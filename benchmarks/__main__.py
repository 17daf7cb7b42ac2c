"""Times every step of the core over a corpus, on one core."""

import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles

import orjson
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.corpus import articles
from streams.collector import spare_collector
from streams.pipeline import Arrival, process
from streams.seeds import load_lexicon
from streams.settings import Settings

ROUNDS = 3


def main() -> None:
    """Prints microseconds an article by step, and articles a second."""
    corpus = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    notes, console = Console(stderr=True), Console()
    started = time.perf_counter()
    lexicon = load_lexicon(Settings().seeds)
    spare_collector()  # as the worker does
    loading = time.perf_counter() - started

    steps: dict[str, list[float]] = defaultdict(list)
    rates, sizes = [], [len(raw) for raw in corpus]
    for turn in range(ROUNDS):
        begun = time.perf_counter()
        for number, raw in enumerate(track(corpus, f"round {turn + 1}", console=notes)):
            last = time.perf_counter()

            def lap(step: str) -> None:
                nonlocal last
                now = time.perf_counter()
                steps[step].append((now - last) * 1e6)
                last = now

            key = orjson.loads(raw).get("uri", "").encode() if raw[:1] == b"{" else None
            last = time.perf_counter()
            process(raw, Arrival(key, number, 0), lambda _uri: None, lexicon, lap)
        rates.append(len(corpus) / (time.perf_counter() - begun))

    table = Table("step", "median µs", "mean µs", "p99 µs", "share")
    total = sum(map(sum, steps.values()))
    for step, times in steps.items():
        cuts = quantiles(times, n=100)
        mean = sum(times) / len(times)
        share = f"{sum(times) / total:.0%}"
        table.add_row(step, f"{median(times):.0f}", f"{mean:.0f}", f"{cuts[98]:.0f}", share)
    console.print(table)
    console.print(
        f"{len(corpus):,} articles, median {median(sizes):,.0f} bytes; "
        f"{median(rates):,.0f} articles/s on one core (median of {ROUNDS} rounds); "
        f"seeds loaded in {loading:.2f} s"
    )


main()
