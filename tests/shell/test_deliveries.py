"""Where an outcome goes."""

import orjson
import pytest
from pydantic import ValidationError

from schemas import dead_letters
from schemas.enriched import Duplicate, Enriched, Language, StreamMatch, Withdrawn
from schemas.outcomes import Candidate, Rejected
from schemas.topics import CANDIDATES
from streams.agents.work import first_fault
from streams.dead_letters import of_rejected
from streams.deliveries import of_candidate, of_record, partition_of
from streams.settling import read_candidate

RECORD = Enriched(
    outcome="enriched",
    uri="urn:a",
    version=1,
    wire="w",
    headline=None,
    body="text",
    url=None,
    byline=None,
    located=None,
    slugline=None,
    editor_note=None,
    subjects=(),
    urgency=None,
    version_created=None,
    published_at=None,
    embargoed_until=None,
    expires=None,
    status="usable",
    signal=None,
    language=Language("en", 0.9),
    anchor=None,
    removed=(),
    entities=(),
    dates=(),
    duplicate=Duplicate("new"),
    streams=(StreamMatch("now", 0.9, ("because",)),),
)
CANDIDATE = Candidate(
    lane="en",
    fingerprint="abc",
    sketch="",
    corrects=False,
    duplicate=Duplicate("new"),
    streams_before=(),
    received_ms=1000,
    record=RECORD,
)
KNOWN = frozenset({"now", "before"})


def topics(record: Enriched | Withdrawn, before: tuple[str, ...]) -> list[str]:
    return [delivery.topic for delivery in of_record(record, before, KNOWN)]


def test_an_article_goes_to_its_streams_and_to_those_that_had_it_before() -> None:
    assert topics(RECORD, ("before",)) == [
        "news.enriched.v1",
        "news.stream.before.v1",
        "news.stream.now.v1",
    ]


def test_a_stream_whose_file_is_gone_gets_nothing() -> None:
    assert topics(RECORD, ("gone",)) == ["news.enriched.v1", "news.stream.now.v1"]


def test_a_withdrawal_goes_to_every_stream_that_had_the_article() -> None:
    withdrawn = Withdrawn(
        "withdrawn", "urn:a", 2, "w", "canceled", None, None, Duplicate("withdrawn")
    )
    assert topics(withdrawn, ("before", "now")) == [
        "news.enriched.v1",
        "news.stream.before.v1",
        "news.stream.now.v1",
    ]


def test_a_candidate_comes_back_from_its_bytes_as_it_was() -> None:
    delivery = of_candidate(CANDIDATE)
    assert read_candidate(delivery.value or b"") == CANDIDATE
    assert delivery.key == b"urn:a"
    assert delivery.partition == partition_of("en", CANDIDATES.partitions)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b'{"lane": secret}',
        b"\xffsecret",
        b"[" * 5_000,
        b'"secret"',
        b'{"lane": "secret"}',
        (of_candidate(CANDIDATE).value or b"").replace(b'"new"', b'"secret"'),
    ],
    ids=["nothing", "no JSON", "no UTF-8", "deep", "text", "another", "of a later version"],
)
def test_what_is_no_candidate_is_told_without_quoting_it(raw: bytes) -> None:
    with pytest.raises((orjson.JSONDecodeError, ValidationError)) as caught:
        read_candidate(raw)
    fault = first_fault(caught.value)
    assert fault
    assert "secret" not in fault


def test_a_language_keeps_its_partition_for_ever() -> None:
    assert [partition_of(lane, 4) for lane in ("ar", "en", "ru", "und")] == [3, 3, 2, 0]


def test_a_dead_letter_keeps_what_came_and_says_why() -> None:
    value = b"\xff\x00 not ours to change"
    letter = of_rejected(
        Rejected("rejected", None, "decode", "not_utf8", "lone \ud800 surrogate"),
        source=("news.articles.v1", 3, 41),
        key=b"key",
        value=value,
        headers=(("traceparent", b"00-1"), (dead_letters.REASON, b"of an earlier death")),
    )
    assert (letter.key, letter.value) == (b"key", value)
    headers = dict(letter.headers)
    assert len(headers) == len(letter.headers)
    assert headers["traceparent"] == b"00-1"
    assert headers["newswire-reason"] == b"not_utf8"
    assert headers["newswire-stage"] == b"decode"
    assert headers["__streams.errors.topic"] == b"news.articles.v1"
    assert headers["__streams.errors.partition"] == b"3"
    assert headers["__streams.errors.offset"] == b"41"
    assert headers["__streams.errors.message"] == rb"lone \ud800 surrogate"


def test_an_enriched_record_is_json() -> None:
    assert orjson.loads(of_record(RECORD, (), KNOWN)[0].value or b"")["uri"] == "urn:a"
