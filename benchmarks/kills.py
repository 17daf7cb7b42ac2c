"""How long a kill takes to every topic: `python -m benchmarks.kills [--rate R] CORPUS`.

Start `newswire up` before. Articles come at a steady rate; each second the wire kills one
that was delivered. Times are those that the broker's records carry.
"""

import argparse
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from rich.console import Console

from benchmarks.corpus import articles, copies
from benchmarks.ends import start_at_end, until
from schemas.topics import ARTICLES, ENRICHED, stream_topic_name
from streams.cli.clients import consumer, producer
from streams.seeds import stream_definitions
from streams.settings import Settings

LATEST = 400
NAMES = (b"Russia", b"United States", b"Biden", b"sanctions", b"Ukraine", b"NATO")


def main() -> None:
    """Publishes articles and kills, and prints how long the kills took."""
    options = _options()
    settings, console = Settings(), Console()
    names = (definition.name for definition in stream_definitions(settings.seeds))
    topics = (ENRICHED.name, *map(stream_topic_name, names))
    records = list(copies(articles(options.corpus), int(options.rate * options.seconds)))
    kills: dict[bytes, int] = {}
    with consumer(settings) as reader, producer(settings) as writer:
        start_at_end(reader, topics)
        begun, sent = time.perf_counter(), []
        for number, (key, value) in enumerate(records):
            time.sleep(max(0.0, begun + number / options.rate - time.perf_counter()))
            writer.send(ARTICLES.name, key=key, value=value)
            if number % int(options.rate) == 0 and number > 2 * options.rate:
                victim, text = _victim(records[: number - 2 * int(options.rate)])
                kill = writer.send(ARTICLES.name, key=victim, value=_kill(text))
                sent.append((victim, kill))
        writer.flush()
        for key, future in sent:
            kills[key] = future.get(timeout=60).timestamp
        had, withdrawn = _read(reader, kills)
    missed = [(key, topic) for key in kills for topic in had[key] - withdrawn[key].keys()]
    times = sorted(when - kills[key] for key in kills for when in withdrawn[key].values())
    reached = sum(map(len, withdrawn.values()))
    console.print(f"{len(kills)} kills among {len(records):,} articles at {options.rate:.0f}/s")
    console.print(f"{reached} topics reached, {len(missed)} that had the article were not")
    console.print(f"median {median(times):.0f} ms, slowest {times[-1]} ms")
    if missed:
        raise SystemExit(1)


def _read(
    reader: Any, kills: dict[bytes, int]
) -> tuple[dict[bytes, set[str]], dict[bytes, dict[str, int]]]:
    had: dict[bytes, set[str]] = defaultdict(set)
    withdrawn: dict[bytes, dict[str, int]] = defaultdict(dict)

    def finished() -> int:
        return sum(bool(withdrawn[key]) and had[key] <= withdrawn[key].keys() for key in kills)

    for record in until(reader, finished, len(kills)):
        if record.key in kills:
            if orjson.loads(record.value)["outcome"] == "withdrawn":
                withdrawn[record.key][record.topic] = record.timestamp
            else:
                had[record.key].add(record.topic)
    return had, withdrawn


def _victim(delivered: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    """One of the latest; best one that streams have."""
    latest = delivered[-LATEST:]
    return max(latest, key=lambda record: sum(name in record[1] for name in NAMES))


def _kill(value: bytes) -> bytes:
    article = orjson.loads(value)
    return orjson.dumps({"uri": article["uri"], "wire": article["wire"], "status": "canceled"})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rate", type=float, default=200.0, help="articles a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
