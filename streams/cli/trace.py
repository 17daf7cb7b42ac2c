"""`newswire trace`: where an article is, and what became of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from kafka import TopicPartition
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas import dead_letters
from schemas.topics import (
    APP_ID,
    ARTICLES,
    CANDIDATES,
    DEAD_LETTERS,
    DUPLICATES,
    ENRICHED,
    HELD_CHANGELOG,
    LINKS,
    stream_topic_name,
)
from streams.cli.clients import consumer
from streams.cli.progress import bar_on, watch_on
from streams.cli.reading import between, partitions_of, places
from streams.cli.render import isolated
from streams.cli.tail import document
from streams.errors import NewswireError
from streams.settings import Settings
from streams.steps.decode import uri_of

WAY = (ARTICLES, CANDIDATES, HELD_CHANGELOG, ENRICHED, DUPLICATES, DEAD_LETTERS, LINKS)
"""The topics in the order in which an article comes to them; its streams follow."""
BEFORE_STREAM, AFTER_STREAM = stream_topic_name("|").split("|")


def trace(
    uri: Annotated[str, typer.Argument(help="Of the article.")],
    offset: Annotated[
        str, typer.Option(help="`start`, `-N` (the last N of each partition), or `@TIME`.")
    ] = "start",
) -> None:
    """Show every record of an article, on whatever topic, oldest first."""
    with consumer(Settings(), APP_ID) as client:
        streams = [name for name in sorted(client.topics()) if name.startswith(BEFORE_STREAM)]
        topics = [*(topic.name for topic in WAY), *streams]
        partitions = partitions_of(client, topics)
        starts, ends = places(client, partitions, offset), client.end_offsets(partitions)
        total = sum(max(0, ends[tp] - start) for tp, start in starts.items())
        with bar_on(Console(stderr=True)) as bar:
            watched = watch_on(bar)(between(client, starts, ends), total, f"{len(topics)} topics")
            found = [record for record in watched if _is_of(uri, record)]
        found.sort(key=lambda record: (record.timestamp, topics.index(record.topic)))
        rows = [(record, _is_waiting(client, record)) for record in found]
    if not rows:
        raise NewswireError(
            f"nothing of {isolated(uri)} is here: it was not published, or Kafka has kept it no "
            "longer; `newswire topics` says how long that is"
        )
    table = Table("time", "topic", "partition", "offset", "what")
    for record, waiting in rows:
        what = " · ".join((*_told(record), *(("not taken yet",) if waiting else ())))
        place = (record.topic, str(record.partition), str(record.offset))
        table.add_row(_time(record.timestamp), *place, Text(what))
    Console().print(table)


def _is_of(uri: str, record: Any) -> bool:
    key = record.key or b""
    if record.topic == HELD_CHANGELOG.name:
        key = key.partition(b"/")[2]  # as streams.state writes it
    if key == uri.encode():
        return True
    # What was rejected for its key bears the uri all the same.
    lost = record.topic in (ARTICLES.name, DEAD_LETTERS.name)
    return lost and uri.encode() in (record.value or b"") and uri_of(record.value) == uri


def _is_waiting(client: Any, record: Any) -> bool:
    """Whether an agent has still to take it."""
    if record.topic not in (ARTICLES.name, CANDIDATES.name):
        return False
    done = client.committed(TopicPartition(record.topic, record.partition)) or 0
    return bool(record.offset >= done)


def _told(record: Any) -> Iterator[str]:
    """What the record says of the article, in a few words."""
    headers = {
        name: (text or b"").decode("utf-8", "replace") for name, text in record.headers or ()
    }
    value = document(record.value)
    if record.topic == DEAD_LETTERS.name:
        stage, reason = headers.get(dead_letters.STAGE), headers.get(dead_letters.REASON)
        yield f"rejected: {stage}: {reason}: {isolated(headers.get(dead_letters.MESSAGE, ''))}"
    elif record.topic == HELD_CHANGELOG.name:
        yield (
            "under embargo no longer"
            if value is None
            else (f"under embargo until {_time(value['until_ms'])}")
        )
    elif isinstance(value, dict):
        yield from _facts(record.topic, value)
    else:
        yield "no JSON"
    if tries := headers.get(dead_letters.TRIES):
        yield f"replay {isolated(tries)}"


def _facts(topic: str, value: dict[str, Any]) -> Iterator[str]:
    """Of an article, a candidate, an outcome or a link."""
    if topic == ARTICLES.name:
        yield f"published: {isolated(str(value.get('status') or 'usable'))}"
    elif "outcome" in value:
        yield str(value["outcome"])
    if topic == LINKS.name:
        yield f"told in {value['of_language']} by {isolated(value['of'])}"
    duplicate = value.get("duplicate") or {}
    if verdict := duplicate.get("verdict"):
        yield str(verdict)
    if earlier := duplicate.get("of") or duplicate.get("supersedes"):
        yield f"{'of' if duplicate.get('of') else 'after'} {isolated(earlier)}"
    version = value.get("record", value).get("version")
    if version is not None:
        yield f"version {isolated(str(version))}"
    for match in value.get("streams", ()) if topic == ENRICHED.name else ():
        yield f"→ {match['name']} {match['score']:.2f}"


def _time(milliseconds: int) -> str:
    at = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return at.isoformat(sep=" ", timespec="milliseconds").removesuffix("+00:00") + "Z"


command = trace
