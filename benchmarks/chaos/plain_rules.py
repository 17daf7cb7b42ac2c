"""The rules of the audit that need no core: a fault of the core must not hide a lost article."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from benchmarks.chaos.looking import Finding, last, passing, place_of, said_by
from benchmarks.chaos.records import Logs, Published
from schemas.topics import ARTICLES, DUPLICATES, ENRICHED


def taken(published: Iterable[Published], logs: Logs) -> Iterator[Finding]:
    """What the broker confirmed is there."""
    there = {(r.partition, r.offset): r for r in logs[ARTICLES.name]}
    for each in published:
        place = f"{ARTICLES.name}/{each.partition}@{each.offset}"
        record = there.get((each.partition, each.offset))
        if record is None or (record.key, record.value) != (each.planned.key, each.planned.value):
            yield Finding("confirmed by the broker, and not there", place, f"{each.planned.key!r}")


def two_ways(logs: Logs) -> Iterator[Finding]:
    """Of a uri that only ever had one version, and so one outcome."""
    texts: dict[bytes | None, set[bytes]] = defaultdict(set)
    for article in logs[ARTICLES.name]:
        texts[article.key].add(article.value)
    outcomes: dict[bytes | None, set[str]] = defaultdict(set)
    for topic in (ENRICHED.name, DUPLICATES.name):
        for record in logs[topic]:
            said = said_by(record)
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


def withdrawn(published: Iterable[Published], logs: Logs) -> Iterator[Finding]:
    """What ends withdrawn does so on every topic, without text."""
    gone = {each.planned.key for each in published if each.planned.gone}
    enriched = last(logs[ENRICHED.name])
    for key in gone - enriched.keys():
        yield Finding("no outcome", f"{key!r}", "withdrawn, and nobody was told")
    for topic in passing(logs):
        for key, record in last(logs[topic]).items():
            said = said_by(record)
            if key in gone and (said["outcome"] != "withdrawn" or said.get("body")):
                yield Finding("withdrawn, and its text stands", place_of(record), f"{key!r}")


def stories(published: Iterable[Published], logs: Logs) -> Iterator[Finding]:
    """Of exact copies by several wires one is told, unless the story was told before."""
    copies: dict[str, set[bytes | None]] = defaultdict(set)
    for each in published:
        if each.planned.alike is not None:
            copies[each.planned.alike].add(each.planned.key)
    told = {record.key for record in logs[ENRICHED.name]}
    of = {record.key: said_by(record)["duplicate"]["of"] for record in logs[DUPLICATES.name]}
    for story, keys in copies.items():
        passed = keys & told
        if len(passed) > 1:
            yield Finding("story told twice", story, f"{sorted(map(str, passed))}")
        elif not passed and {(of.get(key) or "").encode() for key in keys} <= keys:
            yield Finding("story lost", story, "every copy is a duplicate of another copy")
