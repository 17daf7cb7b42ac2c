"""Which broker a URL names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.broker import broker_of
from streams.broker.security import Security
from streams.errors import BrokerError
from streams.settings import Settings


@pytest.mark.parametrize(
    ("url", "address", "embedded"),
    [
        ("embedded", "127.0.0.1:19092", True),
        ("embedded://127.0.0.1:29092", "127.0.0.1:29092", True),
        ("embedded://localhost:29092/", "127.0.0.1:29092", True),
        ("kafka://kafka:9092", "kafka:9092", False),
        ("kafka://a.example.org:9092,[::1]:9093", "a.example.org:9092,[::1]:9093", False),
    ],
)
def test_a_url_names_one_broker(tmp_path: Path, url: str, address: str, embedded: object) -> None:
    broker = broker_of(url, tmp_path / "data")
    assert (broker.address, broker.embedded) == (address, embedded)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "kafka",
        "kafka://",
        "kafka://host",
        "kafka://user:secret@host:9092",
        "kafka://host:9092/topic",
        "embedded://0.0.0.0:9092",
        "embedded://127.0.0.1:0",
        "embedded://127.0.0.1:65536",
        "embedded://127.0.0.1",
        "host:9092",
    ],
)
def test_what_names_no_broker_is_refused_with_what_would(url: str) -> None:
    with pytest.raises(BrokerError, match="kafka://host:port"):
        broker_of(url, Path("unused"))


@given(st.text())
def test_any_text_names_a_broker_or_is_refused(url: str) -> None:
    try:
        broker_of(url, Path("unused"))
    except BrokerError as error:
        assert "@" in url or repr(url) in str(error)


def test_a_login_in_a_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(BrokerError, match="kafka://…@host:9092") as refused:
        broker_of("kafka://user:secr@t@host:9092", Path("unused"))
    assert "secr" not in str(refused.value)


def test_the_embedded_broker_refuses_what_it_cannot_do() -> None:
    with pytest.raises(BrokerError, match="unset NEWSWIRE_SECURITY_PROTOCOL"):
        broker_of("embedded", Path("unused"), Security(security_protocol="SSL"))
    assert broker_of("embedded", Path("unused"), Settings()).embedded
