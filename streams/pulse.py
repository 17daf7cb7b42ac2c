"""Whether this process ran all the time: one that stood still may have been replaced meanwhile."""

import threading
import time
from collections.abc import Callable

from streams.errors import StoodStill

BEAT_SECONDS = 0.5


class Pulse:
    """Beats in a thread of its own: a long step in the event loop is no standstill.

    Kafka gives the partitions of a worker that is stopped, as a suspended machine is, to another
    one, and it does not know: when it wakes, what it has in hand was told by the other one long
    ago, and newer things since. `most`: seconds that it may stand still and surely keep them.
    """

    def __init__(self, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._last: float | None = None
        self._stood_still = 0.0

    def start(self) -> None:
        """Beats until the process ends."""
        threading.Thread(target=self._run, name="pulse", daemon=True).start()

    def beat(self) -> None:
        """The process runs at this moment."""
        now = self._clock()
        if self._last is not None and now - self._last > self._most:
            self._stood_still = now - self._last
        self._last = now

    def check(self) -> None:
        """Errors: `StoodStill`, from the first such time on."""
        self.beat()  # the thread may not have had its turn yet
        if self._stood_still:
            raise StoodStill(
                f"this worker stood still for {self._stood_still:.1f} s, so that another one may "
                "have its partitions: it ends, and what it had not finished is read again. Start "
                "it anew, as `newswire up` and Compose do by themselves."
            )

    def _run(self) -> None:
        while True:
            self.beat()
            time.sleep(BEAT_SECONDS)
