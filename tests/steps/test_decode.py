"""Bytes to an article, or a clear reason why not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.errors import BadArticle
from streams.steps.decode import MAX_BYTES, decode, uri_of

GOOD = {"uri": "urn:a", "wire": "w", "body": "text"}


def reason(raw: bytes, key: bytes | None = b"urn:a") -> tuple[str, str]:
    with pytest.raises(BadArticle) as caught:
        decode(raw, key)
    assert caught.value.stage == "decode"
    return caught.value.reason, caught.value.detail


def with_fields(**fields: object) -> bytes:
    return json.dumps({**GOOD, **fields}).encode()


def test_an_article_is_read() -> None:
    assert decode(with_fields(), b"urn:a").uri == "urn:a"


def test_unknown_fields_are_tolerated_and_kept_out() -> None:
    article = decode(with_fields(mood="grim"), b"urn:a")
    assert not hasattr(article, "mood")


def test_no_json_is_told_from_bad_encoding() -> None:
    assert reason(b"{not json")[0] == "not_json"
    assert reason(b'{"uri": "\xff"}')[0] == "not_utf8"
    assert reason(b"")[0] == "empty"


def test_a_missing_field_is_named() -> None:
    assert reason(b'{"uri": "urn:a", "body": "x"}') == ("invalid", "wire: Field required")


def test_an_empty_body_is_refused() -> None:
    for body in ("", " \n\t", None):
        assert reason(with_fields(body=body))[0] == "invalid"


def test_a_canceled_article_needs_no_body() -> None:
    assert decode(with_fields(status="canceled", body=None), b"urn:a").body is None


def test_a_lone_surrogate_is_refused() -> None:
    assert reason(b'{"uri":"urn:a","wire":"w","body":"\\ud800"}')[0] == "not_json"


def test_fifty_megabytes_are_refused_without_being_parsed() -> None:
    what, detail = reason(b'{"body":"' + b"x" * (50 * 1024 * 1024))
    assert what == "too_large"
    assert f"{MAX_BYTES:,}" in detail


@pytest.mark.parametrize("year", ["9999", "0001", "1899", "2200"])
def test_a_year_that_means_never_is_refused(year: str) -> None:
    what, detail = reason(with_fields(published_at=f"{year}-06-01T00:00:00Z"))
    assert what == "invalid"
    assert "year" in detail


def test_a_time_without_an_offset_is_refused() -> None:
    assert reason(with_fields(published_at="2024-11-07T12:00:00"))[0] == "invalid"


def test_a_key_that_is_not_the_uri_is_refused() -> None:
    assert reason(with_fields(), None)[0] == "wrong_key"
    assert reason(with_fields(), b"urn:b")[0] == "wrong_key"


def test_json_nested_a_hundred_thousand_deep_is_refused() -> None:
    assert reason(b'{"a":' * 100_000)[0] == "not_json"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_reason(raw: bytes) -> None:
    try:
        decode(raw, b"urn:a")
    except BadArticle as bad:
        assert bad.stage
        assert bad.reason
        assert bad.detail


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["uri", "wire", "body", "version", "published_at", "status"]), x
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_is_read_or_refused_with_a_reason(document: object) -> None:
    raw = json.dumps(document).encode()
    uri_of(raw)
    try:
        decode(raw, b"urn:a")
    except BadArticle as bad:
        assert bad.reason
