"""Where articles end, read while they end."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self

from kafka import KafkaConsumer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from schemas.topics import DEAD_LETTERS, DUPLICATES, ENRICHED, MAX_MESSAGE_BYTES
from streams.cli.reading import partitions_of

ENDS = (ENRICHED.name, DUPLICATES.name, DEAD_LETTERS.name)
LOOK_SECONDS = 0.05
PATIENCE_SECONDS = 60.0
"""Without a new outcome for this long, the rest is counted as lost."""


def start_at_end(reader: Any, topics: Iterable[str] = ENDS) -> None:
    """From here on the reader sees what is new on the topics."""
    partitions = partitions_of(reader, topics)
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


class Ends:
    """Counts outcomes on a broker by the ends of its logs: nothing is read, so nothing is slowed.

    A duplicate, an enriched article and a dead letter are one record each while nothing is
    withdrawn, told again or delivered twice.
    """

    def __init__(self, address: str, topics: Iterable[str] = ENDS) -> None:
        self._reader = KafkaConsumer(
            bootstrap_servers=address, max_partition_fetch_bytes=MAX_MESSAGE_BYTES
        )
        self._partitions = partitions_of(self._reader, topics)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self._reader.close()

    @property
    def count(self) -> int:
        """Outcomes on the broker now."""
        return sum(self._reader.end_offsets(self._partitions).values())

    def wait(self, wanted: int) -> None:
        """Returns when there are as many.

        Raises:
            SystemExit: none came for three minutes; a contender must start, and read its data.
        """
        last, heard = self.count, time.monotonic()
        while last < wanted:
            time.sleep(LOOK_SECONDS)
            now = self.count
            if now != last:
                last, heard = now, time.monotonic()
            elif time.monotonic() - heard > 3 * PATIENCE_SECONDS:
                raise SystemExit(f"{last:,} of {wanted:,} outcomes, and no more for three minutes")
