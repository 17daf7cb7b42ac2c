"""Folds a text for lookup: in lower case, letters alike, nothing invisible, one blank for many."""

from collections.abc import Iterable

from streams.letters import Letters

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width marks and marks of direction: layout, never part of a word."""

BLANKS = "\t\xa0\u2009\u202f\u3000"
"""Besides the space: all are read as one, and several as one."""


def folder(letters: Iterable[tuple[str, str]], ignored: str) -> Letters:
    """How one language is folded; what is invisible is skipped in any."""
    blanks = ((blank, " ") for blank in BLANKS)
    return Letters([*letters, *blanks], sorted({*ignored, *INVISIBLE}), blanks_once=True)
