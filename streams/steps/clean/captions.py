"""Which lines of a page belong to its pictures."""

from collections.abc import Sequence

from streams.steps.clean.fold import fold, holds
from streams.steps.clean.noise import NoiseRules
from streams.steps.clean.shape import is_prose, weight

_BEFORE_CREDIT = (" - ", " – ", " — ", " | ", " (", "(", " ©", "©", " / ")
_LONGEST_CREDIT = 80
_LONGEST_CAPTION = 400
_SHORTEST_CAPTION = 25
"""Below this weight a line and its beginning are the same by chance."""
_SHORTEST_TWIN = 40
_STOPS = (".", "!", "?", "؟", "。")
"""A sentence may speak of an archive or of Getty; a credit does not end as one."""


def captions(lines: Sequence[str], left: Sequence[int], noise: NoiseRules) -> set[int]:
    """Those places of `left`, a part of `lines`, that are captions.

    A caption is known by its credit ("… - Getty/ archive"); by standing there with and
    without one; or, where no credit is given, by standing there twice running, as the
    picture's alternative text and as its caption.
    """
    own = {lines[place] for place in left}
    found: set[int] = set()
    stems: set[str] = set()
    before = None
    for place in left:
        line = lines[place]
        if len(line) > _LONGEST_CAPTION:
            before = place
            continue
        if before is not None and line == lines[before] and _is_twin(line):
            found |= {before, place}
        before = place
        for stem, credit in _splits(line):
            if _is_credit(credit, line, noise) or (
                stem in own and weight(stem) >= _SHORTEST_CAPTION
            ):
                found.add(place)
                stems.add(stem)
                break
    return found | {place for place in left if lines[place] in stems}


def _is_twin(line: str) -> bool:
    return weight(line) >= _SHORTEST_TWIN and not is_prose(line)


def _splits(line: str) -> list[tuple[str, str]]:
    splits = []
    for separator in _BEFORE_CREDIT:
        at = line.rfind(separator)
        if at >= 0 and len(line) - at <= _LONGEST_CREDIT:
            splits.append((line[:at].rstrip(), line[at + len(separator) :]))
    return splits


def _is_credit(credit: str, line: str, noise: NoiseRules) -> bool:
    """Whether `credit`, the end of `line`, says whose picture it is."""
    text = fold(credit)
    if any(phrase in text and holds(text, phrase) for phrase in noise.photo_credits):
        return not line.endswith(_STOPS)
    # An agency's name alone ends paragraphs too.
    owners = [fold(part) for part in credit.split("/")]
    return (
        all(owner in noise.agencies for owner in owners)
        and weight(line) >= _SHORTEST_CAPTION
        and not is_prose(line)
    )
