"""The article out of the text of a whole web page.

What a site writes on every page is known by name (`noise.yaml`); the rest by shape, which
needs no language: an article is the part of a page that is written in sentences.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Sequence

from schemas.enriched import Removed
from streams.steps.clean.captions import captions
from streams.steps.clean.cleaned import Cleaned
from streams.steps.clean.extent import Extent, around, extent
from streams.steps.clean.fold import fold, fold_lines
from streams.steps.clean.noise import NoiseRules, rule_of
from streams.steps.clean.shape import is_prose, weight
from streams.steps.clean.title import find_title, repeats_title

_LONGEST_DATE = 100
_LONGEST_VALUE = 60
_REPEATED = 40
"""Weight from which a line that comes again is not said twice but shown twice."""

_HEADLINE = "headline"

Taken = dict[int, str]
"""Place of a line that is not the body's, and the rule that took it."""


def clean_page(
    headline: str | None, body: str, noise: NoiseRules, is_date: Callable[[str], bool]
) -> Cleaned:
    """Headline, paragraphs and subheadings of a page; every other line is in `removed`.

    A page of which nothing would be left is left as it was.
    """
    lines = [line for raw in body.splitlines() if (line := raw.strip())]
    folded = fold_lines(lines)
    dates = {
        place for place, line in enumerate(lines) if len(line) <= _LONGEST_DATE and is_date(line)
    }
    prose = [place for place, line in enumerate(lines) if place not in dates and is_prose(line)]

    taken = _named(lines, folded, prose, noise)
    known = dates | taken.keys()
    start = extent(lines, _without(range(len(lines)), known), set(_without(prose, known)))
    title, place, repeats = _title(headline, lines, folded, start, known)
    taken = repeats | taken
    left = _without(range(len(lines)), taken)
    taken |= dict.fromkeys(captions(lines, left, noise), "caption")
    taken |= _repeated(lines, _without(left, taken))
    left = _without(left, taken)
    begin = -1 if place is None else place
    article = extent(lines, _without(left, dates), set(_without(prose, taken)), begin)
    shown = [date for date in left if date in dates and not (article and article.is_in_body(date))]
    taken |= dict.fromkeys(shown, "date_bar")
    left = _without(left, taken)
    taken |= around(lines, left, article, place)

    kept = _without(left, taken)
    if not kept:
        return Cleaned(headline, body)
    return Cleaned(
        title,
        "\n\n".join([lines[place] for place in kept]),
        tuple(
            Removed(taken[place], lines[place])
            for place in sorted(taken)
            if taken[place] != _HEADLINE
        ),
        tuple(lines[place] for place in shown),
    )


def _named(
    lines: Sequence[str], folded: Sequence[str], prose: Sequence[int], noise: NoiseRules
) -> Taken:
    """Lines known by name, the values of labels, and what follows the end of the article."""
    taken: Taken = {}
    ends = []
    paragraphs = set(prose)
    for place, line in enumerate(lines):
        rule = rule_of(line, folded[place], noise)
        if rule is None:
            continue
        taken[place] = rule.rule
        value = place + 1
        if (
            rule.takes_next
            and value < len(lines)
            and value not in paragraphs
            and weight(lines[value]) <= _LONGEST_VALUE
        ):
            taken.setdefault(value, rule.rule)
        if rule.ends_page:
            ends.append(place)
    end = _end(ends, [(place, len(lines[place])) for place in prose if place not in taken])
    if end is None:
        return taken
    return dict.fromkeys(range(end + 1, len(lines)), "page_tail") | taken


def _end(ends: Sequence[int], prose: Sequence[tuple[int, int]]) -> int | None:
    """The first of `ends` with more prose before it than after it.

    The same words in the middle of an article are a box, and the article goes on.
    """
    left, before = sum(length for _, length in prose), 0
    paragraphs = iter((*prose, (sys.maxsize, 0)))
    place, length = next(paragraphs)
    for end in ends:
        while place < end:
            before, left = before + length, left - length
            place, length = next(paragraphs)
        if before > left:
            return end
    return None


def _title(
    headline: str | None,
    lines: Sequence[str],
    folded: Sequence[str],
    article: Extent | None,
    known: Collection[int],
) -> tuple[str | None, int | None, Taken]:
    """The headline, its place above the article (see `around`), and the lines that repeat it."""
    found = None
    if headline is None:
        if article is not None:
            found = find_title(lines, folded, article.first, lambda place: place not in known)
        if found is None:
            return None, None, {}
        headline = lines[found]
    title = fold(headline)
    places = [place for place, text in enumerate(folded) if title and repeats_title(text, title)]
    taken = dict.fromkeys(places, "repeated_title")
    if found is not None:
        taken[found] = _HEADLINE
    first = article.first if article is not None else 0
    return headline, max((place for place in places if place <= first), default=-1), taken


def _repeated(lines: Sequence[str], left: Sequence[int]) -> Taken:
    seen: set[str] = set()
    taken: Taken = {}
    for place in left:
        line = lines[place]
        if line in seen and weight(line) >= _REPEATED:
            taken[place] = "repeated"
        seen.add(line)
    return taken


def _without(places: Iterable[int], taken: Collection[int]) -> list[int]:
    return [place for place in places if place not in taken]
