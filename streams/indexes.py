"""The near-duplicate index of each partition, with its changelog on the broker."""

from collections.abc import Callable

import structlog

from schemas.topics import Topic
from streams.changelogs import Changelogs
from streams.deliveries import Delivery
from streams.state import scoped
from streams.steps.duplicates import Index, UnreadableRows

log = structlog.get_logger(__name__)


class Indexes:
    """The near-duplicate index of each partition."""

    def __init__(
        self, changelogs: Changelogs, changelog: Topic, source: Topic, new: Callable[[], Index]
    ) -> None:
        self.name = changelogs.keep(changelog, source, self)
        self._changelog = changelog.name
        self._new = new
        self._indexes: dict[int, Index] = {}

    def __len__(self) -> int:
        return sum(map(len, self._indexes.values()))

    def __getitem__(self, partition: int) -> Index:
        index = self._indexes.get(partition)
        if index is None:
            index = self._indexes[partition] = self._new()
        return index

    def apply(self, partition: int, key: bytes, value: bytes | None) -> None:
        """As `Keeper` says. A deleted record was read before, and expires by its age."""
        if value is None:
            return
        try:
            self[partition].load(int(key.partition(b"/")[2]), value)
        except (UnreadableRows, ValueError) as error:
            # Of a later or earlier newswire: copies of those articles will pass as new.
            log.warning("index record cannot be read", key=repr(key), error=str(error))

    def clear(self) -> None:
        """As `Keeper` says."""
        self._indexes.clear()

    def save(self, now_ms: int) -> list[Delivery]:
        """What changed since the last call, to be delivered; forgets what left the window.

        The window ends at the partition's latest article, so that of a backlog nothing leaves it
        before the next article is read; but not later than now, if a publisher's clock is ahead.
        """
        records = []
        for partition, index in self._indexes.items():
            saved = index.save()
            if saved is not None:
                records.append(self._record(partition, *saved))
            gone = index.expire(min(index.latest_ms, now_ms))
            records += [self._record(partition, number, None) for number in gone]
        return records

    def _record(self, partition: int, number: int, value: bytes | None) -> Delivery:
        key = scoped(partition, str(number).encode())
        return Delivery(self._changelog, key, value, partition)
