"""What the compiled names know besides whose a pattern is.

Names inside other names, what a form means in one language only, and the words of persons'
names, by which one bearer of a surname is told from another.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from streams.steps.entities.folding import Folder
from streams.steps.entities.forms import FIXED, forms_of
from streams.steps.entities.gazetteer import DOUBTFUL, NAMESAKE, NO_NAME, SURE, TITLE, Claim
from streams.steps.entities.grammar import FormsSeed, Paradigm
from streams.steps.entities.patterns import Pattern, fold_all, key_of, ranked
from streams.steps.entities.rows import EVERYWHERE, EntityRow
from streams.steps.entities.titles import TitlesSeed

WHOLE_DAY = len("2024-11-05")
A_SEASON = 60


def inner_names(
    keys: Sequence[str],
    means: Sequence[int],
    claims: Sequence[Sequence[Claim]],
    rows: Sequence[EntityRow],
) -> Iterator[tuple[int, tuple[tuple[int, int, int], ...]]]:
    """By pattern, the names inside it: where, which pattern, whose.

    In organisations' states, in events' also places of their own countries: Kazan of a summit
    there, but not Paris of an agreement of all the world; in titles any. `Jordan` in a
    person's name and `Mexico` in `New Mexico` are not the state.
    """
    sure = {
        key: (i, claims[i][0].entity)
        for i, key in enumerate(keys)
        if key[0] == " " and claims[i] and claims[i][0].needs == SURE
    }
    places = {key: at for key, at in sure.items() if rows[at[1]].kind == "place"}
    states = {key: at for key, at in places.items() if rows[at[1]].tier == "country"}
    for i, key in enumerate(keys):
        if "  " not in key or "   " in key:
            continue
        if means[i] == TITLE:
            found = tuple(_inside(key, sure))
        elif means[i] >= 0 and rows[means[i]].kind in {"organisation", "event"}:
            row = rows[means[i]]
            within = places if row.kind == "event" else states
            found = tuple(
                name
                for name in _inside(key, within)
                if rows[name[2]].tier == "country"
                or set(rows[name[2]].countries) & set(row.countries)
            )
        else:
            continue
        if found:
            yield i, found


def _inside(key: str, names: Mapping[str, tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    words = key.split()
    first = 0
    while first < len(words):
        for last in range(len(words), first, -1):
            name = names.get(f" {'  '.join(words[first:last])} ")
            if name is not None and last - first < len(words):
                # Where its letters begin, counted from those of the whole name.
                yield (len(" ".join(words[:first])) + (first > 0), *name)
                first = last - 1
                break
        first += 1


def own_meanings(
    patterns: Iterable[Pattern], claims: Sequence[Sequence[Claim]], rows: Sequence[EntityRow]
) -> dict[str, dict[int, int]]:
    """By language, the forms that are another's name there: Slovensko, of Slovakia or Slovenian."""
    own: dict[str, dict[int, int]] = {}
    for i, (pattern, made) in enumerate(zip(patterns, claims, strict=True)):
        if len(made) < 2:
            continue
        speakers = {code for claim, code in pattern.claims if claim == made[0]}
        for language in sorted({code for _, code in pattern.claims} - speakers - {EVERYWHERE}):
            first = ranked((c for c, code in pattern.claims if code == language), rows)[0]
            if first.needs == SURE:
                own.setdefault(language, {})[i] = first.entity
    return own


def words_too(
    forms: Mapping[str, FormsSeed],
    titles: Mapping[str, TitlesSeed],
    words: Mapping[str, Sequence[str]],
    keys: Sequence[str],
    folder: Folder,
) -> dict[str, dict[int, int]]:
    """By language, what its data says is a word as well, with what is written before it.

    Under `mul` what holds in languages that have no data.
    """
    at = {key: i for i, key in enumerate(keys)}
    namesakes = [name for code in sorted(forms) for name in forms[code].namesakes]
    marked: dict[str, dict[int, int]] = {}
    for code in sorted({*forms, *words, EVERYWHERE}):
        seed = forms.get(code)
        never = list(seed.forbidden) if seed else []
        if seed and code in titles and not seed.capitalised:
            # Where no capital tells a name, the commonest words are none.
            never += titles[code].stop
        doubtful = [*(seed.ambiguous if seed else ()), *words.get(code, ())]
        marks = marked[code] = {}
        for listed, mark in ((namesakes, NAMESAKE), (doubtful, DOUBTFUL), (never, NO_NAME)):
            spelt = [
                form
                for word in listed
                for form, _ in (forms_of(word, "fixed", seed) if seed else [(word, 0)])
            ]
            for form in fold_all(spelt, folder):
                if form and (key := key_of(form)) in at:
                    marks[at[key]] = mark
    return marked


def first_names(
    rows: Sequence[EntityRow],
    forms: Mapping[str, FormsSeed],
    titles: Mapping[str, TitlesSeed],
    folder: Folder,
) -> Iterator[str]:
    """The first names of all persons, in all their forms."""
    names = [name for code in sorted(titles) for name in titles[code].given]
    for row in rows:
        if row.kind != "person" or row.surname != "last":
            continue
        paradigm: Paradigm = "person_m" if row.gender == "m" else "person_f"
        for language, phrases in row.names.items():
            seed = forms.get(language)
            for words in (phrase.split() for phrase in phrases):
                if len(words) > 1 and not words[0].startswith(FIXED):
                    names.append(words[0])
                    if seed and seed.endings.get(paradigm):
                        names += [form for form, _ in forms_of(words[0], paradigm, seed)]
    yield from (name for name in fold_all(names, folder) if len(name) > 2 and " " not in name)


def states_names(
    keys: Sequence[str], claims: Sequence[Sequence[Claim]], rows: Sequence[EntityRow]
) -> frozenset[str]:
    """What states are called: `Izraela Benjamin Netanjahu` is not about one Izrael Benjamin."""
    return frozenset(
        key.strip()
        for key, made in zip(keys, claims, strict=True)
        if made and rows[made[0].entity].tier == "country"
    )


def own_words(rows: Sequence[EntityRow], folder: Folder) -> list[frozenset[str]]:
    r"""Of every person, the words of its names; a name is folded with a `\\0` behind it."""
    names = [
        "\0".join(n for phrases in row.names.values() for n in phrases).replace(FIXED, "")
        if row.kind == "person"
        else ""
        for row in rows
    ]
    return [frozenset(folder.fold(name).replace("\0", " ").split()) for name in names]


def initials(row: EntityRow) -> str:
    """Of a person, the letters that the words of its names begin with."""
    if row.kind != "person":
        return ""
    words = (w for names in row.names.values() for name in names for w in name.split())
    return "".join(sorted({word.removeprefix(FIXED)[0] for word in words}))


def occasions(row: EntityRow) -> tuple[tuple[str, str], ...]:
    """First and last day of each time of an event; none of what took longer than a season.

    A war is no day that a text could be dated by, nor is what has no end yet; an election is.
    """
    if row.kind != "event":
        return ()
    once = ((row.begin, row.end),) if row.begin and row.end else ()
    again = tuple((each.begin, each.end or each.begin) for each in row.occasions)
    return tuple(
        (begin, end)
        for begin, end in (*once, *again)
        if len(begin) == len(end) == WHOLE_DAY and _days(begin, end) <= A_SEASON
    )


def _days(begin: str, end: str) -> int:
    return (dt.date.fromisoformat(end) - dt.date.fromisoformat(begin)).days
