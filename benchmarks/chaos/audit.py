"""Whether every article reached one outcome, and every topic ended as it should.

Pure: what was published, what lies on the topics and what the core makes of it go in,
findings come out. Rules that need no core stand beside those that do: a fault of the core
itself must not hide a lost article.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from benchmarks.chaos.calm import Calm, First, Second
from benchmarks.chaos.records import Logs, Published, Record
from schemas import dead_letters
from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from schemas.topics import ARTICLES, CANDIDATES, DEAD_LETTERS, DUPLICATES, ENRICHED
from streams.settling import embargo_ms

STREAM = "news.stream."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as promised: by which rule, where, and what was seen."""

    rule: str
    where: str
    seen: str


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
        *_taken(published, logs),
        *_first_outcomes(logs, calm.first),
        *_second_outcomes(logs, calm),
        *_strangers(logs, calm),
        *_two_ways(logs, calm),
        *_standing(calm),
        *_final_states(logs, calm.second),
        *_too_early(logs, calm, ahead),
        *_withdrawn(published, logs),
        *_stories(published, logs),
    ]


def compared(logs: Logs, calm: Calm) -> dict[str, int]:
    """How much was compared, by what it is."""
    return {
        "records of the input with an outcome": len(calm.first),
        "candidates with an outcome": len(calm.second),
        "records on consumers' topics, each told by the core": sum(
            len(logs[topic]) for topic in (*_passing(logs), DUPLICATES.name)
        ),
        "keys with their last record, equal to the byte": sum(
            len(_last(logs[topic])) for topic in _passing(logs)
        ),
        "dead letters with their bytes": len(logs[DEAD_LETTERS.name]),
    }


def _taken(published: Iterable[Published], logs: Logs) -> Iterator[Finding]:
    there = {(r.partition, r.offset): r for r in logs[ARTICLES.name]}
    for each in published:
        place = f"{ARTICLES.name}/{each.partition}@{each.offset}"
        record = there.get((each.partition, each.offset))
        if record is None or (record.key, record.value) != (each.planned.key, each.planned.value):
            yield Finding("confirmed by the broker, and not there", place, f"{each.planned.key!r}")


def _first_outcomes(logs: Logs, first: Iterable[First]) -> Iterator[Finding]:
    letters = {_source(record): record for record in logs[DEAD_LETTERS.name]}
    candidates = {_identity(candidate) for _, candidate in _candidates(logs)}
    duplicates = {(d["uri"], d["version"]) for d in map(_json, logs[DUPLICATES.name])}
    for each in first:
        record, outcome = each.record, each.outcome.outcome
        place = _place(record)
        if isinstance(outcome, Rejected):
            letter = letters.get((record.topic, record.partition, record.offset))
            if letter is None:
                yield Finding("no outcome", place, f"rejected, and no dead letter: {record.key!r}")
            elif (letter.key, letter.value) != (record.key, record.value):
                yield Finding("dead letter with other bytes", _place(letter), place)
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
    there = {(r.topic, r.key, r.value) for topic in _ends(logs) for r in logs[topic]}
    last = {each.candidate.record.uri: each for each in calm.second if each.passes}
    for each in calm.second:
        uri = each.candidate.record.uri
        if each.until_ms and last.get(uri, each) is not each:
            continue  # under embargo a newer version takes its place
        for delivery in each.deliveries:
            if (delivery.topic, delivery.key, delivery.value) not in there:
                yield Finding(
                    "no outcome", _place(each.record), f"{uri} is not on {delivery.topic}"
                )
    letters = {_source(record) for record in logs[DEAD_LETTERS.name]}
    for record in calm.unreadable:
        if (record.topic, record.partition, record.offset) not in letters:
            yield Finding("no outcome", _place(record), "no candidate, and no dead letter")


def _strangers(logs: Logs, calm: Calm) -> Iterator[Finding]:
    told = {(d.topic, d.key, d.value) for each in calm.second for d in each.deliveries}
    own = {(first.record.key or b"").decode("utf-8", "replace") for first in calm.first}
    for topic in _ends(logs):
        for record in logs[topic]:
            if (topic, record.key, record.value) in told:
                continue
            said = _json(record)
            # Repeats of their own uri are told by the first agent.
            if topic == DUPLICATES.name and said["duplicate"]["of"] == said["uri"] in own:
                continue
            yield Finding("told, and not by the core", _place(record), _brief(record))
    rejected = {
        (each.record.topic, each.record.partition, each.record.offset)
        for each in calm.first
        if isinstance(each.outcome.outcome, Rejected)
    } | {(r.topic, r.partition, r.offset) for r in calm.unreadable}
    for record in logs[DEAD_LETTERS.name]:
        if _source(record) not in rejected:
            yield Finding("dead letter of what can be read", _place(record), f"{record.key!r}")


