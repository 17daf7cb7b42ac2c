"""Whether every article reached one outcome, and every topic ended as it should.

Pure: what was published, what lies on the topics and what the core makes of it go in,
findings come out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from benchmarks.chaos.calm import Calm, First, Second
from benchmarks.chaos.looking import (
    Finding,
    brief,
    difference,
    ends,
    last,
    passing,
    place_of,
    said_by,
    source_of,
)
from benchmarks.chaos.plain_rules import stories, taken, two_ways, withdrawn
from benchmarks.chaos.records import Logs, Published, Record
from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from schemas.topics import CANDIDATES, DEAD_LETTERS, DUPLICATES
from streams.settling import embargo_ms


def audit(
    published: Sequence[Published],
    logs: Logs,
    calm: Calm,
    ahead: Sequence[tuple[int, int]] = (),
) -> list[Finding]:
    """Everything that is not as promised.

    Args:
        published: what the broker confirmed.
        logs: every topic, whole.
        calm: what the core makes of the logs.
        ahead: from when to when, in milliseconds since 1970, a worker's clock was ahead; an
            embargo ends by the worker's clock, so none is judged then.
    """
    return [
        *taken(published, logs),
        *_first_outcomes(logs, calm.first),
        *_second_outcomes(logs, calm),
        *_strangers(logs, calm),
        *two_ways(logs),
        *_standing(calm),
        *_final_states(logs, calm.second),
        *_too_early(logs, calm, ahead),
        *withdrawn(published, logs),
        *stories(published, logs),
    ]


def compared(logs: Logs, calm: Calm) -> dict[str, int]:
    """How much was compared, by what it is."""
    return {
        "records of the input with an outcome": len(calm.first),
        "candidates with an outcome": len(calm.second),
        "records on consumers' topics, each told by the core": sum(
            len(logs[topic]) for topic in (*passing(logs), DUPLICATES.name)
        ),
        "keys with their last record, equal to the byte": sum(
            len(last(logs[topic])) for topic in passing(logs)
        ),
        "dead letters with their bytes": len(logs[DEAD_LETTERS.name]),
    }


def _first_outcomes(logs: Logs, first: Iterable[First]) -> Iterator[Finding]:
    letters = {source_of(record): record for record in logs[DEAD_LETTERS.name]}
    candidates = {_identity(candidate) for _, candidate in _candidates(logs)}
    duplicates = {(d["uri"], d["version"]) for d in map(said_by, logs[DUPLICATES.name])}
    for each in first:
        record, outcome = each.record, each.outcome.outcome
        place = place_of(record)
        if isinstance(outcome, Rejected):
            letter = letters.get((record.topic, record.partition, record.offset))
            if letter is None:
                yield Finding("no outcome", place, f"rejected, and no dead letter: {record.key!r}")
            elif (letter.key, letter.value) != (record.key, record.value):
                yield Finding("dead letter with other bytes", place_of(letter), place)
        elif isinstance(outcome, Candidate):
            if _identity_of(outcome) not in candidates:
                yield Finding("no outcome", place, f"no candidate of {record.key!r}")
        # A duplicate that comes a second time, after a crash, may be told as stale instead.
        elif (
            isinstance(outcome, DuplicateRecord)
            and (outcome.uri, outcome.version) not in duplicates
        ):
            yield Finding("no outcome", place, f"no duplicate of {record.key!r}")


def _second_outcomes(logs: Logs, calm: Calm) -> Iterator[Finding]:
    there = {(r.topic, r.key, r.value) for topic in ends(logs) for r in logs[topic]}
    last = {each.candidate.record.uri: each for each in calm.second if each.passes}
    for each in calm.second:
        uri = each.candidate.record.uri
        if each.until_ms and last.get(uri, each) is not each:
            continue  # under embargo a newer version takes its place
        for delivery in each.deliveries:
            if (delivery.topic, delivery.key, delivery.value) not in there:
                yield Finding(
                    "no outcome", place_of(each.record), f"{uri} is not on {delivery.topic}"
                )
    letters = {source_of(record) for record in logs[DEAD_LETTERS.name]}
    for record in calm.unreadable:
        if (record.topic, record.partition, record.offset) not in letters:
            yield Finding("no outcome", place_of(record), "no candidate, and no dead letter")


def _strangers(logs: Logs, calm: Calm) -> Iterator[Finding]:
    told = {(d.topic, d.key, d.value) for each in calm.second for d in each.deliveries}
    own = {(first.record.key or b"").decode("utf-8", "replace") for first in calm.first}
    for topic in ends(logs):
        for record in logs[topic]:
            if (topic, record.key, record.value) in told:
                continue
            said = said_by(record)
            # Repeats of their own uri are told by the first agent.
            if topic == DUPLICATES.name and said["duplicate"]["of"] == said["uri"] in own:
                continue
            yield Finding("told, and not by the core", place_of(record), brief(record))
    rejected = {
        (each.record.topic, each.record.partition, each.record.offset)
        for each in calm.first
        if isinstance(each.outcome.outcome, Rejected)
    } | {(r.topic, r.partition, r.offset) for r in calm.unreadable}
    for record in logs[DEAD_LETTERS.name]:
        if source_of(record) not in rejected:
            yield Finding("dead letter of what can be read", place_of(record), f"{record.key!r}")


def _standing(calm: Calm) -> Iterator[Finding]:
    """Of each uri the candidate that should stand in the end, and the one that does."""
    wanted: dict[str, Candidate] = {}
    for first in calm.first:
        for candidate in (first.outcome.outcome, first.again):
            if isinstance(candidate, Candidate) and candidate.duplicate.verdict != "stale":
                wanted[candidate.record.uri] = candidate
    found = {
        second.candidate.record.uri: second.candidate
        for second in calm.second
        if second.candidate.duplicate.verdict != "stale"
    }
    for uri in wanted.keys() | found.keys():
        one, other = _plain(wanted.get(uri)), _plain(found.get(uri))
        if one != other:
            yield Finding(
                "another version stands among the candidates", uri, difference(one, other)
            )


def _final_states(logs: Logs, second: Iterable[Second]) -> Iterator[Finding]:
    wanted: dict[tuple[str, bytes | None], bytes | None] = {}
    for each in second:
        if each.passes:
            wanted |= {(d.topic, d.key): d.value for d in each.deliveries}
    found = {
        (topic, key): record.value
        for topic in passing(logs)
        for key, record in last(logs[topic]).items()
    }
    for topic, key in wanted.keys() | found.keys():
        one, other = wanted.get((topic, key)), found.get((topic, key))
        if one != other:
            told = difference(*(orjson.loads(value or b"{}") for value in (one, other)))
            yield Finding("another final state", f"{topic} {key!r}", told)


def _too_early(logs: Logs, calm: Calm, ahead: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    until: dict[tuple[str, int], int] = {}
    for first in calm.first:
        candidate = first.outcome.outcome
        if isinstance(candidate, Candidate) and embargo_ms(candidate):
            until[candidate.record.uri, candidate.record.version] = embargo_ms(candidate)
    for topic in ends(logs):
        for record in logs[topic]:
            said = said_by(record)
            hour = until.get((said["uri"], said["version"]), 0)
            early = record.timestamp_ms < hour and (said.get("headline") or said.get("body"))
            if early and not any(begin <= record.timestamp_ms <= end for begin, end in ahead):
                seconds = (hour - record.timestamp_ms) / 1000
                yield Finding(
                    "before its hour", place_of(record), f"{said['uri']} by {seconds:.1f} s"
                )


def _candidates(logs: Logs) -> Iterator[tuple[Record, dict[str, Any]]]:
    for record in logs[CANDIDATES.name]:
        try:
            said = orjson.loads(record.value)
        except ValueError:
            continue
        yield record, said


def _identity(said: dict[str, Any]) -> tuple[object, ...]:
    record = said["record"]
    return (record["uri"], record["version"], said["fingerprint"], said["received_ms"])


def _identity_of(candidate: Candidate) -> tuple[object, ...]:
    record = candidate.record
    return (record.uri, record.version, candidate.fingerprint, candidate.received_ms)


def _plain(candidate: Candidate | None) -> dict[str, Any]:
    if candidate is None:
        return {}
    said: dict[str, Any] = orjson.loads(orjson.dumps(candidate))
    # Whether it was told again is how it came, not what stands.
    return {name: value for name, value in said.items() if name != "retold"}
