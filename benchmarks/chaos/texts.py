"""What the load is written from."""

from pathlib import Path

import orjson

from benchmarks.corpus import articles
from benchmarks.wire_edits import Originals, distinct


def originals(corpus: Path | None, seed: int) -> Originals:
    """Articles without end, from those of a directory, else from the sample articles."""
    texts = []
    for raw in articles(corpus):
        try:
            row = orjson.loads(raw)
        except orjson.JSONDecodeError:  # one of the samples is broken, on purpose
            continue
        texts.append((row.get("headline"), row.get("body") or ""))
    return Originals(distinct(texts), seed)
