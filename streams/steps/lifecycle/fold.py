"""A text for comparing with a phrase: no case, no accents, nothing that cannot be seen.

Each character is folded by itself, so that a place in the fold has a place in the text.
"""

import unicodedata

_TATWEEL = "ـ"
_FOLDED_RANGES = (range(0x700), range(0x900, 0x980), range(0x1E00, 0x2070), range(0xFB50, 0xFF5F))
"""Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, punctuation; forms and full width."""


def _fold_character(character: str) -> str:
    if character == _TATWEEL:
        return ""
    return "".join(
        part
        for part in unicodedata.normalize("NFKD", character.casefold())
        if not unicodedata.combining(part) and unicodedata.category(part) != "Cf"
    )


def _table() -> list[int | str]:
    # A list, not a dict: what a dict has not costs an exception, a microsecond for ten letters.
    table: list[int | str] = list(range(0x10000))
    for points in _FOLDED_RANGES:
        for point in points:
            table[point] = _fold_character(chr(point))
    return table


_TABLE = _table()


def fold(text: str) -> str:
    """`text` in lower case, without accents, vowel signs, tatweel and invisible marks.

    A tatweel after a space stays, as a hyphen: so Arabic desks write a dash.
    """
    if text.isascii():
        return text.lower()
    return text.replace(" ـ", " -").translate(_TABLE)


def unfold(text: str, length: int) -> int:
    """How many characters of `text` the first `length` characters of its fold come from."""
    seen = 0
    for at, character in enumerate(text):
        if seen >= length:
            return at
        is_dash = character == _TATWEEL and text[at - 1 : at] == " "
        seen += 1 if is_dash else len(fold(character))
    return len(text)
