"""What is broken: a Kafka, its disk and some workers; and what is done to them."""

import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.chaos.disk import Disk
from benchmarks.chaos.plan import Fault
from benchmarks.chaos.reading import members, set_back
from benchmarks.chaos.workers import Worker
from tools.kafka.children import Signals
from tools.kafka.node import Node

HALT_S = 30.0
"""How long a broker with a full disk may take to end."""
EMPTY_S = 30.0
"""How long a group may take to be empty: longer than a session."""
PULSE_S = (0.4, 0.2)
"""Of a slow broker: how long it stands still, and how long it works."""
CLOCK_S = 5.0
"""How long a clock is wrong."""


class Site:
    """All that faults are done to. Everything is started by `open`, and ended by `close`."""

    def __init__(
        self, node: Node, disk: Disk | None, workers: list[Worker], guest: Worker, signals: Signals
    ) -> None:
        self._node = node
        self._disk = disk
        self._workers = workers
        self._guest = guest
        self._signals = signals
        self.done = Counter[str]()
        self.notes: list[str] = []
        self.ahead: list[tuple[int, int]] = []
        """When a worker's clock was ahead, in milliseconds since 1970."""

    def do(self, fault: Fault) -> None:
        """Does it, and what is needed for work to go on."""
        worker = self._workers[fault.worker]
        acts: dict[str, Callable[[], None]] = {
            "kill": lambda: self._kill(worker),
            "terminate": lambda: self._terminate(worker),
            "zombie": lambda: self._zombie(worker, fault.seconds),
            "broker stopped": lambda: self._broker(self._node.stop, fault.seconds),
            "broker killed": lambda: self._broker(self._node.kill, fault.seconds),
            "rebalance": lambda: self._rebalance(fault.seconds),
            "clock": lambda: self._clock(worker, fault.seconds),
            "slow broker": lambda: self._slow(fault.seconds),
            "full disk": self._full,
            "group reset": lambda: self._reset(fault.seconds),
        }
        acts[fault.kind]()
        self.rest(fault.pause)

    def open(self) -> None:
        """Workers; the broker runs already."""
        for worker in self._workers:
            worker.start()

    def close(self) -> None:
        """Workers first: one without its broker takes long to end."""
        for worker in (*self._workers, self._guest):
            worker.thaw()
            worker.stop()
        if self._node.runs():
            self._node.stop()

    def rest(self, seconds: float) -> None:
        """Peace, in which workers that ended by themselves are started again."""
        end = time.monotonic() + seconds
        while not self._signals.first():
            for worker in self._workers:
                worker.tend()
            if time.monotonic() >= end:
                return
            time.sleep(min(0.5, max(0.0, end - time.monotonic())))

    def ready(self) -> bool:
        """Whether every worker works."""
        return all(worker.ready() for worker in self._workers)

    def deaths(self) -> int:
        """Workers that ended by themselves."""
        return sum(len(worker.deaths) for worker in (*self._workers, self._guest))

    def _count(self, what: str) -> None:
        self.done[what] += 1

    def _kill(self, worker: Worker) -> None:
        worker.kill()
        self._count("kill")
        worker.start()

    def _terminate(self, worker: Worker) -> None:
        self._count("terminate" if worker.stop() else "terminate, and killed after 30 s")
        worker.start()

    def _zombie(self, worker: Worker, seconds: float) -> None:
        worker.freeze()
        time.sleep(seconds)
        worker.thaw()
        self._count("zombie")

    def _broker(self, end: Callable[[], None], seconds: float) -> None:
        end()
        self.rest(seconds)
        self._node.start(self._signals)
        self._count("broker stopped" if end == self._node.stop else "broker killed")

    def _rebalance(self, seconds: float) -> None:
        self._guest.start()
        self.rest(seconds + 6.0)  # it reads its names first
        self._guest.stop()
        self._count("rebalance")

    def _clock(self, worker: Worker, seconds: float) -> None:
        begun = time.time_ns() // 1_000_000
        worker.set_clock(seconds)
        self.rest(CLOCK_S)
        worker.set_clock(0.0)
        if seconds > 0:
            self.ahead.append((begun, time.time_ns() // 1_000_000 + 1000))
        self._count("clock")

    def _slow(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._node.signal(signal.SIGSTOP)
            time.sleep(PULSE_S[0])
            self._node.signal(signal.SIGCONT)
            time.sleep(PULSE_S[1])
        self._count("slow broker")

    def _full(self) -> None:
        if self._disk is None:
            return
        self._disk.fill()
        halted = self._until(lambda: not self._node.runs(), HALT_S)
        self._node.kill()
        self._disk.free()
        self._node.start(self._signals)
        self._count("full disk" if halted else "full disk, and no halt")

    def _reset(self, seconds: float) -> None:
        for worker in self._workers:
            worker.stop()
        if self._until(lambda: not members(self._node.address), EMPTY_S):
            back = set_back(self._node.address, time.time_ns() // 1_000_000 - int(seconds * 1000))
            self._count("group reset")
            self.notes.append(f"group set back by {back:,} records")
        for worker in self._workers:
            worker.start()

    def _until(self, holds: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not (held := holds()) and time.monotonic() < end and not self._signals.first():
            time.sleep(0.2)
        return held


def make_workers(count: int, address: str, directory: Path) -> tuple[list[Worker], Worker]:
    """So many workers, and one more that comes and goes."""
    names = [f"worker-{number}" for number in range(1, count + 1)]
    return [Worker(name, address, directory) for name in names], Worker("guest", address, directory)
