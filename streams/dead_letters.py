"""A record that could not be processed: as it goes to the dead letters, and as it comes back."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas import dead_letters as names
from schemas.outcomes import Rejected
from schemas.topics import DEAD_LETTERS, MAX_MESSAGE_BYTES
from streams.deliveries import Delivery

DETAIL_BYTES = 8 * 1024
KEPT_BYTES = MAX_MESSAGE_BYTES - 64 * 1024
"""What a letter may hold besides why: a compressed record can be more when it is unpacked, and
the letter about it would be tried for ever."""
KEY_BYTES = 2048


def of_rejected(
    rejected: Rejected,
    *,
    source: tuple[str, int, int],
    key: bytes | None,
    value: bytes,
    headers: tuple[tuple[str, bytes], ...],
) -> Delivery:
    """Key, value and headers as they came, and why. `source`: topic, partition, offset.

    Of a record above `KEPT_BYTES` only the key's beginning: `source` says where it lies.
    """
    topic, partition, offset = source
    detail = rejected.detail
    kept = tuple(header for header in headers if header[0] not in names.ALL)
    weight = sum(len(name) + len(text or b"") for name, text in (*kept, ("", key), ("", value)))
    if weight > KEPT_BYTES:
        key, value, kept = (key or b"")[:KEY_BYTES], b"", ()
        detail = f"not kept, {weight:,} bytes are too many for a dead letter: {detail}"
    why = {
        names.EXCEPTION: rejected.reason,
        names.MESSAGE: detail,
        names.TOPIC: topic,
        names.PARTITION: str(partition),
        names.OFFSET: str(offset),
        names.STAGE: rejected.stage,
        names.REASON: rejected.reason,
    }
    added = tuple((name, _cut(text)) for name, text in why.items())
    return Delivery(DEAD_LETTERS.name, key, value, headers=(*kept, *added))


@dataclass(frozen=True, slots=True)
class Letter:
    """Why a record is a dead letter, where it came from, and how often it was replayed before."""

    stage: str
    reason: str
    topic: str
    partition: int
    offset: int
    tries: int


def letter_of(headers: Iterable[tuple[str, bytes]]) -> Letter | None:
    """What the headers say; None if they are not those of a dead letter."""
    said = {name: (value or b"").decode("utf-8", "replace") for name, value in headers}
    try:
        return Letter(
            said[names.STAGE],
            said[names.REASON],
            said[names.TOPIC],
            int(said[names.PARTITION]),
            int(said[names.OFFSET]),
            int(said.get(names.TRIES, "0")),
        )
    except (KeyError, ValueError):
        return None


def as_it_came(
    letter: Letter, key: bytes | None, value: bytes, headers: Iterable[tuple[str, bytes]]
) -> Delivery:
    """The record for the place that it came from: key, value and its own headers as they were."""
    own = (header for header in headers if header[0] not in (*names.ALL, names.TRIES))
    tries = (names.TRIES, str(letter.tries + 1).encode())
    return Delivery(letter.topic, key, value, letter.partition, (*own, tries))


def _cut(text: str) -> bytes:
    # A lone surrogate in the offending text must not break the letter about it.
    return text.encode("utf-8", "backslashreplace")[:DETAIL_BYTES]
