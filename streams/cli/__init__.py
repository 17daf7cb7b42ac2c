"""The command `newswire`: one file a verb. Data on stdout, notes on stderr.

Exit status: 0 done, 1 it could not be done (the message says what to do), 2 wrong usage.
Each verb imports what it needs when it is called: `newswire tail` must not wait for the
gazetteer.
"""

import os
import sys
from typing import NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from streams.cli import (
    demo,
    enrich,
    explain,
    link,
    names,
    publish,
    replay,
    streams,
    tail,
    topics,
    trace,
    up,
    worker,
)
from streams.errors import NewswireError
from streams.settings import Settings, explained

app = typer.Typer(
    name="newswire",
    help="An event-driven stream processor for news wires.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for verb in (
    up,
    worker,
    publish,
    replay,
    tail,
    enrich,
    explain,
    streams,
    names,
    topics,
    trace,
    link,
    demo,
):
    app.command()(verb.command)


def main() -> None:
    """The entry point: errors of ours are one line, not a trace."""
    try:
        app()
    except NewswireError as error:
        _complain(str(error))
    except ValidationError as error:
        if error.title != Settings.__name__:
            raise
        _complain(explained(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # `newswire tail … | head`: whoever read us has enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _complain(message: str) -> NoReturn:
    Console(stderr=True, soft_wrap=True).print("[bold red]newswire:[/]", escape(message))
    sys.exit(1)