def _two_ways(logs: Logs, calm: Calm) -> Iterator[Finding]:
    """Of a uri that only ever had one version, and so one outcome."""
    texts: dict[bytes | None, set[bytes]] = defaultdict(set)
    for first in calm.first:
        texts[first.record.key].add(first.record.value)
    outcomes: dict[bytes | None, set[str]] = defaultdict(set)
    for topic in (ENRICHED.name, DUPLICATES.name):
        for record in logs[topic]:
            said = _json(record)
            duplicate = said["duplicate"]
            if duplicate is not None and duplicate["of"] == said["uri"]:
                continue  # the same again
            verdict = duplicate["verdict"] if duplicate else None
            outcomes[record.key].add(
                f"{said['outcome']}: {verdict} of {(duplicate or {}).get('of')}"
            )
    for key, told in outcomes.items():
        if len(told) > 1 and len(texts[key]) == 1:
            yield Finding("told in two ways", f"{key!r}", " / ".join(sorted(told)))


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
                "another version stands among the candidates", uri, _difference(one, other)
            )


def _final_states(logs: Logs, second: Iterable[Second]) -> Iterator[Finding]:
    wanted: dict[tuple[str, bytes | None], bytes | None] = {}
    for each in second:
        if each.passes:
            wanted |= {(d.topic, d.key): d.value for d in each.deliveries}
    found = {
        (topic, key): record.value
        for topic in _passing(logs)
        for key, record in _last(logs[topic]).items()
    }
    for topic, key in wanted.keys() | found.keys():
        one, other = wanted.get((topic, key)), found.get((topic, key))
        if one != other:
            difference = _difference(*(orjson.loads(value or b"{}") for value in (one, other)))
            yield Finding("another final state", f"{topic} {key!r}", difference)


def _too_early(logs: Logs, calm: Calm, ahead: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    until: dict[tuple[str, int], int] = {}
    for first in calm.first:
        candidate = first.outcome.outcome
        if isinstance(candidate, Candidate) and embargo_ms(candidate):
            until[candidate.record.uri, candidate.record.version] = embargo_ms(candidate)
    for topic in _ends(logs):
        for record in logs[topic]:
            said = _json(record)
            hour = until.get((said["uri"], said["version"]), 0)
            early = record.timestamp_ms < hour and (said.get("headline") or said.get("body"))
            if early and not any(begin <= record.timestamp_ms <= end for begin, end in ahead):
                seconds = (hour - record.timestamp_ms) / 1000
                yield Finding(
                    "before its hour", _place(record), f"{said['uri']} by {seconds:.1f} s"
                )


def _withdrawn(published: Iterable[Published], logs: Logs) -> Iterator[Finding]:
    gone = {each.planned.key for each in published if each.planned.gone}
    enriched = _last(logs[ENRICHED.name])
    for key in gone - enriched.keys():
        yield Finding("no outcome", f"{key!r}", "withdrawn, and nobody was told")
    for topic in _passing(logs):
        for key, record in _last(logs[topic]).items():
            said = _json(record)
            if key in gone and (said["outcome"] != "withdrawn" or said.get("body")):
                yield Finding("withdrawn, and its text stands", _place(record), f"{key!r}")


def _stories(published: Iterable[Published], logs: Logs) -> Iterator[Finding]:
    """Of exact copies by several wires one is told, unless the story was told before."""
    stories: dict[str, set[bytes | None]] = defaultdict(set)
    for each in published:
        if each.planned.alike is not None:
            stories[each.planned.alike].add(each.planned.key)
    told = {record.key for record in logs[ENRICHED.name]}
    of = {record.key: _json(record)["duplicate"]["of"] for record in logs[DUPLICATES.name]}
    for story, keys in stories.items():
        passed = keys & told
        if len(passed) > 1:
            yield Finding("story told twice", story, f"{sorted(map(str, passed))}")
        elif not passed and {of.get(key, "").encode() for key in keys} <= keys:
            yield Finding("story lost", story, "every copy is a duplicate of another copy")


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


def _passing(logs: Logs) -> tuple[str, ...]:
    return (ENRICHED.name, *(topic for topic in logs if topic.startswith(STREAM)))


def _ends(logs: Logs) -> tuple[str, ...]:
    return (*_passing(logs), DUPLICATES.name)


def _last(records: Iterable[Record]) -> dict[bytes | None, Record]:
    return {record.key: record for record in records}


def _source(letter: Record) -> tuple[str, int, int]:
    said = dict(letter.headers)
    names = (dead_letters.TOPIC, dead_letters.PARTITION, dead_letters.OFFSET)
    topic, partition, offset = (said.get(name, b"-1").decode() for name in names)
    return topic, int(partition), int(offset)


def _json(record: Record) -> dict[str, Any]:
    said: dict[str, Any] = orjson.loads(record.value)
    return said


def _place(record: Record) -> str:
    return f"{record.topic}/{record.partition}@{record.offset}"


def _brief(record: Record) -> str:
    said = _json(record)
    return f"{said['uri']}@{said['version']} {said['outcome']} {said['duplicate']}"[:300]


def _plain(candidate: Candidate | None) -> dict[str, Any]:
    if candidate is None:
        return {}
    said: dict[str, Any] = orjson.loads(orjson.dumps(candidate))
    # Whether it was told again is how it came, not what stands.
    return {name: value for name, value in said.items() if name != "retold"}


def _difference(one: dict[str, Any], other: dict[str, Any]) -> str:
    if not one or not other:
        return "there is none" if one else "there should be none"
    names = (name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    name = min(names)
    if isinstance(one.get(name), dict) and isinstance(other.get(name), dict):
        return f"{name}: {_difference(one[name], other[name])}"
    return f"{name} should be {one.get(name)!r:.200}, and is {other.get(name)!r:.200}"
