"""`newswire streams`: the subjects that people follow, and whether their examples hold."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from schemas.topics import stream_topic_name
from streams.settings import Settings


def streams(
    check: Annotated[
        bool, typer.Option("--check", help="Run each stream's own examples; 1 if one fails.")
    ] = False,
) -> None:
    """List the streams."""
    from streams.examples import failures
    from streams.seeds import load_lexicon

    lexicon = load_lexicon(Settings().seeds)
    table = Table("stream", "title", "topic", "examples")
    failed = []
    for definition in lexicon.definitions:
        wrong = failures(definition, lexicon) if check else []
        failed += wrong
        count = str(len(definition.examples))
        state = f"[red]{len(wrong)} of {count} fail" if wrong else f"[green]{count} hold"
        table.add_row(
            definition.name,
            definition.title,
            stream_topic_name(definition.name),
            state if check else count,
        )
    console = Console()
    console.print(table)
    for problem in failed:
        console.print(f"[red]{problem}")
    if failed:
        raise typer.Exit(1)


command = streams
