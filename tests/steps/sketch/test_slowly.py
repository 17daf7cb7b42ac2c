"""Arrays tell the same as one character after the other, read as the docstrings say."""

from collections.abc import Iterator

from hypothesis import example, given, settings
from hypothesis import strategies as st

from streams.steps.sketch import sketch
from streams.steps.sketch.shingles import (
    LEAD_PAIRS,
    LEAD_QUADS,
    LEAD_SAMPLE,
    LEAST_KEYS,
    MOST_KEYS,
    PARAGRAPH_WORDS,
    SAMPLE,
)
from streams.steps.sketch.words import FOLD, KIND, LIMIT, encode
from tools.make_fold import DIGIT, LETTER, NEWLINE, POINT, SINGLE, SKIP

WORD = (0xD1342543DE82EF95, 0x9E3779B97F4A7C15)
"""The factors of words in a row, and of units in a word."""

Unit = tuple[int, int]
"""A unit and its kind."""

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
NEWS = st.text("aBё中ไ文\u0301\u200b\ufe70 \n\r'.,٫0123٣²½🎉\ud83d/-", max_size=120)
NUMBERS = st.text("12٣,.\u200b a", max_size=40)


def units_of(text: str) -> list[Unit]:
    raw = encode(text)[: 2 * LIMIT]
    units = [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]
    return [(unit, int(KIND[unit])) for unit in units if KIND[unit] != SKIP]


def joined(units: list[Unit]) -> Iterator[Unit]:
    """Without the points of thousands, and with decimal points as digits."""
    is_digit = [kind == DIGIT for _, kind in units]
    for at, (unit, kind) in enumerate(units):
        after = [*is_digit[at + 1 : at + 5], False, False, False, False][:4]
        if kind != POINT or at == 0 or not is_digit[at - 1] or not after[0]:
            yield unit, kind
        elif after != [True, True, True, False]:
            yield ord("."), DIGIT


def lines_of(units: list[Unit]) -> list[list[list[int]]]:
    """The folded units of each word of each line."""
    lines: list[list[list[int]]] = [[]]
    before = 0
    for at, (unit, kind) in enumerate(units):
        if kind == NEWLINE:
            lines.append([])
        elif kind == SINGLE:
            run = [kind == SINGLE for _, kind in units[at : at + 3]]
            reach = run.index(False) if False in run else len(run)
            lines[-1].append([int(FOLD[unit]) for unit, _ in units[at : at + reach]])
        elif kind >= LETTER:
            if before not in (LETTER, DIGIT):
                lines[-1].append([])
            lines[-1][-1].append(int(FOLD[unit]))
        before = kind
    return lines


def mixed(value: int) -> int:
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ value >> 27) * 0x94D049BB133111EB % 2**64
    return value ^ value >> 31


def hash_of(word: list[int]) -> int:
    powers = (pow(WORD[1], place, 2**64) for place in range(len(word)))
    total = sum((unit + 1) * power for unit, power in zip(word, powers, strict=True))
    return mixed((total + len(word)) % 2**64)


def runs(hashes: list[int], length: int) -> list[int]:
    return [
        mixed(sum(pow(WORD[0], n + 1, 2**64) * hashes[at + n] for n in range(length)) % 2**64) >> 32
        for at in range(len(hashes) - length + 1)
    ]


@settings(deadline=None)
@given(st.none() | ANY_TEXT | NEWS, ANY_TEXT | NEWS | NUMBERS)
@example(None, "word " * (LIMIT // 5) + "中文 1,000")
@example("h" * (LIMIT - 3), "中文 and more").via("the limit lies in the second character")
@example("1,000", "1,000,000 and 2,5 and 1,0000 and 1,00")
@example(None, "one two three four five six seven eight nine ten\n" * 40)
def test_a_sketch_is_what_a_slow_reader_makes(headline: str | None, body: str) -> None:
    units = units_of(f"{' '.join((headline or '').split())}\n{body}")
    title, *lines = [list(map(hash_of, line)) for line in lines_of(list(joined(units)))]
    hashes = [each for line in lines for each in line]
    needed = PARAGRAPH_WORDS * (2 if any(kind == SINGLE for _, kind in units) else 1)
    start = 0
    for place, line in enumerate(lines):
        if len(line) >= needed and line != title:
            start = sum(map(len, lines[:place]))
            break
    pairs, quads = runs(hashes, 2), runs(hashes, 4)
    lowest = sorted(set(quads))
    sampled = sum(key < 2**32 // SAMPLE for key in lowest)
    keys = lowest[: min(max(sampled, LEAST_KEYS), MOST_KEYS)]
    lead = [key for key in quads[start : start + LEAD_QUADS] if key < 2**32 // LEAD_SAMPLE]

    made = sketch(headline, body)
    whole = sum(each * pow(WORD[1], place, 2**64) for place, each in enumerate(title))
    assert made.title == whole % 2**64 >> 32
    assert made.words == len(hashes)
    assert made.pairs.tolist() == sorted(set(pairs))
    assert made.lead.tolist() == sorted(set(pairs[start : start + LEAD_PAIRS]))
    assert made.keys.tolist() == sorted({*keys, *lead})
