"""Articles with a right and with a wrong anchor: the wrong ones are doubted, the right ones not."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from schemas.article import Article
from schemas.enriched import Anchor
from streams.enrichment import enrich
from streams.lexicon import Lexicon

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in (HERE / name).read_bytes().splitlines()]


DOUBTED, RIGHT = rows("anchors.jsonl"), rows("anchors-right.jsonl")


def anchor(row: dict[str, Any], day: str, lexicon: Lexicon) -> Anchor:
    article = Article.model_validate(
        {
            "uri": row["id"],
            "wire": "test",
            "language": row["language"],
            "body": row["body"],
            "body_format": "text",
            "published_at": f"{day}T12:00:00Z",
        }
    )
    found = enrich(article, None, lexicon).anchor
    assert found is not None
    return found


@pytest.mark.parametrize("row", DOUBTED, ids=lambda row: row["id"])
def test_a_wrong_anchor_is_doubted_and_a_better_one_proposed(
    row: dict[str, Any], lexicon: Lexicon
) -> None:
    found = anchor(row, row["wrong"], lexicon)
    assert found.date == row["wrong"], "the publisher's word is never replaced"
    assert found.confidence == "low"
    assert len(found.evidence) > 1
    assert found.proposed == row["proposed"]


@pytest.mark.parametrize("row", DOUBTED + RIGHT, ids=lambda row: row["id"])
def test_a_right_anchor_is_not_doubted(row: dict[str, Any], lexicon: Lexicon) -> None:
    found = anchor(row, row["published"], lexicon)
    assert (found.confidence, found.proposed) == ("high", None)
    assert len(found.evidence) == 1
