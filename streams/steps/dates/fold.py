"""Folds a text for lookup, and leads offsets in the folded text back to the text itself."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width marks and marks of direction: layout, never part of a word."""

BLANKS = "\t\xa0\u2009\u202f\u3000"
"""Besides the space: all are read as one, and several as one."""

SPACES = re.compile(" {2,}")
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Folder:
    """How one language is folded: `letters` are pairs (written, read), `marks` are left out."""

    letters: tuple[tuple[str, str], ...]
    special: str
    marks: re.Pattern[str]
    marks_and_blanks: re.Pattern[str]

    def fold(self, text: str) -> str:
        """`text` in lower case, with `letters` replaced, marks left out, blanks made one."""
        return self.read(text)[0]

    def read(self, text: str) -> tuple[str, "Offsets"]:
        """`fold` of a text, and what leads offsets in it back to the text."""
        folded = text.lower()
        if len(folded) != len(text):
            # The only letter that becomes two stays, so that offsets hold.
            folded = "İ".join(part.lower() for part in text.split("İ"))
        # A chain of `replace` is far faster here than `str.translate` with a dict.
        if not folded.isascii():
            for written, read in self.letters:
                folded = folded.replace(written, read)
        gaps: list[int] = []
        # One `in` after the other takes a fifth of what a regular expression does.
        if any(map(folded.__contains__, self.special)):
            for blank in BLANKS:
                folded = folded.replace(blank, " ")
            kept, at = [], 0
            for match in self.marks.finditer(folded):
                kept.append(folded[at : match.start()])
                gaps += range(*match.span())
                at = match.end()
            folded = "".join((*kept, folded[at:]))
        if "  " in folded:
            folded, gaps = SPACES.sub(" ", folded), self._gaps(text)
        if not gaps:
            return folded, NOTHING_LEFT_OUT
        return folded, Offsets(tuple(at - i for i, at in enumerate(gaps)))

    def _gaps(self, text: str) -> list[int]:
        """Where something is left out, of several blanks all but the first."""
        return [
            at
            for match in self.marks_and_blanks.finditer(text)
            for at in range(match.start() + (match.lastgroup == "blanks"), match.end())
        ]


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where characters were left out, as offsets in the folded text; ascending."""

    gaps: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the text that `start:end` of the folded text came from.

        Marks that follow the last letter are part of it.
        """
        return (self._at(start), self._at(end)) if self.gaps else (start, end)

    def _at(self, offset: int) -> int:
        return offset + bisect_right(self.gaps, offset)


NOTHING_LEFT_OUT = Offsets(())


def folder(letters: Iterable[tuple[str, str]], ignored: str) -> Folder:
    """A folder that also skips what is invisible in any language."""
    skipped = "".join(sorted(set(ignored + INVISIBLE)))
    marks = f"[{re.escape(skipped)}]"
    blank = f"[ {BLANKS}]"
    # Marks may stand between blanks; of a run of blanks the first one stays.
    return Folder(
        letters=tuple(letters),
        special=skipped + BLANKS,
        marks=re.compile(f"{marks}+"),
        marks_and_blanks=re.compile(f"{marks}+|(?P<blanks>{blank}(?:{marks}*{blank})+)"),
    )
