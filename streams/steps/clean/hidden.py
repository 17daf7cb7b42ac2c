"""How much of a text nobody can see: zero-width, bidi controls, tags, fillers."""

import re

# Category Cf of the basic plane, soft hyphen, joiners and fillers. The number signs of
# Arabic and Syriac (U+0600-0605, 06DD, 070F, 0890-0891, 08E2) are Cf too, but are seen.
_HIDDEN = tuple(
    map(
        chr,
        (
            0x00AD,
            0x034F,
            0x061C,
            0x115F,
            0x1160,
            0x180E,
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2065),
            *range(0x2066, 0x2070),
            0x3164,
            0xFEFF,
            0xFFA0,
            *range(0xFFF9, 0xFFFC),
        ),
    )
)
# Beyond the basic plane: shorthand and musical controls, tags, variation selectors 17 to 256.
_HIDDEN_ASTRAL = re.compile("[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")


def hidden_share(text: str) -> float:
    """The share of code points that show nothing, 0 to 1; 0 for an empty text.

    Persian needs about 0.03 for its non-joiners. The text itself is left as it is.
    """
    if not text or text.isascii():
        return 0.0
    # A character class over the text takes 500 µs for 4 KB, this takes 5: `in` on one
    # character is a memory search, and most characters are not there to be counted.
    hidden = sum([text.count(character) for character in _HIDDEN if character in text])
    if len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):
        hidden += len(_HIDDEN_ASTRAL.findall(text))
    return hidden / len(text)
