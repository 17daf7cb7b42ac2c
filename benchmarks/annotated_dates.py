"""Dates against the articles that people annotated: `tests/evaluation/dates/*.jsonl`.

    python -m benchmarks.annotated_dates [--errors]

Scored are annotated dates, times and intervals that name calendar days. One is found when a
date of ours overlaps it; right when that one begins in the same day, week, month … and is no
coarser; of an interval, both ends. What we find where nothing is annotated is invented.
Value F1 counts the right ones: among the annotated, and among ours.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from schemas.enriched import DateMention
from streams.seeds import load_lexicon
from streams.settings import ROOT, Settings
from streams.steps.dates import DateRules, find_dates
from streams.steps.dates.calendar import COARSENESS, precision_of, span_of

SETS = ROOT / "tests" / "evaluation" / "dates"
SCORED = ("date", "time", "interval")


@dataclass(slots=True)
class Score:
    """Counts over the articles of one language. `errors`: surface, annotated, ours."""

    annotated: int = 0
    found: int = 0
    right: int = 0
    ours: int = 0
    invented: int = 0
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def value_f1(self) -> float:
        """Harmonic mean of the shares that are right: of the annotated, and of ours."""
        return 2 * self.right / max(1, self.annotated + self.ours)


def score(path: Path, rules: DateRules) -> Score:
    """The whole of one set."""
    total = Score()
    for line in path.read_bytes().splitlines():
        _add(total, orjson.loads(line), rules)
    return total


def _add(total: Score, article: dict[str, Any], rules: DateRules) -> None:
    anchor = dt.date.fromisoformat(article["anchor"])
    found = find_dates(article["body"], "body", article["language"], anchor, rules)
    ours = [date for date in found if date.kind in SCORED]
    gold = [each for each in article["dates"] if each["kind"] in SCORED and _days(each["value"])]
    for each in gold:
        hits = [date for date in ours if _shared(date, each) > 0]
        best = max(hits, key=lambda date: _shared(date, each), default=None)
        right = best is not None and any(
            same(value, best.value or "") for value in (each["value"], *each["accept"])
        )
        total.annotated += 1
        total.found += best is not None
        total.right += right
        if not right:
            value = (best.value or "nothing") if best else "missed"
            total.errors.append((each["surface"], each["value"], value))
    for date in ours:
        counted = any(_shared(date, each) > 0 for each in gold)
        invented = not any(_shared(date, each) > 0 for each in article["dates"])
        total.ours += counted or invented
        total.invented += invented
        if invented:
            total.errors.append((date.surface, "nothing", date.value or "nothing"))


def same(annotated: str, ours: str) -> bool:
    """Whether a value of ours begins as the annotated one does, and is no coarser."""
    want, have = _days(annotated), _days(ours)
    if want is None or have is None:
        return False
    if "/" in annotated:
        return have[0] == want[0] and abs((have[1] - want[1]).days) <= 1
    first = precision_of(ours.partition("/")[0])
    exactly = precision_of(annotated)
    if first is None or exactly is None:
        return False
    return want[0] <= have[0] < want[1] and COARSENESS[first] <= COARSENESS[exactly]


def _days(value: str) -> tuple[dt.date, dt.date] | None:
    span = span_of(value)
    if span is None or span.begin is None:
        return None
    begin = dt.date.fromisoformat(span.begin)
    return begin, dt.date.fromisoformat(span.end) if span.end else dt.date.max


def _shared(date: DateMention, each: dict[str, Any]) -> int:
    return int(min(date.end, each["end"]) - max(date.start, each["start"]))


def rows(scores: dict[str, Score]) -> Iterator[tuple[str, ...]]:
    """A line of the table for each language."""
    for name, each in scores.items():
        yield (
            name,
            f"{each.annotated:,}",
            f"{each.found / max(1, each.annotated):.3f}",
            f"{each.right / max(1, each.found):.3f}",
            f"{each.invented}",
            f"{each.value_f1:.3f}",
        )


def main() -> None:
    """Prints a line for each language, and with `--errors` what went wrong."""
    rules = load_lexicon(Settings().seeds).dates
    scores = {path.stem: score(path, rules) for path in sorted(SETS.glob("*.jsonl"))}
    table = Table("set", "annotated", "found", "right of found", "invented", "value F1")
    for row in rows(scores):
        table.add_row(*row)
    Console().print(table)
    if "--errors" in sys.argv:
        for name, each in scores.items():
            for error in each.errors:
                sys.stdout.write("\t".join([name, *error]) + "\n")


if __name__ == "__main__":
    main()
