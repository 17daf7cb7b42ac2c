"""A record that could not be processed, as it goes to the dead letters."""

from schemas import dead_letters as names
from schemas.outcomes import Rejected
from schemas.topics import DEAD_LETTERS
from streams.deliveries import Delivery

DETAIL_BYTES = 8 * 1024


def of_rejected(
    rejected: Rejected,
    *,
    source: tuple[str, int, int],
    key: bytes | None,
    value: bytes,
    headers: tuple[tuple[str, bytes], ...],
) -> Delivery:
    """Key, value and headers as they came, and why. `source`: topic, partition, offset."""
    topic, partition, offset = source
    why = {
        names.EXCEPTION: rejected.reason,
        names.MESSAGE: rejected.detail,
        names.TOPIC: topic,
        names.PARTITION: str(partition),
        names.OFFSET: str(offset),
        names.STAGE: rejected.stage,
        names.REASON: rejected.reason,
    }
    added = tuple((name, _cut(text)) for name, text in why.items())
    kept = tuple(header for header in headers if header[0] not in names.ALL)
    return Delivery(DEAD_LETTERS.name, key, value, headers=(*kept, *added))


def _cut(text: str) -> bytes:
    # A lone surrogate in the offending text must not break the letter about it.
    return text.encode("utf-8", "backslashreplace")[:DETAIL_BYTES]
