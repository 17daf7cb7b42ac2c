"""Makes `streams/steps/sketch/fold.v1.zlib`: what a sketch takes of each UTF-16 unit.

    python -m tools.make_fold

Frozen, because sketches lie in changelogs and Unicode grows with Python: a table made
anew with another result needs another version, which forgets what was seen.
"""

import sys
import unicodedata
import zlib
from pathlib import Path

SEPARATOR, NEWLINE, SKIP, POINT, LETTER, DIGIT, SINGLE = range(7)
"""Kinds: what ends a word, a line; what is left out; joins digits; and what makes words.
A single stands for itself: scripts without spaces."""

UNICODE = "14.0.0"
"""The Unicode of Python 3.11."""

TARGET = Path(__file__).parent.parent / "streams" / "steps" / "sketch" / "fold.v1.zlib"

SAME = str.maketrans("ىةیکھہۃے", "يهيكهههي")
"""Arabic letters that outlets write for one another."""

UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)


def kind_and_fold(unit: int) -> tuple[int, int]:
    """Kind of one UTF-16 unit, and the unit it is taken for."""
    character = chr(unit)
    category = unicodedata.category(character)
    digit = unicodedata.digit(character, None) if category == "Nd" else None
    if character in "\n\r\u2028\u2029\x0b\x0c\x85":
        return NEWLINE, 0
    if digit is not None:
        return DIGIT, ord("0") + digit
    if character in ".,\u066b\u066c\u2019'\uff0c\uff0e":
        return POINT, 0
    # Of a vowel sign that stands alone, as old fonts have it, only a space would be left.
    alone = category == "Lo" and unicodedata.normalize("NFKD", character).startswith(" ")
    if character == "\u0640" or category in ("Mn", "Me", "Cf") or alone:
        return SKIP, 0
    if category[0] not in "LMN":
        return SEPARATOR, 0
    bare = [
        part
        for part in unicodedata.normalize("NFKD", character).casefold().translate(SAME)
        if unicodedata.category(part) not in ("Mn", "Me")
    ]
    # Two letters in one, as Hangul syllables are, stay one: half of them would say too little.
    folded = ord(bare[0] if len(bare) == 1 else character.casefold()[0])
    unspaced = any(first <= unit <= last for first, last in UNSPACED)
    return (SINGLE if unspaced else LETTER), folded


def table() -> bytes:
    """65,536 kinds of one byte, then what to add to each unit, in two bytes, little-endian."""
    pairs = [kind_and_fold(unit) for unit in range(0x10000)]
    kinds = bytes(kind for kind, _ in pairs)
    steps = ((fold - unit) % 0x10000 if fold else 0 for unit, (_, fold) in enumerate(pairs))
    return kinds + b"".join(step.to_bytes(2, "little") for step in steps)


def main() -> None:
    """Writes the file."""
    if unicodedata.unidata_version != UNICODE:
        sys.exit(f"this Python has Unicode {unicodedata.unidata_version}; the table is {UNICODE}'s")
    TARGET.write_bytes(zlib.compress(table(), 9))


if __name__ == "__main__":
    main()
