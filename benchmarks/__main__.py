"""Times every step of the core over a corpus, on one core: article by article, and abreast."""

import sys
import time
from collections import defaultdict
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

import orjson
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.corpus import articles
from streams.abreast import abreast
from streams.collector import spare_collector
from streams.counting import stopwatch
from streams.pipeline import Arrival, processing
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

    records = [(raw, Arrival(_key(raw), number, 0)) for number, raw in enumerate(corpus)]
    size = Settings().batch_max
    steps: dict[tuple[str, str], list[float]] = defaultdict(list)
    rates: dict[str, list[float]] = defaultdict(list)
    # What is read for the first time in a process is dearer: its wordings are remembered.
    for way in ("first", *("alone", "abreast") * ROUNDS):
        note = partial(_note, steps, way)
        items = iter(track(records, way, console=notes))
        begun = time.perf_counter()
        while part := list(islice(items, 1 if way == "alone" else size)):
            made = (processing(*record, lambda _uri: None, lexicon) for record in part)
            abreast(made, stopwatch(note))
        rates[way].append(len(corpus) / (time.perf_counter() - begun))

    ways = ("alone", "abreast")
    table = Table("µs", *(f"{way}: {what}" for way in ways for what in ("median", "mean", "p99")))
    for step in dict.fromkeys(step for _, step in steps):
        table.add_row(step, *(f"{each:.0f}" for way in ways for each in _told(steps[way, step])))
    console.print(table)
    told = ", ".join(f"{median(each):,.0f} {way}" for way, each in rates.items())
    console.print(
        f"{len(corpus):,} articles, median {median(map(len, corpus)):,.0f} bytes; articles/s on "
        f"one core (median of {ROUNDS} rounds): {told}; seeds loaded in {loading:.2f} s"
    )


def _note(steps: dict[tuple[str, str], list[float]], way: str, step: str, took: float) -> None:
    steps[way, step].append(took * 1e6)


def _told(times: list[float]) -> tuple[float, float, float]:
    return median(times), sum(times) / len(times), quantiles(times, n=100)[98]


def _key(raw: bytes) -> bytes | None:
    return orjson.loads(raw).get("uri", "").encode() if raw[:1] == b"{" else None


main()
