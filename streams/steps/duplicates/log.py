"""The index's rows in order, and how they come to a changelog and back."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from streams.bloom import Hashes
from streams.steps.duplicates.rows import pack_rows, received_ms


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows of one changelog record: the number of the first one, how many, the newest's time."""

    first: int
    count: int
    newest_ms: int


class Log:
    """Packed rows, numbered from 1 on for as long as the changelog lives.

    `latest_ms`: when the latest of those that were saved or loaded came; 0 before the first.
    """

    def __init__(self) -> None:
        self.first = 1
        self.latest_ms = 0
        self._rows: list[bytes] = []
        self._pending: list[tuple[bytes, Hashes]] = []
        self._segments: deque[Segment] = deque()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def nbytes(self) -> int:
        """Bytes of the rows, without Python's own for each object."""
        return sum(map(len, self._rows))

    def __getitem__(self, number: int) -> bytes | None:
        """The row; None where there is none, or none any more."""
        place = number - self.first
        return self._rows[place] or None if 0 <= place < len(self._rows) else None

    def append(self, row: bytes, keys: Hashes) -> int:
        """Adds a row with its keys; returns its number."""
        self._rows.append(row)
        self._pending.append((row, keys))
        return self.first + len(self._rows) - 1

    def save(self) -> tuple[int, bytes] | None:
        """What was added since the last call: the first one's number, and all as one record."""
        if not self._pending:
            return None
        count = len(self._pending)
        first = self.first + len(self._rows) - count
        record = pack_rows(self._pending)
        self._note(first, [row for row, _ in self._pending])
        self._pending = []
        return first, record

    def load(
        self, first: int, rows: Sequence[tuple[bytes, Hashes]]
    ) -> Iterator[tuple[int, Hashes]]:
        """Takes a record's rows back, and yields what is new of them: number and keys.

        Records come in the order of their rows; one that is there already changes nothing.
        """
        if not self._rows:
            self.first = first
        missing = first + len(rows) - self.first - len(self._rows)
        self._rows.extend([b""] * missing)
        new = False
        for number, (row, keys) in enumerate(rows, first):
            place = number - self.first
            if place >= 0 and not self._rows[place]:
                self._rows[place] = row
                new = True
                yield number, keys
        if new:
            self._note(first, [row for row, _ in rows])

    def expire(self, oldest_ms: int) -> tuple[list[int], list[bytes]]:
        """Drops the records whose rows are all older: their first numbers, and the rows."""
        numbers = []
        end = self.first
        while self._segments and self._segments[0].newest_ms < oldest_ms:
            segment = self._segments.popleft()
            numbers.append(segment.first)
            end = max(end, segment.first + segment.count)
        gone = self._rows[: end - self.first]
        del self._rows[: end - self.first]
        self.first = end
        return numbers, gone

    def _note(self, first: int, rows: list[bytes]) -> None:
        newest_ms = max(map(received_ms, rows))
        self.latest_ms = max(self.latest_ms, newest_ms)
        self._segments.append(Segment(first, len(rows), newest_ms))
