"""`newswire topics`: every topic, what is on it and for how long."""

import sys
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from streams.settings import Settings


def topics(
    create: Annotated[bool, typer.Option("--create", help="Create what is missing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the topics, or create those that are missing."""
    from streams.broker import broker_of
    from streams.creating import create_topics, topics_of
    from streams.seeds import load_lexicon

    settings = Settings()
    lexicon = load_lexicon(settings.seeds)
    done: dict[str, str] = {}
    if create:
        done = create_topics(broker_of(settings.broker, settings.data, settings), lexicon)
    table = Table("topic", "what", "partitions", "cleanup", "days", *(["now"] if create else []))
    for topic in topics_of(lexicon):
        days = "for ever" if topic.retention_days is None else str(topic.retention_days)
        row = [topic.name, topic.description, str(topic.partitions), topic.cleanup, days]
        now = done.get(topic.name)
        if as_json:
            facts = dict(zip(("topic", "what", "partitions", "cleanup", "days"), row, strict=True))
            sys.stdout.buffer.write(orjson.dumps(facts | ({"now": now} if now else {})) + b"\n")
        else:
            table.add_row(*row, *([now] if now else []))
    if not as_json:
        Console().print(table)


command = topics
