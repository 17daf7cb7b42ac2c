"""Persons whom nobody has listed: a title announces them.

`министр экономики Иван Петров`: a title, what may stand between, and a name. Where names
begin with capitals these say where it ends; elsewhere a first name and the word after it are
one, unless that is a word that everybody uses.
"""

import re
from typing import NamedTuple

from streams.steps.entities.gazetteer import FIRST_GROUP, TITLE, Gazetteer
from streams.steps.entities.hits import Hit, Scanned, capital_follows
from streams.steps.entities.titles import TitleWords

_MOST_BETWEEN = 4
_LONGEST = 4
"""Words of a name."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’‘ʼ-][^\W\d_]+)*\.?")
_SUFFIX = re.compile(r"(?<=[^\W\d_]{3})['’][a-zçğıöşü]+$")
"""Written to a name after an apostrophe: `Smith's`, `Çelik'in`; in `O'Neill` it is no suffix."""
_ACRONYM = 4
_JOINT = "\u200c"
_WITHIN = f" {_JOINT}\u064b\u064e\u064f\u0650\u0651\u0652"
"""What a name of two words in a script without capitals may hold besides letters."""
_ABBREVIATED = 9
"""Letters of the longest title that is written with a full stop: `Lt. Gen.`"""


class Guess(NamedTuple):
    """A name in `search` that is nobody's row."""

    name: str
    start: int
    end: int


def announced(
    scanned: Scanned, place: int, words: TitleWords | None, gazetteer: Gazetteer
) -> int | Guess | None:
    """Whom the title `hits[place]` announces: the place of another hit, or a guess, or nobody."""
    reached = _reach(scanned, place, words, gazetteer)
    if isinstance(reached, int) or words is None:
        return reached if isinstance(reached, int) else None
    end, following, past_a_place = reached
    start = _word_at(scanned.search, end)[0]
    if start >= len(scanned.search):
        return None
    if words.cased and not scanned.text[scanned.span(start, start + 1)[0]].isupper():
        return None  # as most words behind a title; the rest need not be asked
    if not _close(scanned, scanned.hits[place], end, start, comma=past_a_place):
        return None
    if words.given_first and not _given(scanned.search, start, words, gazetteer):
        return None
    guess = _cased(scanned, start, words) if words.cased else _caseless(scanned, start, words)
    return guess if guess is not None and _free(guess, scanned.hits[following:]) else None


def _reach(
    scanned: Scanned, place: int, words: TitleWords | None, gazetteer: Gazetteer
) -> int | tuple[int, int, bool]:
    """The hit of a person behind a title, or where its name must begin.

    That is: its place in `search`, the next hit, and whether a place or an organisation
    stands between, as in `president of Russia, …`.
    """
    search, hits = scanned.search, scanned.hits
    end, following, past_a_place = hits[place][3], place + 1, False
    for _ in range(_MOST_BETWEEN):
        if following < len(hits) and not search[end : hits[following][1]].strip():
            meant = hits[following][0]
            if _begins_a_name(scanned, hits[following], gazetteer):
                break
            if _may_be_a_person(meant, gazetteer):
                return following
            past_a_place = meant != TITLE
            end, following = hits[following][3], following + 1
            continue
        start, stop = _word_at(search, end)
        if words is None or search[start:stop] not in words.between:
            break
        end = stop
        while following < len(hits) and hits[following][1] < end:
            following += 1
    return end, following, past_a_place


def _close(scanned: Scanned, title: Hit, end: int, start: int, *, comma: bool) -> bool:
    """Whether what stands between the words that announce a name, and the name, is no break."""
    gap = scanned.text[slice(*scanned.span(end, start))] if start > end else ""
    allowed = ' \u00a0«"' + ("," if comma else "")
    if end == title[3] and end - title[1] <= _ABBREVIATED:
        allowed += "."
    return not gap.strip(allowed)


