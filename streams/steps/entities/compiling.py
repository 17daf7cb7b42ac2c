"""Rows, grammar and titles, compiled into one `Gazetteer`: seconds of work, done once."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from streams.steps.entities.folding import Folder
from streams.steps.entities.forms import FIXED, forms_of
from streams.steps.entities.gazetteer import (
    DOUBTFUL,
    FIRST_GROUP,
    NAMESAKE,
    NO_NAME,
    SURE,
    TITLE,
    Claim,
    Gazetteer,
)
from streams.steps.entities.grammar import FormsSeed, Paradigm
from streams.steps.entities.patterns import (
    RANKS,
    Pattern,
    fold_all,
    key_of,
    patterns_of,
    ranked,
)
from streams.steps.entities.rows import EVERYWHERE, EntityRow
from streams.steps.entities.titles import TitlesSeed, title_words


def compile_gazetteer(
    rows: Iterable[EntityRow],
    forms: Mapping[str, FormsSeed],
    titles: Mapping[str, TitlesSeed] | None = None,
    words: Mapping[str, Sequence[str]] | None = None,
) -> Gazetteer:
    """All names, ready to be found. Who wins when two rows claim one: `patterns.ranked`.

    Args:
        rows: in the order of the files.
        forms: by language code; names in a language that is not there keep their form.
        titles: by language code; what announces a person.
        words: by language code, its common words that are spelt like names elsewhere.
    """
    folder = folder_of(forms)
    table = list(rows)
    patterns = patterns_of(table, forms, titles or {}, folder)
    if not patterns:
        # The automaton does not build on nothing; nothing is what this one finds.
        patterns["\0"] = Pattern(0, 0, demonym=False)
    keys = list(patterns)
    claims = [ranked((c for c, _ in made.claims), table) for made in patterns.values()]
    local = _own_meanings(patterns.values(), claims, table)
    for code, marks in _words(forms, titles or {}, words or {}, keys, folder).items():
        local.setdefault(code, {}).update(marks)
    doubted = {i for marks in local.values() for i, mark in marks.items() if mark == DOUBTFUL}
    groups: dict[tuple[Claim, ...], int] = {}
    means = array(
        "i",
        (
            _meaning(pattern, made, groups, doubted=i in doubted)
            for i, (pattern, made) in enumerate(zip(patterns.values(), claims, strict=True))
        ),
    )
    return Gazetteer(
        automaton=CharwiseDoubleArrayAhoCorasick(keys, MATCH_KIND_LEFTMOST_LONGEST),
        folder=folder,
        lengths=bytes(len(key.strip().replace("  ", " ")) for key in keys),
        means=means,
        prefix=bytes(p.prefix for p in patterns.values()),
        capitals=bytes(p.capitals for p in patterns.values()),
        demonym=bytes(p.demonym for p in patterns.values()),
        groups=list(groups),
        inner=dict(_inner(keys, means, claims, table)),
        beaten={i: lost for i, made in enumerate(claims) if (lost := _beaten(made))},
        local=local,
        given=frozenset(_given(table, forms, titles or {}, folder)) - _states(keys, claims, table),
        titles={
            code: title_words(seed, forms[code], folder) for code, seed in (titles or {}).items()
        },
        ids=[row.id for row in table],
        names=[row.name for row in table],
        kinds=[row.kind for row in table],
        countries=[row.countries for row in table],
        ranks=bytes(RANKS[row.tier] for row in table),
        initials=[_initials(row) for row in table],
        own=_own(table, folder),
    )


def clashes(
    rows: Sequence[EntityRow], forms: Mapping[str, FormsSeed]
) -> Iterator[tuple[str, list[EntityRow]]]:
    """Every form, folded, that more than one row claims, with its rows: who wins stands first."""
    for form, pattern in patterns_of(rows, forms, {}, folder_of(forms)).items():
        claims = ranked((claim for claim, _ in pattern.claims), rows)
        claimed = dict.fromkeys(claim.entity for claim in claims)
        if len(claimed) > 1:
            yield form.strip(), [rows[entity] for entity in claimed]


def folder_of(forms: Mapping[str, FormsSeed]) -> Folder:
    """What folds the letters of all languages."""
    return Folder(
        sorted({pair for seed in forms.values() for pair in seed.folds.items()}),
        sorted({mark for seed in forms.values() for mark in seed.dropped}),
    )


def _meaning(
    pattern: Pattern,
    claims: Sequence[Claim],
    groups: dict[tuple[Claim, ...], int],
    *,
    doubted: bool,
) -> int:
    if not claims:
        return pattern.sign
    if claims[0].needs == SURE and (not doubted or len(claims) == 1):
        return claims[0].entity
    # Where a name is also a word of some language, nobody is sure there, and all are asked.
    open_to = tuple(claims if doubted else _until_sure(claims))
    return FIRST_GROUP - groups.setdefault(open_to, len(groups))


def _until_sure(claims: Sequence[Claim]) -> Iterator[Claim]:
    for claim in claims:
        yield claim
        if claim.needs == SURE:
            return


def _beaten(claims: Sequence[Claim]) -> tuple[int, ...]:
    if len(claims) < 2:
        return ()
    kept = len(list(_until_sure(claims)))
    winners = {claim.entity for claim in claims[:kept]}
    return tuple(dict.fromkeys(c.entity for c in claims[kept:] if c.entity not in winners))


def _inner(
    keys: Sequence[str],
    means: Sequence[int],
    claims: Sequence[Sequence[Claim]],
    rows: Sequence[EntityRow],
) -> Iterator[tuple[int, tuple[tuple[int, int, int], ...]]]:
    """Names inside others: states in organisations', any in titles.

    In events' also places of their own countries: Kazan of a summit there, but not Paris of
    an agreement of all the world.

    `Jordan` in a person's name and `Mexico` in `New Mexico` are not the state.
    """
    sure = {
        key: (i, claims[i][0].entity)
        for i, key in enumerate(keys)
        if key[0] == " " and claims[i] and claims[i][0].needs == SURE
    }
    places = {key: at for key, at in sure.items() if rows[at[1]].kind == "place"}
    states = {key: at for key, at in places.items() if rows[at[1]].tier == "country"}
    for i, key in enumerate(keys):
        if "  " not in key:
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


def _own_meanings(
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


def _words(
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


def _given(
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


def _states(
    keys: Sequence[str], claims: Sequence[Sequence[Claim]], rows: Sequence[EntityRow]
) -> frozenset[str]:
    """What states are called: `Izraela Benjamin Netanjahu` is not about one Izrael Benjamin."""
    return frozenset(
        key.strip()
        for key, made in zip(keys, claims, strict=True)
        if made and rows[made[0].entity].tier == "country"
    )


def _own(rows: Sequence[EntityRow], folder: Folder) -> list[frozenset[str]]:
    r"""Of every person, the words of its names; a name is folded with a `\\0` behind it."""
    names = [
        "\0".join(n for phrases in row.names.values() for n in phrases).replace(FIXED, "")
        if row.kind == "person"
        else ""
        for row in rows
    ]
    return [frozenset(folder(name).text.replace("\0", " ").split()) for name in names]


def _initials(row: EntityRow) -> str:
    if row.kind != "person":
        return ""
    words = (w for names in row.names.values() for name in names for w in name.split())
    return "".join(sorted({word.removeprefix(FIXED)[0] for word in words}))
