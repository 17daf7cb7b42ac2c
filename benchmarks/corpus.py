"""Articles to measure with: a directory of JSON Lines, or the sample articles."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from streams.settings import ROOT

BYTES = 4096
MOST = 150
"""Chunks of each language."""
SAMPLES = ROOT / "seeds" / "articles"


def articles(directory: Path | None) -> list[bytes]:
    """Every article of the corpus in the contract's form, in the order of its files."""
    if directory is None:
        return [line for line in (SAMPLES / "demo.jsonl").read_bytes().splitlines() if line]
    return [
        orjson.dumps(_article(path.stem, number, orjson.loads(line)))
        for path in sorted(directory.glob("*.jsonl"))
        for number, line in enumerate(path.read_bytes().splitlines())
    ]


def copies(originals: list[bytes], count: int) -> Iterator[tuple[bytes, bytes]]:
    """`count` different articles as key and value: each round has its own uris and first word."""
    for number in range(count):
        turn, index = divmod(number, len(originals))
        document = orjson.loads(originals[index])
        document["uri"] = f"{document['uri']}#{turn}"
        document["body"] = f"{turn} {document['body']}" if turn else document["body"]
        yield document["uri"].encode(), orjson.dumps(document)


def chunks(directory: Path) -> dict[str, list[str]]:
    """Texts of exactly 4 KB of UTF-8, by language."""
    bodies: dict[str, list[str]] = defaultdict(list)
    for path in sorted(directory.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            row = orjson.loads(line)
            bodies[row["lang"]].append(row["body"])
    return {
        language: [
            joined[start : start + BYTES].decode(errors="ignore")
            for start in range(0, min(len(joined), MOST * BYTES), BYTES)
        ]
        for language, texts in sorted(bodies.items())
        if (joined := "\n".join(texts).encode())
    }


def microseconds(act: Callable[[str], Any], texts: Sequence[str]) -> float:
    """What `act` takes for a text, on average."""
    start = time.perf_counter()
    for text in texts:
        act(text)
    return (time.perf_counter() - start) / len(texts) * 1e6


def _article(corpus: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    published = row.get("published_at")
    dated = {"published_at": f"{published[:10]}T12:00:00Z"} if published else {}
    return {
        "uri": f"urn:corpus:{corpus}:{number}",
        "wire": corpus,
        "headline": row.get("title") or None,
        "body": row["body"] or row.get("title") or "-",
        **dated,
    }
