"""The headline of a page that comes without one, and the lines that repeat it."""

from collections.abc import Callable, Sequence

from streams.steps.clean.shape import is_long_title, is_title_like

_NEAR_TOP = 60
_END = "?!.؟…\"'»”’) "
_BEFORE_SITE = ("- ", "– ", "— ", "| ", ":: ", "» ", "· ")
_LONGEST_SITE = 60


def find_title(
    lines: Sequence[str], folded: Sequence[str], first_prose: int, is_free: Callable[[int], bool]
) -> int | None:
    """Place of the headline, above the first paragraph; None if there is none.

    It is the first line that repeats near the top, else the first that looks like one.
    `folded`: the lines, folded. `is_free`: not yet known as a line of another kind.
    """
    top = folded[:_NEAR_TOP]
    likely = [
        place
        for place in range(min(first_prose + 1, len(top)))
        if top[place] and is_title_like(lines[place]) and is_free(place)
    ]
    for place in likely:
        # A first paragraph may be shown again far below; a title that is a sentence, at once.
        again = top[place + 1 :] if place < first_prose else top[place + 1 : place + 2]
        if top[place] in again:
            return place
    for place in likely:
        # What the window's bar shows comes first: "Title | Site", then the title itself.
        for other in likely:
            if other > place and repeats_title(top[place], top[other]):
                return other
    above = [place for place in likely if place < first_prose]
    # Names of sections can have three words, and stand above it.
    return next((place for place in above if is_long_title(lines[place])), next(iter(above), None))


def repeats_title(line: str, title: str) -> bool:
    """Whether `line` is `title`, alone or with the site's name after it. Both folded."""
    if not line.startswith(title):
        return False
    rest = line[len(title) :].lstrip(_END)
    return not rest or (len(rest) <= _LONGEST_SITE and rest.startswith(_BEFORE_SITE))
