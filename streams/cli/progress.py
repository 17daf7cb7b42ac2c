"""One look for every progress bar over records whose number is known."""

from collections.abc import Callable, Iterable
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Watch = Callable[[Iterable[Any], int, str], Iterable[Any]]
"""Passes records on, and shows how many of how many were, and what is done with them."""


def bar_on(notes: Console) -> Progress:
    """A bar that is gone when all is done."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=notes,
        transient=True,
    )


def watch_on(bar: Progress) -> Watch:
    """A `Watch` that is shown on the bar."""
    return lambda records, total, what: bar.track(records, total, description=what)
