"""What the index keeps of an article, as bytes: in memory and on the changelog alike."""

import struct
from typing import NamedTuple

import numpy as np

from streams.bloom import Hashes

VERSION = 1

_HEAD = struct.Struct("<QQQQQIHHBBHHI")
_RECORD = struct.Struct("<IB")


class UnreadableRows(ValueError):
    """Packed rows of another version, or none at all."""


class Row(NamedTuple):
    """One judged article.

    `uid`: 64 bits of uri, version and published text. `received_ms`: the broker's time.
    `public_ms`: the end of its embargo; 0 without one. `verdict`: as JSON; empty if plainly new.

    The rest is empty for what is nobody's first: copies and withdrawals. `text`, `title`,
    `words`: as in the sketch. `pairs`: how many the filter `bits` was made of. `numbers`,
    `names`: 32-bit hashes, little-endian, at most 255 of each.
    """

    uid: int
    received_ms: int
    public_ms: int
    version: int
    wire: str
    uri: str
    verdict: bytes
    text: int = 0
    title: int = 0
    words: int = 0
    pairs: int = 0
    numbers: bytes = b""
    names: bytes = b""
    bits: bytes = b""

    @property
    def comparable(self) -> bool:
        """Whether it can be another one's first."""
        return self.text != 0

    def pack(self) -> bytes:
        """The row as bytes."""
        wire, uri = self.wire.encode(), self.uri.encode()
        head = _HEAD.pack(
            self.uid,
            self.text,
            self.received_ms,
            self.public_ms,
            self.version,
            self.title,
            self.words,
            self.pairs,
            len(self.numbers) // 4,
            len(self.names) // 4,
            len(wire),
            len(uri),
            len(self.verdict),
        )
        return b"".join((head, self.numbers, self.names, self.bits, wire, uri, self.verdict))

    @classmethod
    def unpack(cls, raw: bytes) -> "Row":
        """The row again."""
        uid, text, received, public, version, title, words, pairs, *sizes = _HEAD.unpack_from(raw)
        numbers, names, wire, uri, verdict = sizes
        at_names = _HEAD.size + 4 * numbers
        at_bits = at_names + 4 * names
        at_verdict = len(raw) - verdict
        at_uri = at_verdict - uri
        at_wire = at_uri - wire
        return cls(
            uid=uid,
            text=text,
            received_ms=received,
            public_ms=public,
            version=version,
            title=title,
            words=words,
            pairs=pairs,
            wire=raw[at_wire:at_uri].decode(),
            uri=raw[at_uri:at_verdict].decode(),
            verdict=raw[at_verdict:],
            numbers=raw[_HEAD.size : at_names],
            names=raw[at_names:at_bits],
            bits=raw[at_bits:at_wire],
        )


def received_ms(raw: bytes) -> int:
    """A packed row's `received_ms`."""
    received: int = _HEAD.unpack_from(raw)[2]
    return received


def pack_rows(rows: list[tuple[bytes, Hashes]]) -> bytes:
    """Packed rows with their keys, as one changelog record."""
    parts = [bytes([VERSION])]
    for row, keys in rows:
        parts += (_RECORD.pack(len(row), len(keys)), row, keys.tobytes())
    return b"".join(parts)


def unpack_rows(raw: bytes) -> list[tuple[bytes, Hashes]]:
    """The rows of one changelog record.

    Raises:
        UnreadableRows: it is none, or of another version.
    """
    if raw[:1] != bytes([VERSION]):
        raise UnreadableRows(f"rows of version {raw[:1].hex()}, not {VERSION}")
    rows, at = [], 1
    try:
        while at < len(raw):
            size, keys = _RECORD.unpack_from(raw, at)
            at += _RECORD.size
            rows.append((raw[at : at + size], np.frombuffer(raw, "<u4", keys, at + size)))
            at += size + 4 * keys
    except (struct.error, ValueError) as error:
        raise UnreadableRows(str(error)) from None
    return rows
