"""Entities: what a 4 KB article costs beside a plain scan, and what the names weigh.

    python -m benchmarks.entities CORPUS

The peer is `ahocorasick-rs` over the same patterns and the same folded text, and nothing
else: no folding, no capitals, nobody decides who is meant.
"""

import multiprocessing
import sys
import time
from pathlib import Path
from statistics import median

import ahocorasick_rs
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.corpus import chunks, microseconds
from benchmarks.processes import own_resident
from streams.seeds import entity_rows, forms_seeds, titles_seeds
from streams.seeds import gazetteer as load_gazetteer
from streams.settings import Settings
from streams.steps.entities import find_entities
from streams.steps.entities.hits import doubled, scan
from streams.steps.entities.patterns import patterns_of

ROUNDS = 9


def main() -> None:
    """Prints microseconds an article by language, then what the compiled names take to load."""
    seeds = Settings().seeds
    console = Console()
    gazetteer = load_gazetteer(seeds)
    rows = list(entity_rows(seeds))
    patterns = list(patterns_of(rows, forms_seeds(seeds), titles_seeds(seeds), gazetteer.folder))
    peer = ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    table = Table("language", "articles", "entities µs", "plain scan µs", "ratio", "mentions")
    for language, texts in track(
        list(chunks(Path(sys.argv[1])).items()), console=Console(stderr=True)
    ):
        folded = [doubled(scan(text, language, gazetteer).search) for text in texts]
        runs: list[tuple[float, float]] = []
        for _ in range(ROUNDS):
            ours = microseconds(lambda text: find_entities(None, text, language, gazetteer), texts)  # noqa: B023
            runs.append((ours, microseconds(peer.find_matches_as_indexes, folded)))
        found = [find_entities(None, text, language, gazetteer) for text in texts]
        mentions = sum(len(entity.mentions) for each in found for entity in each)
        table.add_row(
            language,
            str(len(texts)),
            f"{median(ours for ours, _ in runs):.0f}",
            f"{median(scan for _, scan in runs):.0f}",
            f"{median(ours / scan for ours, scan in runs):.2f}",
            f"{mentions / len(texts):.1f}",
        )
    console.print(table)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, megabytes = pool.apply(_load)
    console.print(
        f"{len(gazetteer.ids):,} entities, {len(patterns):,} forms; loaded in {seconds:.2f} s, "
        f"{megabytes:.0f} MB resident more than without"
    )


def _load() -> tuple[float, float]:
    """Seconds and megabytes that the compiled names take in a process of their own."""
    before = own_resident()
    start = time.perf_counter()
    gazetteer = load_gazetteer(Settings().seeds)
    seconds = time.perf_counter() - start
    assert gazetteer.ids
    return seconds, (own_resident() - before) / 1e6


if __name__ == "__main__":
    main()
