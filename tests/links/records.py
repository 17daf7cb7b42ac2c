"""Records as `news.enriched.v1` holds them, and an encoder that knows two made-up languages."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson

from streams.links.compare import Vector

TOPICS = ("flood", "strike", "election")
"""The fake encoder's dimensions: what a headline may name."""


class FakeEncoder:
    """A text's vector points at the topics that it names."""

    languages = frozenset(("qaa", "qab"))

    def encode(self, texts: Sequence[str]) -> Vector:
        rows = np.array([[word in text for word in TOPICS] for text in texts], np.float32)
        vectors: Vector = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return vectors


def enriched(uri: str, language: str = "qaa", verdict: str = "new", **fields: Any) -> bytes:
    """A delivered article; by default about the flood, with the number 35."""
    return orjson.dumps(
        {
            "outcome": "enriched",
            "uri": uri,
            "version": 1,
            "wire": "test",
            "headline": "flood",
            "body": "Of 35 villages.",
            "subjects": (),
            "status": "usable",
            "language": {"code": language, "confidence": 1.0},
            "removed": (),
            "entities": (),
            "dates": (),
            "duplicate": {"verdict": verdict},
            "streams": (),
            **dict.fromkeys(EMPTY),
            **fields,
        }
    )


def withdrawn(uri: str) -> bytes:
    """The withdrawal of an article."""
    return orjson.dumps(
        {
            "outcome": "withdrawn",
            "uri": uri,
            "version": 2,
            "wire": "test",
            "status": "canceled",
            "withdrawn_at": None,
            "editor_note": None,
            "duplicate": {"verdict": "withdrawn"},
        }
    )


def entity(qid: str | None) -> dict[str, Any]:
    """One entity of an article."""
    return {
        "id": qid,
        "name": "Somebody",
        "kind": "person",
        "countries": (),
        "salience": 1.0,
        "mentions": (),
    }


EMPTY = (
    *("url", "byline", "located", "slugline", "editor_note", "urgency", "version_created"),
    *("published_at", "embargoed_until", "expires", "signal", "anchor"),
)
