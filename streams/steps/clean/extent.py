"""Where on a page the article begins and ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from streams.steps.clean.shape import is_full_sentence, weight

_TOO_FEW_TO_TRIM = 2
_LEAD = 2
"""After this many paragraphs a date is a subheading of a chronicle, not the day of the page."""
_STANDFIRST = 60
"""Weight from which a line under the headline is no button, though it ends without a stop."""
_NEAR = 3
"""So many lines after the last sentence another one still ends the article: talk breaks off
in half sentences, and what is lost is worse than what is left."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Places of the article's first, second and last paragraph; the same one if it has one."""

    first: int
    second: int
    last: int

    def is_in_body(self, date: int) -> bool:
        """Whether a line at `date` that is a date is part of the article."""
        return self.first < self.second < date < self.last


def extent(
    lines: Sequence[str], left: Sequence[int], prose: Collection[int], title: int = -1
) -> Extent | None:
    """From the first full sentence to the last one, and short sentences near them.

    A short sentence alone among buttons ("Watch for us in your inbox.") is one of them.
    `left`: places of lines that may be the article's; `prose`: those that are sentences.
    `title`: place that the article begins after. None if there is no sentence at all.
    """
    sentences = [at for at, place in enumerate(left) if place in prose]
    if not sentences:
        return None
    full = [at for at in sentences if is_full_sentence(lines[left[at]])] or sentences
    first, last = full[0], full[-1]
    while first and left[first - 1] in prose and left[first - 1] > title:
        first -= 1
    for at in sentences:
        if last < at <= last + _NEAR:
            last = at
    inside = [left[at] for at in sentences if first <= at <= last]
    return Extent(inside[0], inside[min(_LEAD, len(inside)) - 1], inside[-1])


def around(
    lines: Sequence[str], left: Sequence[int], article: Extent | None, title: int | None
) -> dict[int, str]:
    """Lines above and below the article; what is between its paragraphs stays.

    `title`: place of the headline, -1 if it is not on the page, None if there is none. A
    long line under it is its standfirst.
    """
    if article is None or len(left) <= _TOO_FEW_TO_TRIM:
        return {}
    return {
        place: "page_head" if place < article.first else "page_tail"
        for place in left
        if not article.first <= place <= article.last
        and not (
            title is not None
            and title < place < article.first
            and weight(lines[place]) >= _STANDFIRST
        )
    }
