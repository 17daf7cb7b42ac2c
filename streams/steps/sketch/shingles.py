"""Words in a row, as hashes: what two copies of a text share although every byte differs."""

import re
from hashlib import blake2b
from itertools import pairwise

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
_SAMPLED, _LEAD_SAMPLED = np.uint32(2**32 // SAMPLE), np.uint32(2**32 // LEAD_SAMPLE)

MOST_NUMBERS = 48
DATELINE_UNITS = 60
"""In "MOSCOW, Dec 3 (Reuters) - Text", what stands before the dash is no number of the story."""

_DATELINE = re.compile(r".{2,50}?(?:[)/]|, \d{1,2} \w{2,10}\.?) ?[-\u2013\u2014\u2015] ")

_FACTOR = 0xD1342543DE82EF95
_ROLL = np.array([[pow(_FACTOR, power, 2**64)] for power in range(1, 5)], np.uint64)
_HALF = np.uint64(32)


def sketch(headline: str | None, body: str) -> Sketch:
    """The sketch of a cleaned article."""
    # Read as one text, for an array costs the same for a short one: line 0 is the headline.
    raw = encode(f"{' '.join((headline or '').split())}\n{body}")
    words = read_words(raw)
    titled = int(words.lines[0]) if len(words.lines) else len(words.hashes)
    title, hashes = words.hashes[:titled], words.hashes[titled:]
    pairs, quads = _runs(hashes)
    start = _lead_start(words, title)
    whole = _whole(title)
    distinct = _distinct(pairs)
    return Sketch(
        text=_exact(whole, hashes, raw[2 * LIMIT :]),
        title=whole >> 32,
        words=len(hashes),
        pairs=distinct,
        lead=_distinct(pairs[start : start + LEAD_PAIRS]),
        keys=_keys(quads, quads[start : start + LEAD_QUADS]),
        numbers=_numbers(words, titled, start),
        bits=bloom.make(bloom.Question(distinct)),
    )


def _runs(hashes: Mixed) -> tuple[Hashes, Hashes]:
    """The hashes of every two words in a row, and of every four."""
    first, second, third, fourth = hashes * _ROLL
    pairs = first[:-1] + second[1:]
    quads = pairs[:-2] + third[2:-1] + fourth[3:]
    # Mixed together: a call costs more than what it does to a few hundred.
    short: Hashes = (mix(np.concatenate((pairs, quads))) >> _HALF).astype(np.uint32)
    return short[: len(pairs)], short[len(pairs) :]


def _whole(hashes: Mixed) -> int:
    return int(np.dot(hashes, POWERS[: len(hashes)]))


def _exact(title: int, hashes: Mixed, unread: bytes) -> int:
    # Of a longer text only the beginning was read.
    rest = int.from_bytes(blake2b(unread, digest_size=8).digest()) if unread else 0
    parts = (title, _whole(hashes), rest)
    total = 0
    for part in parts:
        total = (total * _FACTOR + part) & 0xFFFFFFFFFFFFFFFF
    return total


def _distinct(values: Hashes) -> Hashes:
    ordered = values.copy()
    ordered.sort()
    new = ordered[1:] != ordered[:-1]
    return np.concatenate((ordered[:1], ordered[1:][new]))


def _lead_start(words: Words, title: Mixed) -> int:
    """The first body word of the first real paragraph."""
    # A character is a word where no spaces are written.
    needed = PARAGRAPH_WORDS * (2 if words.unspaced else 1)
    lines: list[int] = [*words.lines.tolist(), len(words.hashes)]
    for start, end in pairwise(lines):
        if end - start >= needed and not np.array_equal(words.hashes[start:end], title):
            return start - len(title)
    return 0


def _keys(quads: Hashes, lead: Hashes) -> Hashes:
    # The lowest ones of any text are also among the lowest of every part of it that has them.
    lowest = _distinct(quads[quads < _SAMPLED])
    if len(lowest) < LEAST_KEYS:
        lowest = _distinct(quads)[:LEAST_KEYS]
    return _distinct(np.concatenate((lowest[:MOST_KEYS], lead[lead < _LEAD_SAMPLED])))


def _numbers(words: Words, titled: int, start: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    first, last = _dateline(words, titled + start)
    for word in (words.numeric[titled:].nonzero()[0] + titled).tolist():
        begin, end = int(words.begins[word]), int(words.ends[word])
        if not first <= begin < last:
            found[words.surface(begin, end)] = None
            if len(found) == MOST_NUMBERS:
                break
    return tuple(found)


def _dateline(words: Words, lead: int) -> tuple[int, int]:
    if lead >= len(words.begins):
        return 0, 0
    first = int(words.begins[lead])
    dateline = _DATELINE.match(words.surface(first, first + DATELINE_UNITS))
    return first, first + (dateline.end() if dateline else 0)
