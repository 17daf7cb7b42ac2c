"""The last stories that this worker delivered, for its live page."""

from collections import deque

from schemas.enriched import Enriched, Withdrawn

SHOWN = 200


class Live:
    """Newest first; a new version takes the place of the one before."""

    def __init__(self) -> None:
        self._shown: deque[Enriched | Withdrawn] = deque(maxlen=SHOWN)

    def show(self, record: Enriched | Withdrawn) -> None:
        """Adds a delivered article."""
        for earlier in self._shown:
            if earlier.uri == record.uri:
                self._shown.remove(earlier)
                break
        self._shown.appendleft(record)

    def stories(self) -> list[Enriched | Withdrawn]:
        """What to show, newest first."""
        return list(self._shown)
