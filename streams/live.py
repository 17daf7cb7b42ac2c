"""The last stories that this worker delivered, for its live page."""

from dataclasses import replace

from schemas.enriched import Duplicate, Enriched, Withdrawn

SHOWN = 200


class Live:
    """A new version takes the place of the one before."""

    def __init__(self) -> None:
        self._shown: dict[str, Enriched | Withdrawn] = {}

    def show(self, record: Enriched | Withdrawn) -> None:
        """Adds a delivered article."""
        self._shown.pop(record.uri, None)
        self._shown[record.uri] = record
        if len(self._shown) > SHOWN:
            del self._shown[next(iter(self._shown))]

    def spread(self, duplicate: Duplicate) -> None:
        """Another outlet carries a story: it says which ones do by now."""
        record = self._shown.get(duplicate.story or "")
        if isinstance(record, Enriched):
            known = record.duplicate or Duplicate("new")
            told = replace(known, also_in=duplicate.also_in or known.also_in)
            self._shown[record.uri] = replace(record, duplicate=told)

    def stories(self) -> list[Enriched | Withdrawn]:
        """What to show, newest first."""
        return list(reversed(self._shown.values()))