def _begins_a_name(scanned: Scanned, hit: Hit, gazetteer: Gazetteer) -> bool:
    """Whether what is short for somebody is a first name before another name: `Petra Lind`."""
    meant, _, start, end, _, _ = hit
    if meant > FIRST_GROUP or scanned.search[start:end] not in gazetteer.given:
        return False
    return capital_follows(scanned.text, scanned.span(start, end)[1])


def _may_be_a_person(meant: int, gazetteer: Gazetteer) -> bool:
    if meant >= 0:
        return gazetteer.kinds[meant] == "person"
    if meant > FIRST_GROUP:
        return False
    claims = gazetteer.groups[FIRST_GROUP - meant]
    return any(gazetteer.kinds[claim.entity] == "person" for claim in claims)


def _given(search: str, start: int, words: TitleWords, gazetteer: Gazetteer) -> bool:
    """Whether a first name stands there, after what small words a name may begin with."""
    for _ in range(_MOST_BETWEEN):
        begin, end = _word_at(search, start)
        if search[begin:end] not in words.particles:
            return search[begin:end] in gazetteer.given
        start = end
    return False


def _word_at(search: str, position: int) -> tuple[int, int]:
    while position < len(search) and search[position] == " ":
        position += 1
    end = search.find(" ", position)
    return position, len(search) if end < 0 else end


def _free(guess: Guess, hits: list[Hit]) -> bool:
    # Another name begins inside: `Minister Anna United Nations`.
    for meant, begin, _, end, _, _ in hits:
        if begin >= guess.end:
            break
        if meant == TITLE or end > guess.end:
            return False
    return True


def _cased(scanned: Scanned, start: int, words: TitleWords) -> Guess | None:
    text = scanned.text
    position = first = scanned.span(start, start + 1)[0]
    # With vowel signs left out, lengths in `search` are others; such texts have no capitals.
    if scanned.folded.gaps:
        return None
    end, full, parts = first, 0, 0
    while parts < _LONGEST and (token := _TOKEN.match(text, position)):
        word = token.group().rstrip(".")
        small = word.lower()
        bare = _SUFFIX.sub("", word)
        suffixed, word = bare != word, bare
        particle, _, rest = word.partition("-")
        if word[0].isupper() or (particle in words.particles and rest[:1].isupper()):
            acronym = len(word) > 1 and len(word) <= _ACRONYM and word.isupper()
            if small in words.stop or acronym:
                break
            parts += 1
            full += len(word) > 1
            end = position + len(word) + (len(word) == 1 and token.group().endswith("."))
        elif small not in words.particles or not parts:
            break
        position = token.end()
        if suffixed or (token.group().endswith(".") and len(word) > 1):
            break
        if text[position : position + 1] in {" ", "\u00a0"}:
            position += 1
        elif not token.group().endswith("."):
            break
    if parts < 2 or not full or text[end - 1] == ".":
        return None
    return Guess(" ".join(text[first:end].split()), start, start + end - first)


def _caseless(scanned: Scanned, start: int, words: TitleWords) -> Guess | None:
    search = scanned.search
    position, taken = start, 0
    while taken < 2:
        word_start, end = _word_at(search, position)
        while _joined(scanned, end):
            end = _word_at(search, end)[1]
        word = search[word_start:end]
        particle = word in words.particles
        if word_start != position or not (particle or _may_be_a_name(word, words)):
            return None
        taken += not particle
        position = end + 1
    name = scanned.text[slice(*scanned.span(start, end))]
    if any(not (letter.isalpha() or letter in _WITHIN) for letter in name):
        return None
    return Guess(name, start, end)


def _joined(scanned: Scanned, end: int) -> bool:
    """Whether a word goes on behind an invisible joint, as in Persian."""
    return end + 1 < len(scanned.search) and scanned.text[scanned.span(end, end + 1)[0]] == _JOINT


def _may_be_a_name(word: str, words: TitleWords) -> bool:
    return len(word) > 2 and word.replace(" ", "").isalpha() and not _common(word, words)


def _common(word: str, words: TitleWords) -> bool:
    return word in words.stop or any(
        word.startswith(clitic) and word[len(clitic) :] in words.stop for clitic in words.clitics
    )
