"""The audit of `make chaos` finds whatever is taken away, added or changed, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from benchmarks.chaos.audit import audit
from benchmarks.chaos.calm import Calm, rehearse
from benchmarks.chaos.load import load
from benchmarks.chaos.looking import Finding
from benchmarks.chaos.records import Published, Record
from benchmarks.chaos.texts import originals
from schemas.outcomes import Rejected
from schemas.topics import (
    ARTICLES,
    CANDIDATES,
    DEAD_LETTERS,
    DUPLICATES,
    ENRICHED,
    stream_topic_name,
)
from streams.dead_letters import of_rejected
from streams.lexicon import Lexicon
from streams.settings import Settings
from tests.benchmarks.quiet import BEGIN_MS, Topics, Wire

STREAM = stream_topic_name("us-russia-relations")

Audit = Callable[[Topics], list[Finding]]


@pytest.fixture(scope="module")
def world(lexicon: Lexicon) -> tuple[Wire, list[Published]]:
    """Six hundred records of every kind, and what should come of them."""
    wire = Wire(lexicon)
    planned = list(load(originals(None, 5), 5, 60.0, BEGIN_MS, 600))
    return wire, wire.run(planned)


@pytest.fixture(scope="module")
def calm(world: tuple[Wire, list[Published]]) -> Calm:
    """What the core makes of the logs, as long as nobody tampers with them."""
    return world[0].calm()


@pytest.fixture
def topics(world: tuple[Wire, list[Published]]) -> Topics:
    """A copy to tamper with."""
    return {name: list(records) for name, records in world[0].topics.items()}


@pytest.fixture
def look(world: tuple[Wire, list[Published]], calm: Calm) -> Audit:
    """The audit of tampered topics."""
    wire, published = world

    def audited(topics: Topics) -> list[Finding]:
        logs = (ARTICLES.name, CANDIDATES.name)
        same = all(topics[name] == wire.topics[name] for name in logs)
        if same:
            return audit(published, topics, calm)
        made = rehearse(topics, wire.lexicon, Settings().new_index, lambda: None)
        return audit(published, topics, made)

    return audited


def rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


def one(records: list[Record], holds: Callable[[Record], bool]) -> int:
    """Where the first such record lies."""
    return next(place for place, record in enumerate(records) if holds(record))


def said(record: Record, field: str) -> object:
    return orjson.loads(record.value)[field]


def of_kind(world: tuple[Wire, list[Published]], kind: str) -> set[bytes | None]:
    return {each.planned.key for each in world[1] if each.planned.kind == kind}


def retold(record: Record, **fields: object) -> Record:
    return replace(record, value=orjson.dumps(orjson.loads(record.value) | fields))


def test_nothing_is_found_where_nothing_is_wrong(topics: Topics, look: Audit) -> None:
    assert look(topics) == []
    assert all(topics[name] for name in (DEAD_LETTERS.name, DUPLICATES.name, STREAM))


@pytest.mark.parametrize("topic", [ENRICHED.name, DUPLICATES.name, STREAM])
def test_an_outcome_that_is_removed_is_missed(topics: Topics, look: Audit, topic: str) -> None:
    alone = one(topics[topic], lambda r: sum(r.key == other.key for other in topics[topic]) == 1)
    removed = topics[topic].pop(alone)
    findings = look(topics)
    assert "no outcome" in rules(findings)
    assert any(removed.key is not None and removed.key.decode() in f.seen for f in findings)


def test_an_article_that_never_became_a_candidate_is_missed(topics: Topics, look: Audit) -> None:
    key = topics[CANDIDATES.name][7].key
    for name in (CANDIDATES.name, ENRICHED.name, DUPLICATES.name, STREAM):
        topics[name] = [record for record in topics[name] if record.key != key]
    assert "no outcome" in rules(look(topics))


def test_a_dead_letter_that_is_removed_is_missed(topics: Topics, look: Audit) -> None:
    topics[DEAD_LETTERS.name].pop()
    assert rules(look(topics)) == {"no outcome"}


def test_a_dead_letter_that_lost_a_byte_is_found(topics: Topics, look: Audit) -> None:
    letters = topics[DEAD_LETTERS.name]
    place = one(letters, lambda record: bool(record.value))
    letters[place] = replace(letters[place], value=letters[place].value[:-1])
    assert rules(look(topics)) == {"dead letter with other bytes"}


def test_a_dead_letter_of_a_good_article_is_found(topics: Topics, look: Audit) -> None:
    good = topics[ARTICLES.name][0]
    fault = Rejected("rejected", None, "decode", "invalid", "by mistake")
    source = (good.topic, good.partition, good.offset)
    letter = of_rejected(fault, source=source, key=good.key, value=good.value, headers=())
    there = Record(letter.topic, 0, 10_000, BEGIN_MS, letter.key, good.value, letter.headers)
    topics[DEAD_LETTERS.name].append(there)
    assert rules(look(topics)) == {"dead letter of what can be read"}


def test_a_record_that_the_broker_confirmed_and_lost_is_found(topics: Topics, look: Audit) -> None:
    topics[ARTICLES.name].pop(3)
    assert "confirmed by the broker, and not there" in rules(look(topics))


def test_a_changed_verdict_in_a_second_telling_is_found(
    topics: Topics, look: Audit, world: tuple[Wire, list[Published]]
) -> None:
    records = topics[ENRICHED.name]
    plain = of_kind(world, "plain")
    first = records[one(records, lambda r: r.key in plain)]
    duplicate = {**orjson.loads(first.value)["duplicate"], "verdict": "update"}
    records.append(retold(first, duplicate=duplicate))
    assert {"told in two ways", "told, and not by the core"} <= rules(look(topics))


def test_the_same_told_again_to_the_byte_is_no_finding(
    topics: Topics, look: Audit, world: tuple[Wire, list[Published]]
) -> None:
    plain = of_kind(world, "plain")
    records = topics[ENRICHED.name]
    records += [replace(r, offset=r.offset + 10_000) for r in records if r.key in plain]
    assert look(topics) == []


def test_an_older_version_that_stands_in_the_end_is_found(
    topics: Topics, look: Audit, world: tuple[Wire, list[Published]]
) -> None:
    versions = of_kind(world, "versions")
    records = topics[ENRICHED.name]
    old = one(
        records,
        lambda r: r.key in versions and any(r.key == o.key and r.value != o.value for o in records),
    )
    records.append(replace(records.pop(old), offset=10_000))
    assert "another final state" in rules(look(topics))


def test_a_version_lost_among_the_candidates_is_found(
    topics: Topics, look: Audit, world: tuple[Wire, list[Published]]
) -> None:
    anew = of_kind(world, "anew")
    records = topics[CANDIDATES.name]
    last = [place for place, record in enumerate(records) if record.key in anew][-1]
    key = records[last].key
    standing = [r for r in records if r.key == key and said(r, "retold") is False]
    topics[CANDIDATES.name] = [r for r in records if r.key != key or r is standing[0]]
    assert "another version stands among the candidates" in rules(look(topics))


def test_a_text_that_stands_after_its_withdrawal_is_found(
    topics: Topics, look: Audit, world: tuple[Wire, list[Published]]
) -> None:
    killed = of_kind(world, "killed")
    records = topics[ENRICHED.name]
    withdrawn = one(
        records,
        lambda r: (
            r.key in killed
            and said(r, "outcome") == "withdrawn"
            and any(r.key == o.key and said(o, "outcome") == "enriched" for o in records)
        ),
    )
    key = records[withdrawn].key
    topics[ENRICHED.name] = [r for r in records if r.key != key or said(r, "outcome") == "enriched"]
    assert "withdrawn, and its text stands" in rules(look(topics))


def test_a_withdrawal_that_nobody_was_told_is_found(topics: Topics, look: Audit) -> None:
    gone = topics[ENRICHED.name][
        one(topics[ENRICHED.name], lambda r: said(r, "outcome") == "withdrawn")
    ]
    topics[ENRICHED.name] = [r for r in topics[ENRICHED.name] if r.key != gone.key]
    assert Finding("no outcome", f"{gone.key!r}", "withdrawn, and nobody was told") in look(topics)


def test_an_embargo_that_ends_early_is_found(
    topics: Topics, look: Audit, world: tuple[Wire, list[Published]]
) -> None:
    embargoed = of_kind(world, "embargoed")
    records = topics[ENRICHED.name]
    place = one(records, lambda r: r.key in embargoed and said(r, "outcome") == "enriched")
    records[place] = replace(records[place], timestamp_ms=BEGIN_MS)
    assert rules(look(topics)) == {"before its hour"}


def test_an_embargo_is_not_judged_while_a_clock_was_ahead(
    topics: Topics, calm: Calm, world: tuple[Wire, list[Published]]
) -> None:
    embargoed = of_kind(world, "embargoed")
    records = topics[ENRICHED.name]
    place = one(records, lambda r: r.key in embargoed and said(r, "outcome") == "enriched")
    records[place] = replace(records[place], timestamp_ms=BEGIN_MS)
    assert audit(world[1], topics, calm, [(BEGIN_MS - 1, BEGIN_MS + 1)]) == []


def test_a_story_that_is_told_twice_is_found(
    topics: Topics, look: Audit, world: tuple[Wire, list[Published]]
) -> None:
    bursts = of_kind(world, "burst")
    copy = next(r for r in topics[DUPLICATES.name] if r.key in bursts)
    topics[ENRICHED.name].append(retold(topics[ENRICHED.name][0], uri=str(copy.key)))
    topics[ENRICHED.name][-1] = replace(topics[ENRICHED.name][-1], key=copy.key)
    assert "story told twice" in rules(look(topics))


def test_a_story_whose_every_copy_is_suppressed_is_found(
    topics: Topics, look: Audit, world: tuple[Wire, list[Published]]
) -> None:
    bursts = of_kind(world, "burst")
    topics[ENRICHED.name] = [r for r in topics[ENRICHED.name] if r.key not in bursts]
    assert "story lost" in rules(look(topics))


def test_the_load_is_the_same_for_the_same_seed() -> None:
    one_, other = (list(load(originals(None, 7), 7, 60.0, 0, 300)) for _ in range(2))
    assert one_ == other
    assert len({planned.number for planned in one_}) < len(one_), "some are sent twice"
    assert {planned.kind for planned in one_} >= {"poison", "burst", "aliased", "embargoed"}


def test_a_corpus_is_used_when_there_is_one(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    (tmp_path / "own.jsonl").write_bytes(orjson.dumps({"lang": "en", "body": words}))
    assert originals(tmp_path, 1)(0)[1].split() == words.split()
