"""The letters of a text."""

import re
from functools import cache

WORD = re.compile(r"[^\W\d_]+")


def letters_of(text: str) -> str:
    """The letters of a text in a row: its `WORD`s, without what is between them."""
    letters = "".join(_runs().findall(text))
    # Beyond the basic plane are emoji too, and numbers that are no letters.
    return letters if letters.isalpha() else "".join(WORD.findall(text))


@cache
def _runs() -> re.Pattern[str]:
    """Runs of letters, and of anything beyond the basic plane.

    A class that is written out is looked up, in half the time that categories are asked in.
    """
    runs = WORD.findall("".join(map(chr, range(0x10000))))
    basic = "".join(f"{run[0]}-{run[-1]}" for run in runs)
    return re.compile(f"[{basic}\\U00010000-\\U0010ffff]+")
