"""What goes wrong, and when: faults without end, from a seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

DECK = {
    "kill": 18,
    "terminate": 2,
    "zombie": 2,
    "broker stopped": 2,
    "broker killed": 3,
    "rebalance": 2,
    "clock": 2,
    "slow broker": 1,
    "full disk": 1,
    "group reset": 1,
}
"""Kinds, and how many of each are dealt before any comes again."""

JUMPS_S = (-3600.0, -60.0, -1.5, 1.5, 60.0, 1800.0)
"""Less than an hour ahead: Kafka refuses records that are further in the future."""

PAUSE_S = (1.0, 15.0)
"""Between two faults: some come while the one before is not over, some after work was done."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    `worker`: which, where it is one. `seconds`: how long it lasts, or of a clock how far it
    jumps. `pause`: seconds of peace after it.
    """

    kind: str
    worker: int
    seconds: float
    pause: float


def faults(seed: int, workers: int) -> Iterator[Fault]:
    """One after the other; the same for the same seed."""
    rng = Random(f"{seed}:faults")
    while True:
        deck = [kind for kind, times in DECK.items() for _ in range(times)]
        rng.shuffle(deck)
        for kind in deck:
            seconds = rng.choice(JUMPS_S) if kind == "clock" else _lasts(kind, rng)
            yield Fault(kind, rng.randrange(workers), seconds, rng.uniform(*PAUSE_S))


def _lasts(kind: str, rng: Random) -> float:
    low, high = {
        "zombie": (13.0, 18.0),  # longer than the session, or it would be a pause
        "broker stopped": (0.0, 5.0),
        "broker killed": (0.0, 5.0),
        "rebalance": (3.0, 10.0),
        "slow broker": (5.0, 12.0),
        "group reset": (30.0, 120.0),  # so far back
    }.get(kind, (0.0, 1.0))
    return rng.uniform(low, high)
