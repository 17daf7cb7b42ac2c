"""Words in a row, as hashes: what two copies of a text share although every byte differs."""

import re
from hashlib import blake2b

import numpy as np

from streams import bloom
from streams.bloom import Hashes
from streams.sketches import Sketch
from streams.steps.sketch.words import LIMIT, POWERS, Mixed, Words, encode, mix, read_words

LEAD_PAIRS = 40
PARAGRAPH_WORDS = 8
"""A shorter line is a menu's, a caption's or a signature, not the first paragraph."""

SAMPLE, LEAST_KEYS, MOST_KEYS = 8, 8, 64
"""One in eight; of a short text the eight lowest, of a long one the 64 lowest."""
LEAD_SAMPLE, LEAD_QUADS = 2, 13
"""More of the first 16 words: all that a copy cut down to its first sentence has."""

MOST_NUMBERS = 48
DATELINE_UNITS = 60
"""In "MOSCOW, Dec 3 (Reuters) - Text", what stands before the dash is no number of the story."""

_DATELINE = re.compile(r".{2,50}?(?:[)/]|, \d{1,2} \w{2,10}\.?) ?[-\u2013\u2014\u2015] ")

_ROLL = tuple(pow(0xD1342543DE82EF95, power, 2**64) for power in range(1, 5))


def sketch(headline: str | None, body: str) -> Sketch:
    """The sketch of a cleaned article."""
    # Read as one text, for an array costs the same for a short one: line 0 is the headline.
    raw = encode(f"{' '.join((headline or '').split())}\n{body}")
    words = read_words(raw)
    titled = int(np.searchsorted(words.lines, 1))
    hashes = words.hashes[titled:]
    pairs, quads = _runs(hashes, 2), _runs(hashes, 4)
    start = _lead_start(words, titled)
    title = _whole(words.hashes[:titled])
    distinct = _distinct(_short(pairs))
    return Sketch(
        text=_exact(title, hashes, raw[2 * LIMIT :]),
        title=title >> 32,
        words=len(hashes),
        pairs=distinct,
        lead=_distinct(_short(pairs[start : start + LEAD_PAIRS])),
        keys=_keys(_short(quads), _short(quads[start : start + LEAD_QUADS])),
        numbers=_numbers(words, titled, start),
        bits=bloom.make(bloom.Question(distinct)),
    )


def _runs(hashes: Mixed, length: int) -> Mixed:
    count = len(hashes) - length + 1
    if count < 1:
        return hashes[:0]
    rolled = np.zeros(count, np.uint64)
    for place in range(length):
        rolled += hashes[place : place + count] * np.uint64(_ROLL[place])
    return mix(rolled)


def _short(hashes: Mixed) -> Hashes:
    short: Hashes = (hashes >> np.uint64(32)).astype(np.uint32)
    return short


def _whole(hashes: Mixed) -> int:
    return int((hashes * POWERS[: len(hashes)]).sum(dtype=np.uint64))


def _exact(title: int, hashes: Mixed, unread: bytes) -> int:
    # Of a longer text only the beginning was read.
    rest = int.from_bytes(blake2b(unread, digest_size=8).digest()) if unread else 0
    parts = (title, _whole(hashes), rest)
    total = 0
    for part in parts:
        total = (total * _ROLL[0] + part) & 0xFFFFFFFFFFFFFFFF
    return total


def _distinct(values: Hashes) -> Hashes:
    ordered = np.sort(values)
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _lead_start(words: Words, titled: int) -> int:
    """The first body word of the first real paragraph."""
    lines = words.lines[titled:]
    if not len(lines):
        return 0
    counts = np.bincount(lines)
    # A character is a word where no spaces are written.
    needed = PARAGRAPH_WORDS * (2 if words.unspaced else 1)
    for line in np.flatnonzero(counts >= needed):
        start = int(np.searchsorted(lines, line))
        first = words.hashes[titled + start : titled + start + int(counts[line])]
        if not np.array_equal(first, words.hashes[:titled]):
            return start
    return 0


def _keys(quads: Hashes, lead: Hashes) -> Hashes:
    # The lowest ones of any text are also among the lowest of every part of it that has them.
    lowest = _distinct(quads)
    sampled = int(np.searchsorted(lowest, 2**32 // SAMPLE))
    lowest = lowest[: min(max(sampled, LEAST_KEYS), MOST_KEYS)]
    return _distinct(np.concatenate((lowest, lead[lead < 2**32 // LEAD_SAMPLE])))


def _numbers(words: Words, titled: int, start: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    first, last = _dateline(words, titled + start)
    for word in (np.flatnonzero(words.numeric[titled:]) + titled).tolist():
        if not first <= words.begins[word] < last:
            found[words.surface(word)] = None
            if len(found) == MOST_NUMBERS:
                break
    return tuple(found)


def _dateline(words: Words, lead: int) -> tuple[int, int]:
    if lead >= len(words.begins):
        return 0, 0
    first = int(words.begins[lead])
    text = words.units[first : first + DATELINE_UNITS].tobytes().decode("utf-16-le", "replace")
    dateline = _DATELINE.match(text)
    return first, first + (dateline.end() if dateline else 0)
