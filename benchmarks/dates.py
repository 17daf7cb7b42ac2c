"""Dates: what a 4 KB article costs, beside two peers on the same texts.

    python -m benchmarks.dates CORPUS

The language is not told: ours is identified first, and that is counted. `dateparser` looks for
it itself; `datefinder` knows English only. Peers are slow, so they read a few of the articles.
"""

import datetime as dt
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import datefinder
from dateparser.search import search_dates
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.corpus import chunks, microseconds
from streams.seeds import load_lexicon
from streams.settings import Settings
from streams.steps.dates import find_dates
from streams.steps.language import identify

ROUNDS = 9
PEERS_READ = 6
"""Articles a language: dateparser takes tens of milliseconds for each."""
ANCHOR = dt.date(2018, 10, 3)
"""A Wednesday of the weeks that most texts of the corpus are from."""


def main() -> None:
    """Prints microseconds an article by language."""
    warnings.simplefilter("ignore")  # the peers' own
    lexicon = load_lexicon(Settings().seeds)

    def ours(text: str) -> Sequence[Any]:
        language = identify(text, None, lexicon.languages).code
        return find_dates(text, "body", language, ANCHOR, lexicon.dates)

    def told(text: str) -> Sequence[Any]:
        return find_dates(text, "body", language, ANCHOR, lexicon.dates)

    table = Table(title="microseconds an article")
    for name in ("", "articles", "ours", "language known", "found", "dateparser", "datefinder"):
        table.add_column(name, justify="left" if name == "" else "right")
    for language, texts in track(
        list(chunks(Path(sys.argv[1])).items()), console=Console(stderr=True)
    ):
        runs = [(microseconds(ours, texts), microseconds(told, texts)) for _ in range(ROUNDS)]
        few = texts[:PEERS_READ]
        table.add_row(
            language,
            str(len(texts)),
            f"{median(whole for whole, _ in runs):.0f}",
            f"{median(alone for _, alone in runs):.0f}",
            f"{sum(len(told(text)) for text in texts) / len(texts):.1f}",
            f"{microseconds(lambda text: search_dates(text) or (), few):,.0f}",
            f"{microseconds(lambda text: list(datefinder.find_dates(text)), few):,.0f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
