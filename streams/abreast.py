"""Articles abreast: one step over all of them, then the next.

The code and tables of one step fit into a processor's nearest caches, those of all steps do
not: one article after the other, every step has to fetch its own again, and takes a third longer.
"""

from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

T = TypeVar("T")

Steps = Generator[str, None, T]
"""The way of one article: it names each step before it takes it, and returns what it made."""

Lap = Callable[[str], None]
"""Called with the name of each step as it ends, so that the shell can time it."""


def no_lap(_step: str) -> None:
    """Times nothing."""


def abreast(ways: Iterable[Steps[T]], lap: Lap = no_lap) -> list[T]:
    """What each of the ways returns, in their order. What one raises, this raises."""
    under_way = [(place, "", steps) for place, steps in enumerate(ways)]
    made: dict[int, T] = {}
    while under_way:
        waiting, under_way = under_way, []
        for place, step, steps in waiting:
            try:
                under_way.append((place, next(steps), steps))
            except StopIteration as end:
                made[place] = end.value
            if step:
                lap(step)
    return [made[place] for place in sorted(made)]


def alone(steps: Steps[T]) -> T:
    """What one way returns that nobody else goes."""
    (made,) = abreast([steps])
    return made
