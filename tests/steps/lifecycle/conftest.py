"""The words of all languages, and an article that has none of them."""

from typing import Any

import pytest

from schemas.article import Article
from streams.lexicon import Lexicon
from streams.steps.lifecycle import LifecycleRules


@pytest.fixture(scope="session")
def rules(lexicon: Lexicon) -> LifecycleRules:
    return lexicon.lifecycle


def an_article(**fields: Any) -> Article:
    return Article.model_validate(
        {"uri": "a", "wire": "w", "headline": "Ferry sinks", "body": "It sank.", **fields}
    )
