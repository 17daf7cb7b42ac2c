"""The last stories that this worker delivered, for its live page."""

from collections import deque
from dataclasses import replace

from schemas.enriched import Duplicate, Enriched, Withdrawn

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

    def spread(self, duplicate: Duplicate) -> None:
        """Another outlet carries a story: it says which ones do by now."""
        for place, record in enumerate(self._shown):
            if record.uri == duplicate.story and isinstance(record, Enriched):
                known = record.duplicate or Duplicate("new")
                told = replace(known, also_in=duplicate.also_in or known.also_in)
                self._shown[place] = replace(record, duplicate=told)
                return

    def stories(self) -> list[Enriched | Withdrawn]:
        """What to show, newest first."""
        return list(self._shown)
