"""Where articles end, read while they end."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kafka import TopicPartition
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from schemas.topics import DEAD_LETTERS, DUPLICATES, ENRICHED

ENDS = (ENRICHED.name, DUPLICATES.name, DEAD_LETTERS.name)
PATIENCE_SECONDS = 60.0
"""Without a new outcome for this long, the rest is counted as lost."""


def start_at_end(reader: Any, topics: Iterable[str] = ENDS) -> None:
    """From here on the reader sees what is new on the topics."""
    partitions = [
        TopicPartition(topic, number)
        for topic in topics
        for number in reader.partitions_for_topic(topic) or ()
    ]
    reader.assign(partitions)
    reader.seek_to_end(*partitions)
    for partition in partitions:
        reader.position(partition)  # seeking is lazy; what is published must come after it


def until(reader: Any, done: Callable[[], int], total: int) -> Iterator[Any]:
    """Records until `done()` is `total`, or none came for a minute; with a progress bar."""
    progress = Progress(
        TextColumn("outcomes"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True)
    )
    with progress:
        task = progress.add_task("outcomes", total=total)
        heard = time.monotonic()
        while done() < total and time.monotonic() - heard < PATIENCE_SECONDS:
            for records in reader.poll(timeout_ms=200).values():
                heard = time.monotonic()
                yield from records
            progress.update(task, completed=done())
