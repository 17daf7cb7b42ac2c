"""How many articles may be rejected before going on does more harm than standing still.

One rule: more than a share of the last thousand. It needs no least number: while fewer came,
the others count as good, so that neither the first bad article of a day nor one bad batch
among good ones stops anything, and one article in a hundred never does, for however long.
"""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass

WINDOW = 1000
"""Articles that are looked back on."""
NAMED = 3
"""Causes and wires that are named."""
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Fault:
    """A rejected article: at which stage, why, and whose it says that it is, if it can be read."""

    stage: str
    reason: str
    wire: str | None


@dataclass(frozen=True, slots=True)
class Excess:
    """A budget that is spent: `rejected` of the last `seen` articles, where `most` are too many.

    `causes`, `wires`: the most frequent ones with their number, the first one leading.
    """

    rejected: int
    seen: int
    most: float
    causes: tuple[tuple[str, int], ...]
    wires: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return (
            f"{self.rejected:,} of its last {self.seen:,} articles were rejected, "
            f"where NEWSWIRE_REJECTED_MOST allows {self.most * WINDOW:,.0f} of {WINDOW:,}. "
            f"Most often: {_listed(self.causes)}; from: {_listed(self.wires)}"
        )


class Budget:
    """The last articles of one agent, and whether too many of them were rejected.

    `most`: the share of them that may be; 1 is never exceeded, 0 by the first.
    """

    def __init__(self, most: float) -> None:
        self._most = most
        self._last: deque[Fault | None] = deque(maxlen=WINDOW)
        self._rejected = 0

    def count(self, fault: Fault | None) -> None:
        """One more article; None is a good one."""
        if len(self._last) == WINDOW and self._last[0] is not None:
            self._rejected -= 1
        self._last.append(fault)
        self._rejected += fault is not None

    def excess(self) -> Excess | None:
        """What is too much; None while nothing is."""
        if self._rejected <= self._most * WINDOW:
            return None
        faults = [fault for fault in self._last if fault is not None]
        return Excess(
            self._rejected,
            len(self._last),
            self._most,
            _frequent(f"{fault.stage}: {fault.reason}" for fault in faults),
            _frequent(_shown(fault.wire) for fault in faults),
        )


def _frequent(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(names).most_common(NAMED))


def _shown(wire: str | None) -> str:
    # It is what a stranger sent, and goes to a terminal.
    return "a wire that cannot be read" if wire is None else ascii(wire[:LONGEST_NAME])


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({count:,})" for name, count in counts)
