"""The dateline: `MOSCOW, Nov 7 (Reuters) -`, `МОСКВА, 7 ноя — РИА`, `新华社北京11月7日电`."""

import re
from collections.abc import Sequence

from schemas.enriched import DateMention
from streams.steps.anchor.clues import has_digits

LONGEST_PLACE = 60
"""Code points before the date of a dateline: a place or two, perhaps an agency."""
MOST_WORDS = 6
PLACE_ENDS = re.compile(r"(?:^|[,.،/(\-–—]|[^\w\s])\s*$")
FOLLOWING = re.compile(
    r"\s*[.,]?\s*(?:"
    r"\([^()\n]{2,40}\)"  # (Reuters)
    r"|/[^/\n]{2,40}/"  # /ТАСС/
    r"|[-–—]{1,2}\s"  # — ТАСС
    r"|[电電讯訊]"
    r"|\n|$"  # the date alone
    r")"
)


def dateline(body: str, dates: Sequence[DateMention]) -> DateMention | None:
    """The date that the body's first line begins with, as wires begin; None if it has none.

    Before it stands at most a place, with capitals where the script has them; after it an
    agency in brackets, a dash, the end of the line, or the same day in another calendar.
    """
    begin = len(body) - len(body.lstrip())
    inside = [date for date in dates if date.field == "body"]
    if not inside or inside[0].precision not in {"day", "minute"} or inside[0].value is None:
        return None
    first, *others = inside
    if not has_digits(first):
        return None
    before = body[begin : first.start]
    if len(before) > LONGEST_PLACE or "\n" in before or not _is_place(before):
        return None
    if FOLLOWING.match(body, first.end):
        return first
    twice = others and others[0].value == first.value and others[0].start - first.end < 3
    return first if twice else None


def _is_place(before: str) -> bool:
    words = before.split()
    if len(words) > MOST_WORDS:
        return False
    cased = [word for word in words if word[:1].upper() != word[:1].lower()]
    if not cased:
        return True
    names = all(word[0].isupper() or len(word) <= 3 for word in cased)
    return names and (PLACE_ENDS.search(before) is not None or cased[-1].isupper())
