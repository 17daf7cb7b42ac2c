"""How long a broker that is away is left alone between two tries."""

from collections.abc import Iterator

FIRST, LONGEST = 0.5, 30.0
"""Seconds."""


def pauses() -> Iterator[float]:
    """Twice as long each time, up to the longest; without end."""
    pause = FIRST
    while True:
        yield pause
        pause = min(2 * pause, LONGEST)
