"""Copies of one story at one moment: `python -m benchmarks.bursts [--count N] CORPUS`.

Start `newswire up` before, on an empty directory: the index remembers what it saw. Every story
comes from 2 to 6 wires at once, under as many uris and so over several partitions. Exactly one
copy must be enriched as new: of none the story is lost, of more it is doubled. What was taken
for an earlier story is no matter of bursts, and is counted apart.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import orjson
from rich.console import Console

from benchmarks.corpus import articles
from benchmarks.ends import start_at_end, until
from benchmarks.wire_edits import EDITS, Text, distinct, phrases_for
from schemas.topics import ARTICLES, DEAD_LETTERS
from streams.cli.clients import consumer, producer
from streams.settings import Settings

SLIGHT = ("byline", "quotes", "boilerplate")
"""Edits that leave no doubt that it is the same story."""
WIRES = 6
SEED = 1


def main() -> None:
    """Publishes the bursts, waits for every outcome, and prints what became of the stories."""
    options = _options()
    settings, console = Settings(), Console()
    rows = [orjson.loads(raw) for raw in articles(options.corpus)]
    texts = distinct((row["headline"], row["body"]) for row in rows)
    bursts = list(_bursts(texts, options.count))
    stories = {record["uri"]: story for story, burst in enumerate(bursts) for record in burst}
    with consumer(settings) as reader, producer(settings) as writer:
        start_at_end(reader)
        for burst in bursts:
            for record in burst:
                writer.send(ARTICLES.name, key=record["uri"].encode(), value=orjson.dumps(record))
            writer.flush()
        verdicts = _verdicts(reader, set(stories))

    new, other = Counter[int](), set[int]()
    for uri, (verdict, of) in verdicts.items():
        new[stories[uri]] += verdict == "new"
        if of is not None and stories.get(of) != stories[uri]:
            other.add(stories[uri])
    lost = sum(not new[story] and story not in other for story in range(len(bursts)))
    doubled = sum(new[story] > 1 for story in range(len(bursts)))
    missing = len(stories) - len(verdicts)
    counts = dict(Counter(verdict for verdict, _ in verdicts.values()))
    console.print(f"{len(stories):,} copies of {len(bursts):,} stories")
    console.print(f"verdicts {counts}, {missing:,} without an outcome")
    console.print(f"{lost:,} stories lost, {doubled:,} doubled, {len(other):,} taken for another")
    if lost or doubled or missing:
        raise SystemExit(1)


def _bursts(texts: Sequence[Text], count: int) -> Iterator[list[dict[str, Any]]]:
    rng = Random(SEED)
    # The texts as they are: renamed words would leave the language, and with it the log, open.
    for story, (headline, body) in enumerate(rng.sample(texts, min(count, len(texts)))):
        kinds = rng.choices(SLIGHT, k=rng.randrange(1, WIRES))
        copies = [body, *(EDITS[kind](body, phrases_for(body), rng) for kind in kinds)]
        rng.shuffle(copies)
        yield [
            {
                "uri": f"urn:burst:{story}:{number}",
                "wire": f"wire-{number}",
                "headline": headline,
                "body": copy,
            }
            for number, copy in enumerate(copies)
        ]


def _verdicts(reader: Any, wanted: set[str]) -> dict[str, tuple[str, str | None]]:
    verdicts: dict[str, tuple[str, str | None]] = {}
    for record in until(reader, lambda: len(verdicts), len(wanted)):
        uri = (record.key or b"").decode(errors="replace")
        if uri in wanted:
            verdicts.setdefault(uri, _verdict(record))
    return verdicts


def _verdict(record: Any) -> tuple[str, str | None]:
    if record.topic == DEAD_LETTERS.name or record.value is None:
        return "rejected", None
    duplicate = orjson.loads(record.value).get("duplicate") or {}
    supersedes = (duplicate.get("supersedes") or "").rpartition("@")[0]
    return str(duplicate.get("verdict")), duplicate.get("of") or supersedes or None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=1_000, help="stories")
    return parser.parse_args()


if __name__ == "__main__":
    main()
