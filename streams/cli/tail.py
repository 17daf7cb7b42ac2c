"""`newswire tail`: read streams as they come."""

import sys
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import orjson
import typer
from kafka import TopicPartition
from rich.console import Console

from schemas.topics import ARTICLES, DEAD_LETTERS, DUPLICATES, ENRICHED, LINKS, stream_topic_name
from streams.cli.clients import consumer
from streams.cli.render import Renderer
from streams.cli.where import Where
from streams.errors import NewswireError
from streams.settings import Settings

NAMED = {
    "articles": ARTICLES.name,
    "enriched": ENRICHED.name,
    "duplicates": DUPLICATES.name,
    "links": LINKS.name,
    "dead-letters": DEAD_LETTERS.name,
}
PAUSE_SECONDS = 0.02


def tail(
    streams: Annotated[
        list[str],
        typer.Argument(help="Streams; or enriched, duplicates, links, dead-letters, articles."),
    ],
    from_beginning: Annotated[
        bool, typer.Option("--from-beginning", "-b", help="The same as --offset start.")
    ] = False,
    offset: Annotated[
        str, typer.Option(help="`start`, `end`, `-N` (the last N), or `@TIME` (RFC 3339).")
    ] = "end",
    where: Annotated[
        list[str] | None,
        typer.Option(
            help="`language=ru`, `wire=…`, `country=UA`, `entity=Q7747` or `day=2025-01-20`: "
            "a day that the article speaks of. All must hold."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON envelope a line, with topic and offset.")
    ] = False,
    count: Annotated[int | None, typer.Option("-n", help="Stop after so many.")] = None,
    exit_at_end: Annotated[
        bool, typer.Option("--exit", "-e", help="Stop at the end instead of waiting.")
    ] = False,
) -> None:
    """Show what comes out of streams."""
    wanted = Where.parse(where or [])
    topics = [topic_of(name) for name in streams]
    renderer = Renderer(Console())
    shown = 0
    for record in read(Settings(), topics, "start" if from_beginning else offset, exit_at_end):
        value = document(record.value)
        if not wanted.holds(value):
            continue
        if as_json:
            sys.stdout.buffer.write(orjson.dumps(envelope(record, value)) + b"\n")
            sys.stdout.buffer.flush()
        else:
            renderer.show(record.topic, value, dict(record.headers or ()))
        shown += 1
        if shown == count:
            return


def topic_of(name: str) -> str:
    """The topic behind a name: a stream's, one of the fixed ones, or a topic's own."""
    if name in NAMED:
        return NAMED[name]
    return name if name.startswith("news.") else stream_topic_name(name)


def read(settings: Settings, topics: list[str], offset: str, exit_at_end: bool) -> Iterator[Any]:
    """Records of the topics from `offset` on, as they come.

    Raises:
        NewswireError: no such topic, or an offset that is none.
    """
    with consumer(settings) as client:
        partitions = []
        known = client.topics()
        for topic in topics:
            if topic not in known:
                raise NewswireError(f"no topic {topic}; `newswire streams` lists the streams")
            numbers = client.partitions_for_topic(topic) or set()
            partitions += [TopicPartition(topic, number) for number in sorted(numbers)]
        client.assign(partitions)
        _seek(client, partitions, offset)
        ends = client.end_offsets(partitions) if exit_at_end else {}
        while not exit_at_end or any(client.position(tp) < ends[tp] for tp in partitions):
            # Not a longer poll: the embedded broker answers empty fetches at once, and the
            # client would ask thousands of times a second.
            polled = client.poll(timeout_ms=0)
            for records in polled.values():
                yield from records
            if not polled:
                time.sleep(PAUSE_SECONDS)


def envelope(record: Any, value: Any) -> dict[str, Any]:
    """A record with where it lies, as JSON."""
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": record.timestamp,
        "key": _text(record.key),
        "headers": {name: _text(text) for name, text in record.headers or ()},
        "value": value,
    }


def _seek(client: Any, partitions: list[TopicPartition], offset: str) -> None:
    if offset == "start":
        client.seek_to_beginning(*partitions)
    elif offset == "end":
        client.seek_to_end(*partitions)
    elif offset.startswith("@"):
        try:
            at = int(datetime.fromisoformat(offset[1:]).timestamp() * 1000)
        except ValueError:
            raise NewswireError(f"{offset} is no time: write @2026-01-31T10:00Z") from None
        ends = client.end_offsets(partitions)
        found = client.offsets_for_times(dict.fromkeys(partitions, at))
        for tp in partitions:
            client.seek(tp, found[tp].offset if found.get(tp) else ends[tp])
    elif offset.startswith("-") and offset[1:].isdigit():
        starts, ends = client.beginning_offsets(partitions), client.end_offsets(partitions)
        for tp in partitions:
            client.seek(tp, max(starts[tp], ends[tp] - int(offset[1:])))
    else:
        raise NewswireError(f"{offset} is no offset: write start, end, -10 or @2026-01-31T10:00Z")


def document(raw: bytes | None) -> Any:
    """A value as JSON; as text when it is none."""
    try:
        return orjson.loads(raw or b"null")
    except orjson.JSONDecodeError:
        return _text(raw)


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "backslashreplace")


command = tail
