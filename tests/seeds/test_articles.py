"""The demo feed is what its README says it is."""

import hashlib
import re
from pathlib import Path

import orjson
import pytest

from schemas.article import Article, BodyFormat, Status

ARTICLES = Path("seeds/articles")
LINES = (ARTICLES / "demo.jsonl").read_bytes().splitlines()
README = (ARTICLES / "README.md").read_text(encoding="utf-8")
PREFIX = "urn:newswire:demo:"


def readable() -> list[Article]:
    return [Article.model_validate_json(line) for line in LINES if line.endswith(b"}")]


def test_the_seed_page_is_as_it_was_received() -> None:
    page = (ARTICLES / "seed-page.txt").read_bytes()
    digest = "4e9d6afee4515f19a70bcb77b7dea85908179277079d0b43857d6d9adf7e3193"
    assert hashlib.sha256(page).hexdigest() == digest


def test_one_line_is_broken_and_all_others_are_articles_of_the_contract() -> None:
    assert len(readable()) == len(LINES) - 1
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(LINES[-1])


def test_no_line_says_more_than_the_contract_knows() -> None:
    for line in LINES[:-1]:
        assert set(orjson.loads(line)) <= set(Article.model_fields)


def test_every_item_says_where_it_comes_from() -> None:
    for article in readable():
        assert re.search(
            "^invented for the demo|public domain|Creative Commons Attribution 4.0",
            article.editor_note or "",
        ), article.uri


def test_the_readme_tells_of_every_item_and_of_no_other() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \|", README, flags=re.MULTILINE)
    uris = [article.uri for article in readable()] + [f"{PREFIX}northwire-cut-off"]
    assert [PREFIX + name for name in told] == list(dict.fromkeys(uris))


def test_the_feed_shows_every_way_an_article_can_go() -> None:
    articles = readable()
    by_uri: dict[str, list[Article]] = {}
    for article in articles:
        by_uri.setdefault(article.uri, []).append(article)
    assert {article.language for article in articles} >= {"ar", "en", "ru", "fr"}
    assert {article.body_format for article in articles} >= {BodyFormat.text, BodyFormat.html}
    assert {article.status for article in articles} == set(Status)
    assert {article.signal for article in articles} >= {"update", "correction"}
    assert sorted(len(versions) for versions in by_uri.values())[-3:] == [2, 2, 2]
    first, copy = (
        by_uri[PREFIX + name][0] for name in ("northwire-visa-talks", "harbour-visa-talks")
    )
    assert (first.headline, first.body) == (copy.headline, copy.body)
    assert first.wire != copy.wire


def test_versions_of_an_item_count_up() -> None:
    seen: dict[str, int] = {}
    for article in readable():
        assert (article.version or 1) > seen.get(article.uri, 0)
        seen[article.uri] = article.version or 1


def test_invented_items_arrive_in_the_order_of_their_times() -> None:
    times = [
        article.published_at
        for article in readable()
        if article.published_at and (article.editor_note or "").startswith("invented")
    ]
    assert times == sorted(times)
