"""Entities against the articles that people annotated: `tests/evaluation/entities/*.jsonl`.

    python -m benchmarks.annotated [--errors]

Counted by mention. Found: a mention that overlaps the annotated one. Precision: of ours, the
share that overlaps an annotated one. Linked: of annotated mentions with an id that we give an
id too, the share with the same one.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from streams import seeds
from streams.settings import ROOT, Settings
from streams.steps.entities import Gazetteer, find_entities

SETS = ROOT / "tests" / "evaluation" / "entities"


@dataclass(slots=True)
class Score:
    """Counts over the articles of one set."""

    annotated: int = 0
    found: int = 0
    ours: int = 0
    ours_right: int = 0
    with_id: int = 0
    linked: int = 0
    linked_right: int = 0
    errors: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Of the annotated mentions, the share that is found."""
        return self.found / max(1, self.annotated)

    @property
    def precision(self) -> float:
        """Of our mentions, the share that is annotated."""
        return self.ours_right / max(1, self.ours)

    @property
    def link_recall(self) -> float:
        """Of the annotated mentions with an id, the share that we give the same."""
        return self.linked_right / max(1, self.with_id)

    @property
    def link_precision(self) -> float:
        """Of those that we give any id, the share that is the same."""
        return self.linked_right / max(1, self.linked)


def score(path: Path, gazetteer: Gazetteer) -> Score:
    """The whole of one set."""
    total = Score()
    for line in path.read_bytes().splitlines():
        _add(total, orjson.loads(line), gazetteer)
    return total


def _add(total: Score, article: dict[str, Any], gazetteer: Gazetteer) -> None:
    entities = find_entities(None, article["body"], article["language"], gazetteer)
    ours = [(m.start, m.end, m.surface, e.id) for e in entities for m in e.mentions]
    gold = [
        (m["start"], m["end"], m["surface"], entity["id"])
        for entity in article["entities"]
        for m in entity["mentions"]
    ]
    total.annotated += len(gold)
    for start, end, surface, qid in gold:
        hits = [hit for hit in ours if hit[0] < end and start < hit[1]]
        total.found += bool(hits)
        if not hits:
            total.errors["missed", surface, qid or ""] += 1
        if qid is None:
            continue
        total.with_id += 1
        ids = {hit[3] for hit in hits if hit[3]}
        total.linked += bool(ids)
        total.linked_right += qid in ids
        if ids and qid not in ids:
            total.errors["other id", surface, f"{qid} {' '.join(sorted(ids))}"] += 1
    total.ours += len(ours)
    for start, end, surface, mine in ours:
        right = any(start < hit[1] and hit[0] < end for hit in gold)
        total.ours_right += right
        if not right:
            total.errors["nothing there", surface, mine or ""] += 1


def main() -> None:
    """Prints a line for each set, and with `--errors` what went wrong."""
    gazetteer = seeds.gazetteer(Settings().seeds)
    table = Table(
        "set", "mentions", "recall", "precision", "with id", "link recall", "link precision"
    )
    scores = {path.stem: score(path, gazetteer) for path in sorted(SETS.glob("*.jsonl"))}
    for name, each in scores.items():
        table.add_row(
            name,
            f"{each.annotated:,}",
            f"{each.recall:.3f}",
            f"{each.precision:.3f}",
            f"{each.with_id:,}",
            f"{each.link_recall:.3f}",
            f"{each.link_precision:.3f}",
        )
    Console().print(table)
    if "--errors" in sys.argv:
        for each in scores.values():
            for error, count in each.errors.most_common():
                sys.stdout.write("\t".join([str(count), *error]) + "\n")


if __name__ == "__main__":
    main()
