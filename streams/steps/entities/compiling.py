"""Rows, grammar and titles, compiled into one `Gazetteer`: seconds of work, done once."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from streams.steps.entities.folding import Folder
from streams.steps.entities.gazetteer import (
    CITY,
    DOUBTFUL,
    FIRST_GROUP,
    NONE,
    PERSON,
    SURE,
    Claim,
    Gazetteer,
)
from streams.steps.entities.grammar import FormsSeed
from streams.steps.entities.patterns import Pattern, patterns_of, ranked
from streams.steps.entities.rows import EntityRow
from streams.steps.entities.tables import (
    first_names,
    initials,
    inner_names,
    occasions,
    own_meanings,
    own_words,
    states_names,
    words_too,
)
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
    local = own_meanings(patterns.values(), claims, table)
    for code, marks in words_too(forms, titles or {}, words or {}, keys, folder).items():
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
        signs={
            i: pattern.sign
            for i, pattern in enumerate(patterns.values())
            if pattern.claims and pattern.sign != NONE
        },
        groups=list(groups),
        inner=dict(inner_names(keys, means, claims, table)),
        beaten={i: lost for i, made in enumerate(claims) if (lost := _beaten(made))},
        local=local,
        given=frozenset(first_names(table, forms, titles or {}, folder))
        - states_names(keys, claims, table),
        titles={
            code: title_words(seed, forms[code], folder) for code, seed in (titles or {}).items()
        },
        home={code: frozenset(seed.home) for code, seed in forms.items() if seed.home},
        ids=[row.id for row in table],
        names=[row.name for row in table],
        kinds=[row.kind for row in table],
        countries=[row.countries for row in table],
        care=bytes(
            PERSON if row.kind == "person" else CITY if row.tier == "city" else 0 for row in table
        ),
        initials=[initials(row) for row in table],
        own=own_words(table, folder),
        occasions={row.name: days for row in table if (days := occasions(row))},
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
