"""Runs a stream's own examples through the whole pipeline."""

from datetime import UTC, datetime

from schemas.article import Article
from schemas.stream import Example, StreamDefinition
from streams.enrichment import enrich
from streams.lexicon import Lexicon

ANY_DAY = datetime(2024, 11, 7, 12, tzinfo=UTC)
"""Streams do not look at dates; an article needs one all the same."""


def failures(definition: StreamDefinition, lexicon: Lexicon) -> list[str]:
    """A line for each example that does not turn out as the file says."""
    return [
        f"{definition.name}: should {'' if example.matches else 'not '}match: "
        f"{example.headline or example.body[:80]}"
        for example in definition.examples
        if matches(definition.name, example, lexicon) != example.matches
    ]


def matches(stream: str, example: Example, lexicon: Lexicon) -> bool:
    """Whether the example's text would reach the stream."""
    article = Article(
        uri="urn:newswire:example",
        wire="example",
        headline=example.headline,
        body=example.body,
        language=example.language,
        published_at=ANY_DAY,
    )
    return any(match.name == stream for match in enrich(article, None, lexicon).streams)
