"""Dead letters come back as they came, once each, and end as if they had come late."""

import json
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import orjson
import pytest
from kafka import KafkaProducer

from schemas import dead_letters
from schemas.outcomes import Rejected
from schemas.topics import ARTICLES, CANDIDATES, DEAD_LETTERS, DUPLICATES, ENRICHED
from streams.dead_letters import of_rejected
from streams.deliveries import Delivery, of_candidate
from streams.lexicon import Lexicon
from streams.pipeline import Arrival, process
from tests.integration.system import System, article, story, wait_until

pytestmark = pytest.mark.broker


def write(system: System, records: Iterable[Delivery]) -> None:
    producer = KafkaProducer(bootstrap_servers=system.broker.address, acks="all")
    for each in records:
        producer.send(
            each.topic, each.value, each.key, list(each.headers), partition=each.partition
        ).get(timeout=30)
    producer.close()


def letter(key: bytes, value: bytes, stage: str, place: tuple[str, int, int]) -> Delivery:
    """A letter as an earlier newswire left it, which could not read what this one can."""
    rejected = Rejected("rejected", None, stage, "internal_error", "KeyError: 'x'")
    own = (("traceparent", b"00-ab-cd-01"),)
    return of_rejected(rejected, source=place, key=key, value=value, headers=own)


def replay(system: System, *options: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "streams.cli", "replay", "--from", "dlq", *options],
        capture_output=True,
        text=True,
        check=False,
        env={**system.environment, "COLUMNS": "160"},
    )
    assert done.returncode == 0, done.stderr
    isolates = dict.fromkeys(map(ord, "\u2068\u2069"))  # around what a stranger may have sent
    return done.stdout.translate(isolates), done.stderr.translate(isolates)


def on(system: System, topic: str, key: bytes) -> list[Any]:
    return [record for record in system.read(topic) if record.key == key]


def test_a_letter_comes_back_with_its_bytes_key_partition_and_headers(system: System) -> None:
    key, value = story(90_001)
    write(system, [letter(key, value, "whole", (ARTICLES.name, 3, 7))])
    _, said = replay(system, "--stage", "whole")
    assert "1 replayed" in said
    assert "1 passed" in said
    (back,) = on(system, ARTICLES.name, key)
    assert (back.partition, back.value) == (3, value)
    assert dict(back.headers) == {"traceparent": b"00-ab-cd-01", dead_letters.TRIES: b"1"}
    wait_until(lambda: len(on(system, ENRICHED.name, key)) == 1, "the article")


def test_a_second_replay_does_nothing_unless_it_is_told_to(system: System) -> None:
    key, value = story(90_002)
    write(system, [letter(key, value, "twice", (ARTICLES.name, 0, 7))])
    assert "1 replayed" in replay(system, "--stage", "twice")[1]
    assert "nothing to replay" in replay(system, "--stage", "twice")[1]
    assert len(on(system, ARTICLES.name, key)) == 1
    assert "1 replayed" in replay(system, "--stage", "twice", "--again")[1]
    wait_until(lambda: len(on(system, DUPLICATES.name, key)) == 1, "the repeat")
    assert len(on(system, ENRICHED.name, key)) == 1


def test_what_was_left_by_a_filter_or_a_number_is_not_forgotten(system: System) -> None:
    keys = [story(number) for number in range(90_010, 90_020)]
    write(system, [letter(key, value, "some", (ARTICLES.name, 1, 7)) for key, value in keys])
    assert "3 replayed" in replay(system, "--stage", "some", "-n", "3")[1]
    assert "nothing" in replay(system, "--stage", "some", "--wire", "another")[1]
    assert "7 replayed" in replay(system, "--stage", "some", "--wire", "test")[1]
    for key, _ in keys:
        assert len(on(system, ARTICLES.name, key)) == 1


def test_a_dry_run_counts_and_changes_nothing(system: System) -> None:
    key, value = story(90_003)
    write(system, [letter(key, value, "dry", (ARTICLES.name, 0, 7))])
    shown, _ = replay(system, "--stage", "dry", "--dry-run")
    (line,) = [line for line in shown.splitlines() if "dry" in line]
    assert line.replace("│", " ").split() == [
        *("dry", "internal_error", ARTICLES.name),
        *("1", "0", "0", "0", "1"),
    ]
    assert on(system, ARTICLES.name, key) == []


def test_what_fails_again_is_a_new_letter_that_counts_its_tries(system: System) -> None:
    poison = article("urn:test:replay:poison", body="", wire="replay-poison")
    system.publish([poison])
    for tries in (1, 2):
        wait_until(lambda n=tries: len(on(system, DEAD_LETTERS.name, poison[0])) == n, "a letter")  # type: ignore[misc]
        _, said = replay(system, "--wire", "replay-poison")
        assert "1 replayed" in said
        assert "1 rejected again: decode: invalid" in said
        last = on(system, DEAD_LETTERS.name, poison[0])[-1]
        assert last.value == poison[1]
        assert dict(last.headers)[dead_letters.TRIES] == str(tries).encode()
    shown, _ = replay(system, "--wire", "replay-poison", "--dry-run")
    assert shown.splitlines()[3].replace("│", " ").split()[3:] == ["3", "2", "0", "2", "1"]


def test_an_article_whose_newer_version_came_meanwhile_ends_as_stale(system: System) -> None:
    key, old = story(90_004)
    new = json.dumps({**json.loads(old), "version": 2, "headline": "A newer one"}).encode()
    system.publish([(key, new)])
    system.wait_for([key])
    partition = on(system, ARTICLES.name, key)[0].partition
    write(system, [letter(key, old, "late", (ARTICLES.name, partition, 7))])
    assert "1 passed" in replay(system, "--stage", "late")[1]
    wait_until(lambda: len(on(system, DUPLICATES.name, key)) == 1, "the late version")
    (notice,) = on(system, DUPLICATES.name, key)
    assert json.loads(notice.value)["duplicate"]["verdict"] == "stale"
    assert json.loads(on(system, ENRICHED.name, key)[-1].value)["version"] == 2


def test_a_candidate_comes_back_to_its_place_unless_it_was_overtaken(
    system: System, lexicon: Lexicon
) -> None:
    def candidate(number: int) -> Delivery:
        key, raw = story(number)
        processed = process(raw, Arrival(key, 0, 1_700_000_000_000), lambda _: None, lexicon)
        return of_candidate(processed.outcome)  # type: ignore[arg-type]

    alone, overtaken = candidate(90_005), candidate(90_006)
    for each in (alone, overtaken):
        assert each.key is not None
        assert each.value is not None
        assert each.partition is not None
        place = (CANDIDATES.name, each.partition, 7)
        write(system, [letter(each.key, each.value, "judged", place)])
    key, raw = story(90_006)
    newer = orjson.dumps({**orjson.loads(raw), "version": 2, "headline": "A newer one"})
    system.publish([(key, newer)])
    system.wait_for([key])

    shown, _ = replay(system, "--stage", "judged", "--dry-run")
    assert shown.splitlines()[3].replace("│", " ").split()[3:] == ["2", "0", "1", "0", "1"]
    assert "1 passed" in replay(system, "--stage", "judged")[1]
    wait_until(lambda: len(on(system, ENRICHED.name, alone.key or b"")) == 1, "the article")
    assert [json.loads(each.value)["version"] for each in on(system, ENRICHED.name, key)] == [2]
