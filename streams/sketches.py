"""What is kept of a text to find its copies: made by step `sketch`, compared by `duplicates`."""

import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass

import numpy as np

from streams.bloom import Hashes

VERSION = 2
"""Of the hashes: they lie in topics and changelogs. What has another one cannot be compared."""

_HEAD = struct.Struct("<BQIHHHHHH")


class UnreadableSketch(ValueError):
    """A packed sketch of another version, or none at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A text as hashes of its words; all arrays are unsigned 32-bit.

    `text`: 64 bits of the folded headline and body: equal for exact copies.
    `title`: 32 bits of the folded headline; 0 without one.
    `words`: how many the body has, in its first 16,000 UTF-16 units.
    `pairs`: every two words in a row, each once, ascending.
    `lead`: the first 40 pairs of the first real paragraph.
    `keys`: a sample of every four words in a row, by which candidates are found.
    `numbers`: the numbers of the body, in ASCII digits, each once.
    `bits`: the pairs as a filter, which is all that is kept of them.
    """

    text: int
    title: int
    words: int
    pairs: Hashes
    lead: Hashes
    keys: Hashes
    numbers: tuple[str, ...]
    bits: bytes

    def pack(self) -> str:
        """The sketch as base64, for a field of a JSON record."""
        numbers = " ".join(self.numbers).encode()
        arrays = (self.pairs, self.lead, self.keys)
        sizes = (*map(len, arrays), len(numbers), len(self.bits))
        head = _HEAD.pack(VERSION, self.text, self.title, self.words, *sizes)
        packed = b"".join((head, *(a.tobytes() for a in arrays), numbers, self.bits))
        return b64encode(packed).decode()

    @classmethod
    def unpack(cls, packed: str) -> "Sketch":
        """The sketch again.

        Raises:
            UnreadableSketch: it is none, or of another version.
        """
        try:
            raw = b64decode(packed, validate=True)
            version, text, title, words, *sizes = _HEAD.unpack_from(raw)
            pairs, lead, keys, numbers, bits = sizes
            at_numbers = _HEAD.size + 4 * (pairs + lead + keys)
            at_bits = at_numbers + numbers
            written = raw[at_numbers:at_bits].decode()
        except (ValueError, struct.error) as error:
            raise UnreadableSketch(f"not a sketch: {error}") from None
        if version != VERSION or len(raw) != at_bits + bits:
            raise UnreadableSketch(f"a sketch of version {version} and {len(raw)} bytes")
        arrays = np.frombuffer(raw, "<u4", pairs + lead + keys, _HEAD.size)
        return cls(
            text=text,
            title=title,
            words=words,
            pairs=arrays[:pairs],
            lead=arrays[pairs : pairs + lead],
            keys=arrays[pairs + lead :],
            numbers=tuple(written.split()),
            bits=raw[at_bits:],
        )
