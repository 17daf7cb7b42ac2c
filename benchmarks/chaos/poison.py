"""Records that are no articles, or hostile ones: each must end by itself, and stop nothing."""

from collections.abc import Callable

import orjson

Record = tuple[bytes | None, bytes]


def poison(number: int, uri: str) -> Record:
    """Key and value of one; by its number, one kind after the other."""
    kinds = list(KINDS.values())
    return kinds[number % len(kinds)](uri)


def _stated(uri: str, **fields: object) -> Record:
    return uri.encode(), orjson.dumps({"uri": uri, "wire": "poison", "body": "words", **fields})


def _broken(uri: str) -> Record:
    key, value = _stated(uri)
    return key, value[:-2]


def _wrong_key(uri: str) -> Record:
    return b"urn:another", _stated(uri)[1]


def _no_key(uri: str) -> Record:
    return None, _stated(uri)[1]


def _not_utf8(uri: str) -> Record:
    key, value = _stated(uri)
    return key, value.replace(b"words", b"\xff\xfe\x80 words")


def _deep(uri: str) -> Record:
    return uri.encode(), b"[" * 100_000


def _surrogate(uri: str) -> Record:
    return uri.encode(), b'{"uri": "%s", "wire": "\\ud800", "body": "\\udfff"}' % uri.encode()


KINDS: dict[str, Callable[[str], Record]] = {
    "broken JSON": _broken,
    "wrong key": _wrong_key,
    "no key": _no_key,
    "invalid UTF-8": _not_utf8,
    "nothing": lambda uri: (uri.encode(), b""),
    "no body": lambda uri: _stated(uri, body=" "),
    "too deep": _deep,
    "lone surrogates": _surrogate,
    "year 9999": lambda uri: _stated(uri, published_at="9999-12-31T00:00:00Z"),
    "a number as version": lambda uri: _stated(uri, version="latest"),
    "HTML bomb": lambda uri: _stated(uri, body="<div>" * 20_000 + uri, body_format="html"),
    "bidi and zero width": lambda uri: _stated(uri, body=f"\u202egnitset\u202c \u200b\u2066{uri}"),
    "too large": lambda uri: _stated(uri, body=f"{uri} " + "x" * 2_200_000),
}
"""What makes one of an uri, by its name. Those that can be read are enriched like others."""
