"""Bytes to an article, or a clear reason why not."""

import orjson
from pydantic import ValidationError

from schemas.article import Article
from streams.errors import BadArticle

STAGE = "decode"
MAX_BYTES = 2 * 1024 * 1024
"""A novel weighs about 1 MB: what weighs more than this is an accident or an attack."""


def decode(raw: bytes, key: bytes | None) -> Article:
    """The article in `raw`; `key` is its record's key, which must be its uri.

    Raises:
        BadArticle: stage `decode`, reason one of `empty`, `too_large`, `not_utf8`,
            `not_json`, `invalid`, `wrong_key`.
    """
    if not raw:
        raise BadArticle(STAGE, "empty", "the record has no value")
    if len(raw) > MAX_BYTES:
        raise BadArticle(STAGE, "too_large", f"{len(raw):,} bytes; at most {MAX_BYTES:,} are read")
    try:
        article = Article.model_validate_json(raw)
    except ValidationError as error:
        raise _explained(raw, error) from None
    if key is None or key != article.uri.encode():
        # Versions of one uri must share a partition, or their order is lost.
        raise BadArticle(
            STAGE, "wrong_key", f"the record's key must be its uri, but is {key!r:.200}"
        )
    return article


def _explained(raw: bytes, error: ValidationError) -> BadArticle:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] != "json_invalid":
        where = ".".join(str(part) for part in first["loc"]) or "article"
        return BadArticle(STAGE, "invalid", f"{where}: {first['msg']}")
    try:
        raw.decode()
    except UnicodeDecodeError as wrong:
        return BadArticle(STAGE, "not_utf8", str(wrong))
    return BadArticle(STAGE, "not_json", first["msg"])


def uri_of(raw: bytes) -> str | None:
    """The uri that an unreadable article states, for the record of its failure."""
    return _stated(raw, "uri")


def wire_of(raw: bytes) -> str | None:
    """The wire that an unreadable article states."""
    return _stated(raw, "wire")


def _stated(raw: bytes, name: str) -> str | None:
    if len(raw) > MAX_BYTES:
        return None
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    value = document.get(name) if isinstance(document, dict) else None
    return value if isinstance(value, str) else None
