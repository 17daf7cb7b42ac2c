"""Makes spellings alike, so that one pattern finds them all, and keeps count of the letters."""

from collections.abc import Iterable

from streams.letters import Letters

# What may stand before a name or between its words is made a space, one for one: marks,
# breaks, and the invisible signs of direction and joining that wires put around numbers and
# Latin words.
SEPARATORS = (
    "\n\t\r.,:;!?\"'()[]{}<>=+|\\^~`@$%-/*_#&«»„“”‘’‚‹›ʼʹ`´—–―−‐‑•·‧…،؛؟٪٫٬۔־׀׃׳״|"
    "\u00a0\u00ad\u2009\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u202f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff"
    "，。、：；！？「」『』《》〈〉【】（）・"
)


class Folder(Letters):
    """Folds texts and names in the same way.

    Args:
        folds: pairs of one letter and the letter it is read as.
        dropped: marks that are left out.
    """

    def __init__(self, folds: Iterable[tuple[str, str]], dropped: Iterable[str]) -> None:
        self.folds = tuple(folds)
        self.dropped = tuple(dropped)
        super().__init__([*((mark, " ") for mark in SEPARATORS), *self.folds], self.dropped)
