"""`newswire trace` finds every record of an article, and says what became of it."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from schemas.topics import (
    ARTICLES,
    CANDIDATES,
    DEAD_LETTERS,
    DUPLICATES,
    ENRICHED,
    HELD_CHANGELOG,
    stream_topic_name,
)
from tests.integration.system import System, article, story, wait_until

pytestmark = pytest.mark.broker

ISOLATES = "\u2068\u2069"
STREAM = stream_topic_name("us-russia-relations")


def trace(system: System, uri: str, status: int = 0) -> list[tuple[str, str]]:
    """Topic and what is told of each record, in the order shown."""
    done = subprocess.run(
        [sys.executable, "-m", "streams.cli", "trace", uri],
        capture_output=True,
        text=True,
        check=False,
        env={**system.environment, "COLUMNS": "400"},
    )
    assert done.returncode == status, done.stderr
    if status:
        return [("", done.stderr)]
    shown = done.stdout.translate(dict.fromkeys(map(ord, ISOLATES)))
    rows = [line.split("│") for line in shown.splitlines() if "│" in line]
    return [(row[2].strip(), row[5].strip()) for row in rows]


def test_an_article_is_followed_over_its_versions_to_its_streams(system: System) -> None:
    key, first = story(95_001)
    second = {**json.loads(first), "version": 2, "signal": "correction", "headline": "Corrected"}
    system.publish([(key, first)])
    system.wait_for([key])
    late = {**json.loads(first), "version": 1, "body": "Something older than that."}
    system.publish([(key, json.dumps(second).encode()), (key, json.dumps(late).encode())])
    wait_until(lambda: system.outcomes()[key] == {"enriched", "duplicate"}, "the late version")

    rows = trace(system, key.decode())
    told = {topic: [what for where, what in rows if where == topic] for topic, _ in rows}
    uri = key.decode()
    assert told[ARTICLES.name] == [
        "published: usable",
        "published: usable · version 2",
        "published: usable · version 1",
    ]
    if not system.broker.embedded:  # which keeps no candidate for longer than seconds
        assert told[CANDIDATES.name][0] == "new · version 1"
    assert told[ENRICHED.name][0].startswith("enriched · new · version 1 · → ")
    assert told[ENRICHED.name][1].startswith(f"enriched · correction · after {uri}@1 · version 2")
    assert told[STREAM][0] == "enriched · new · version 1"
    assert told[DUPLICATES.name] == [f"duplicate · stale · of {uri} · version 1"]
    order = [topic for topic, _ in rows if topic != CANDIDATES.name]
    assert order[:2] == [ARTICLES.name, ENRICHED.name]


def test_a_rejected_one_is_found_by_the_uri_in_it_although_its_key_is_another(
    system: System,
) -> None:
    _, value = article("urn:test:trace:lost", body="A text.")
    system.publish([(b"another key", value)])
    wait_until(lambda: b"another key" in system.outcomes(), "the dead letter")
    rows = trace(system, "urn:test:trace:lost")
    assert [topic for topic, _ in rows] == [ARTICLES.name, DEAD_LETTERS.name]
    assert rows[1][1].startswith("rejected: decode: wrong_key: ")


def test_what_is_under_embargo_says_until_when(system: System) -> None:
    until = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)  # noqa: TID251
    key, value = story(95_002)
    held = {**json.loads(value), "embargoed_until": until.isoformat()}
    system.publish([(key, json.dumps(held).encode())])
    shown = f"under embargo until {until:%Y-%m-%d %H:%M:%S}.000Z"
    wait_until(lambda: (HELD_CHANGELOG.name, shown) in trace(system, key.decode()), shown)


def test_what_no_worker_has_taken_yet_says_so(system: System) -> None:
    key, value = story(95_003)
    system.stop_worker()
    system.publish([(key, value)])
    assert trace(system, key.decode()) == [(ARTICLES.name, "published: usable · not taken yet")]
    system.start_worker()
    system.wait_for([key])
    wait_until(lambda: "not taken" not in trace(system, key.decode())[0][1], "the commit")


def test_an_article_that_never_came_ends_with_status_one(system: System) -> None:
    ((_, said),) = trace(system, "urn:test:trace:never", status=1)
    assert "nothing of" in said
    assert "newswire topics" in said
