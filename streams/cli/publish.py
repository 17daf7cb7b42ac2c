"""`newswire publish`: files onto the input topic."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from schemas.topics import ARTICLES
from streams.cli.clients import producer
from streams.cli.files import Record, records
from streams.settings import Settings


def publish(
    files: Annotated[
        list[str],
        typer.Argument(help="`.jsonl`, `.json`, `.txt` (a page's text), `.html`, or `-`."),
    ],
    uri: Annotated[str | None, typer.Option(help="Of a `.txt` or `.html` page.")] = None,
    wire: Annotated[str | None, typer.Option(help="Of a `.txt` or `.html` page.")] = None,
    published_at: Annotated[
        str | None, typer.Option(help="Of a `.txt` or `.html` page, RFC 3339.")
    ] = None,
) -> None:
    """Publish articles onto `news.articles.v1`."""
    settings = Settings()
    stated = {"uri": uri, "wire": wire, "published_at": published_at}
    given = {name: value for name, value in stated.items() if value is not None}
    notes = Console(stderr=True)
    _check_readable(files)
    published = send(settings, (record for path in files for record in records(path, given)), notes)
    notes.print(f"[bold green]{published:,}[/] published to {ARTICLES.name}")


def send(settings: Settings, outgoing: Iterable[Record], notes: Console) -> int:
    """Publishes, with a progress line; the number of records that the broker confirmed."""
    progress = Progress(
        SpinnerColumn(),
        TextColumn("publishing {task.completed:,}"),
        TaskProgressColumn(show_speed=True),
        TimeElapsedColumn(),
        console=notes,
        transient=True,
    )
    with producer(settings) as client, progress:
        futures = [
            client.send(ARTICLES.name, key=record.key, value=record.value)
            for record in progress.track(outgoing)
        ]
        client.flush()
        for future in futures:
            future.get(timeout=60)
    return len(futures)


def _check_readable(files: list[str]) -> None:
    missing = [path for path in files if path != "-" and not Path(path).is_file()]
    if missing:
        raise typer.BadParameter(f"no such file: {', '.join(missing)}")


command = publish
