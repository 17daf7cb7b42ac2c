"""`newswire tail`: read streams as they come."""

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from schemas.topics import ARTICLES, DEAD_LETTERS, DUPLICATES, ENRICHED, LINKS, stream_topic_name
from streams.cli.clients import consumer
from streams.cli.reading import between, onwards, partitions_of, places
from streams.cli.render import Renderer
from streams.cli.where import Where
from streams.settings import Settings

NAMED = {
    "articles": ARTICLES.name,
    "enriched": ENRICHED.name,
    "duplicates": DUPLICATES.name,
    "links": LINKS.name,
    "dead-letters": DEAD_LETTERS.name,
}


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
        partitions = partitions_of(client, topics)
        starts = places(client, partitions, offset)
        if exit_at_end:
            yield from between(client, starts, client.end_offsets(partitions))
        else:
            yield from onwards(client, starts)


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


def document(raw: bytes | None) -> Any:
    """A value as JSON; as text when it is none."""
    try:
        return orjson.loads(raw or b"null")
    except orjson.JSONDecodeError:
        return _text(raw)


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else raw.decode("utf-8", "backslashreplace")


command = tail
