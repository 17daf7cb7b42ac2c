"""`newswire enrich`: articles in, outcomes out, without Kafka."""

import sys
from typing import Annotated

import typer

from streams.cli.files import records
from streams.collector import spare_collector
from streams.settings import Settings


def enrich(
    files: Annotated[
        list[str] | None, typer.Argument(help="As for `publish`; standard input by default.")
    ] = None,
    dedup: Annotated[
        bool, typer.Option("--dedup/--no-dedup", help="Tell duplicates and versions.")
    ] = True,
) -> None:
    """Run the pipeline over files: one outcome a line, in the order of the input."""
    from streams.cli.offline import Offline, dumps
    from streams.seeds import load_lexicon

    settings = Settings()
    desk = Offline(load_lexicon(settings.seeds), settings, dedup)
    spare_collector()
    write = sys.stdout.buffer.write
    for path in files or ["-"]:
        for record in records(path, {}):
            write(dumps(desk.outcome(record.value)) + b"\n")
    sys.stdout.buffer.flush()


command = enrich
