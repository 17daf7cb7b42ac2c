"""Articles from the input topic to what consumers read, through a real broker and worker."""

import json
from typing import Any

import pytest

from schemas import dead_letters
from schemas.topics import DEAD_LETTERS, DUPLICATES, ENRICHED, stream_topic_name
from tests.integration.system import System, article, story, wait_until

pytestmark = pytest.mark.broker

STREAM = stream_topic_name("us-russia-relations")


def values(system: System, topic: str, uri: str) -> list[dict[str, Any]]:
    return [json.loads(record.value) for record in system.read(topic) if record.key == uri.encode()]


def test_an_article_reaches_its_stream_with_reasons(system: System) -> None:
    system.publish([story(1)])
    system.wait_for([b"urn:test:story:1"])
    (on_stream,) = values(system, STREAM, "urn:test:story:1")
    (on_enriched,) = values(system, ENRICHED.name, "urn:test:story:1")
    assert on_stream == on_enriched
    (match,) = [each for each in on_stream["streams"] if each["name"] == "us-russia-relations"]
    assert match["why"]
    assert {"Q7747", "Q22686"} <= {entity["id"] for entity in on_stream["entities"]}


def test_an_exact_copy_of_another_wire_is_a_duplicate_of_the_first(system: System) -> None:
    _, value = story(2)
    copy = {**json.loads(value), "uri": "urn:test:copy", "wire": "other"}
    system.publish([story(2)])
    system.wait_for([b"urn:test:story:2"])
    system.publish([(b"urn:test:copy", json.dumps(copy).encode())])
    system.wait_for([b"urn:test:copy"])
    assert system.outcomes()[b"urn:test:copy"] == {"duplicate"}
    (notice,) = values(system, DUPLICATES.name, "urn:test:copy")
    assert notice["duplicate"]["verdict"] == "repeat"
    assert notice["duplicate"]["of"] == "urn:test:story:2"


def test_of_a_backlog_that_is_older_than_the_window_copies_are_found_as_they_were_then(
    system: System,
) -> None:
    long_ago_ms = 1_730_980_800_000
    uri, value = story(5)
    copy = {**json.loads(value), "uri": "urn:test:late-copy", "wire": "other"}
    system.publish([(uri, value)], timestamp_ms=long_ago_ms)
    system.wait_for([uri])
    system.publish(
        [(b"urn:test:late-copy", json.dumps(copy).encode())], timestamp_ms=long_ago_ms + 1000
    )
    system.wait_for([b"urn:test:late-copy"])
    (notice,) = values(system, DUPLICATES.name, "urn:test:late-copy")
    assert notice["duplicate"]["of"] == "urn:test:story:5"


def test_a_withdrawal_follows_the_article_everywhere_without_its_text(system: System) -> None:
    system.publish([story(3), article("urn:test:story:3", status="canceled", editor_note="KILL")])
    wait_until(lambda: len(values(system, STREAM, "urn:test:story:3")) == 2, "the withdrawal")
    for topic in (STREAM, ENRICHED.name):
        first, last = values(system, topic, "urn:test:story:3")
        assert first["outcome"] == "enriched"
        assert last["outcome"] == "withdrawn"
        assert "body" not in last
        assert "headline" not in last


def test_a_correction_reaches_a_stream_that_it_no_longer_matches(system: System) -> None:
    uri = "urn:test:corrected"
    _, value = story(4)
    first = {**json.loads(value), "uri": uri, "version": 1}
    second = {
        "version": 2,
        "signal": "correction",
        "headline": "Lisbon opens a tram line",
        "body": "The city of Lisbon opened a new tram line on Thursday.",
    }
    system.publish([(uri.encode(), json.dumps(first).encode()), article(uri, **second)])
    wait_until(lambda: len(values(system, STREAM, uri)) == 2, "the correction")
    corrected = values(system, STREAM, uri)[-1]
    assert corrected["duplicate"]["verdict"] == "correction"
    assert corrected["duplicate"]["supersedes"] == f"{uri}@1"
    assert corrected["streams"] == []


POISON = {
    "no JSON": (b"{no json", "not_json"),
    "an empty body": (article("urn:test:empty", body="")[1], "invalid"),
    "a lone surrogate": (b'{"uri":"u","wire":"w","body":"\\ud800"}', "not_json"),
    "a year 9999": (
        article("urn:test:9999", body="x", published_at="9999-12-31T00:00:00Z")[1],
        "invalid",
    ),
    "not UTF-8": (b'{"uri":"u","wire":"w","body":"\xff\xfe"}', "not_utf8"),
    "50 MB": (article("urn:test:large", body="x" * 50_000_000)[1], "too_large"),
    "mostly invisible": (
        article("urn:test:hidden", body="a\u200b\u202e\u200b" * 50)[1],
        "invisible",
    ),
    "nothing": (b"", "empty"),
}


@pytest.mark.parametrize("what", POISON)
def test_poison_is_a_dead_letter_with_its_bytes_and_the_partition_goes_on(
    system: System, what: str
) -> None:
    value, reason = POISON[what]
    key = b"urn:test:hidden" if what == "mostly invisible" else f"poison: {what}".encode()
    after = f"urn:test:after:{reason}:{len(value)}"
    system.publish([(key, value), article(after, body=f"Good news after {what}.")], partition=1)
    system.wait_for([key, after.encode()])
    assert system.outcomes()[after.encode()] == {"enriched"}
    (letter,) = [record for record in system.read(DEAD_LETTERS.name) if record.key == key]
    assert letter.value == value
    headers = dict(letter.headers)
    assert headers[dead_letters.REASON].decode() == reason
    assert headers[dead_letters.STAGE]
    assert headers[dead_letters.MESSAGE]
    assert headers[dead_letters.TOPIC] == b"news.articles.v1"


def test_what_was_consumed_is_the_sum_of_the_outcomes(system: System) -> None:
    system.publish([story(number) for number in range(100, 200)])
    system.wait_for(story(number)[0] for number in range(100, 200))

    def balanced() -> bool:
        return system.total("newswire_articles_consumed_total") == system.ended() >= 100

    wait_until(balanced, "consumed == sum of outcomes")


def test_health_tells_what_is_ready(system: System) -> None:
    assert system.get("/healthz")[0] == 200
    status, text = system.get("/readyz")
    assert status == 200
    assert "news.articles.v1/0" in json.loads(text)["assigned"]


def test_the_live_page_shows_the_last_stories(system: System) -> None:
    system.publish([story(300)])
    system.wait_for([b"urn:test:story:300"])
    assert "<title>newswire</title>" in system.get("/")[1]
    stories = json.loads(system.get("/stories")[1])
    assert "urn:test:story:300" in {each["uri"] for each in stories}
