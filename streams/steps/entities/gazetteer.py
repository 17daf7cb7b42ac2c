"""All names of all languages in one automaton, with flat tables beside it."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from schemas.enriched import EntityKind
from streams.steps.entities.folding import Folder
from streams.steps.entities.forms import FIXED, forms_of
from streams.steps.entities.rows import EntityRow, FormsSeed, Paradigm

TIERS = {"country": 0, "curated": 1, "capital": 2}
SURE, FULL_NAME, COUNTRY = range(3)
"""What a claim needs to count: nothing, the entity's full name, or its country."""
NEEDS = {None: SURE, "full_name": FULL_NAME, "country": COUNTRY}
NONE, CONTESTED = -1, -2


@dataclass(frozen=True, slots=True)
class Claim:
    """An entity says that a pattern is its name."""

    entity: int
    needs: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The compiled names. By pattern: `lengths` … `shorter`; by entity: `ids` … `initials`.

    Attributes:
        automaton: finds patterns in folded text; a space stands before each, except in
            scripts that put none between words.
        lengths: letters of the pattern.
        means: the entity that it names for sure; CONTESTED; or NONE, when the phrase means
            none of them.
        prefix: letters before the name itself: the space, and what is written together.
        capitals: how many letters at the start of the name must be capitals.
        demonym: 1 for an adjective or a people.
        open_end: 1 when a letter may follow at once, in scripts without spaces.
        shorter: the longest other pattern that this one begins with, or NONE.
        claims: of a contested pattern: who may be meant, the likeliest first.
        ambiguous: by language, the patterns that need the country there.
        initials: of a person, the letters that the words of the names begin with.
    """

    automaton: Any
    folder: Folder
    lengths: "array[int]"
    means: "array[int]"
    prefix: bytes
    capitals: bytes
    demonym: bytes
    open_end: bytes
    shorter: "array[int]"
    claims: Mapping[int, tuple[Claim, ...]]
    ambiguous: Mapping[str, frozenset[int]]
    ids: list[str | None]
    names: list[str]
    kinds: list[EntityKind]
    countries: list[tuple[str, ...]]
    initials: list[str]


@dataclass(slots=True)
class _Pattern:
    prefix: int
    capitals: int
    demonym: bool
    claims: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Use:
    """A name as one row uses it."""

    language: str
    name: str
    paradigm: Paradigm
    claim: Claim | None


def compile_gazetteer(rows: Iterable[EntityRow], forms: Mapping[str, FormsSeed]) -> Gazetteer:
    """The rows' names in all their forms, ready to be found.

    A name that two rows claim goes to the country before the curated row before the
    capital, and to the earlier row within a tier; a sure name wins over a short one that
    needs more.

    Args:
        rows: in the order of the files.
        forms: by language code; names in a language that is not there keep their form.
    """
    ranked = sorted(rows, key=lambda row: TIERS[row.tier])
    seeds = [forms[code] for code in sorted(forms)]
    folder = Folder(
        sorted({pair for seed in seeds for pair in seed.folds.items()}),
        sorted({mark for seed in seeds for mark in seed.dropped}),
    )
    patterns = _patterns(ranked, forms, folder)
    if not patterns:
        # The automaton does not build on nothing; nothing is what this one finds.
        patterns["\0"] = _Pattern(0, 0, demonym=False)
    keys = list(patterns)
    table = patterns.values()
    return Gazetteer(
        automaton=CharwiseDoubleArrayAhoCorasick(keys, MATCH_KIND_LEFTMOST_LONGEST),
        folder=folder,
        lengths=array("l", map(len, keys)),
        means=array("l", map(_meaning, table)),
        prefix=bytes(p.prefix for p in table),
        capitals=bytes(p.capitals for p in table),
        demonym=bytes(p.demonym for p in table),
        open_end=bytes(_unspaced(key[-1]) for key in keys),
        shorter=_shorter(keys),
        claims={i: tuple(p.claims) for i, p in enumerate(table) if _meaning(p) == CONTESTED},
        ambiguous=_ambiguous(seeds, keys, folder),
        ids=[row.id for row in ranked],
        names=[row.name for row in ranked],
        kinds=[row.kind for row in ranked],
        countries=[row.countries for row in ranked],
        initials=[_initials(row) for row in ranked],
    )


def _patterns(
    rows: Sequence[EntityRow], seeds: Mapping[str, FormsSeed], folder: Folder
) -> dict[str, _Pattern]:
    uses: list[_Use] = []
    forms: list[str] = []
    attached: list[int] = []
    for use in (use for entity, row in enumerate(rows) for use in _uses(row, entity)):
        seed = seeds.get(use.language)
        found = forms_of(use.name, use.paradigm, seed) if seed else [(_plain(use.name), 0)]
        for form, prefix in dict(found).items():
            uses.append(use)
            forms.append(form)
            attached.append(prefix)
    forbidden = {code: set(_fold_all(seed.forbidden, folder)) for code, seed in seeds.items()}
    patterns: dict[str, _Pattern] = {}
    folded = _fold_all(forms, folder)
    for use, form, text, prefix in zip(uses, forms, folded, attached, strict=True):
        if not text or text in forbidden.get(use.language, ()):
            continue
        space = not _unspaced(text[0])
        key = " " + text if space else text
        pattern = patterns.get(key)
        if pattern is None:
            capitals = _capitals(form[prefix:], use, seeds.get(use.language))
            demonym = use.paradigm == "demonym"
            pattern = patterns[key] = _Pattern(prefix + space, capitals, demonym)
        _claim(pattern, use.claim)
    return patterns


def _uses(row: EntityRow, entity: int) -> Iterator[_Use]:
    paradigm: Paradigm = "name"
    if row.gender:
        paradigm = "person_m" if row.gender == "m" else "person_f"
    sure, short = Claim(entity, SURE), Claim(entity, NEEDS[row.needs])
    for phrases, claim, kind in (
        (row.names, sure, paradigm),
        (row.short, short, paradigm),
        (row.demonyms, sure, "demonym"),
        (row.never, None, paradigm),
    ):
        for language, names in phrases.items():
            yield from (_Use(language, name, kind, claim) for name in names)


def _claim(pattern: _Pattern, claim: Claim | None) -> None:
    # `never` claims nothing: the pattern alone keeps a shorter one from being found there.
    if claim is None or any(old.needs == SURE for old in pattern.claims):
        return
    if claim.needs == SURE:
        pattern.claims[:] = [claim]
    elif claim not in pattern.claims:
        pattern.claims.append(claim)


def _meaning(pattern: _Pattern) -> int:
    if not pattern.claims:
        return NONE
    first = pattern.claims[0]
    return first.entity if first.needs == SURE else CONTESTED


def _initials(row: EntityRow) -> str:
    if row.kind != "person":
        return ""
    words = (w for names in row.names.values() for name in names for w in name.split())
    return "".join(sorted({word.removeprefix(FIXED)[0] for word in words}))


def _capitals(form: str, use: _Use, seed: FormsSeed | None) -> int:
    if seed is None:
        return int(form[:1].isupper())
    kind = "demonyms" if use.paradigm == "demonym" else "names"
    if kind not in seed.capitalised:
        return 0
    # `US` and `who` are words in small letters: of an acronym two capitals are asked.
    return 2 if form[:2].isupper() and len(form) > 1 else 1


def _plain(name: str) -> str:
    return " ".join(word.removeprefix(FIXED) for word in name.split())


def _fold_all(forms: Sequence[str], folder: Folder) -> list[str]:
    """Folds all at once: one call a name would cost more than the automaton."""
    if not forms:
        return []
    return [" ".join(text.split()) for text in folder("\0".join(forms)).text.split("\0")]


def _unspaced(letter: str) -> bool:
    """Whether the script puts no spaces between words: Thai to Khmer, kana, Han."""
    return ("\u0e00" <= letter <= "\u17ff" and not "\u10a0" <= letter <= "\u177f") or (
        "\u3040" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"
    )


def _shorter(keys: Sequence[str]) -> "array[int]":
    shorter = array("l", [NONE]) * len(keys)
    begun: list[int] = []
    for i in sorted(range(len(keys)), key=keys.__getitem__):
        while begun and not keys[i].startswith(keys[begun[-1]]):
            begun.pop()
        if begun:
            shorter[i] = begun[-1]
        begun.append(i)
    return shorter


def _ambiguous(
    seeds: Iterable[FormsSeed], keys: Sequence[str], folder: Folder
) -> dict[str, frozenset[int]]:
    at = {key: i for i, key in enumerate(keys)}
    return {
        seed.language: frozenset(
            at[" " + form] for form in _fold_all(seed.ambiguous, folder) if " " + form in at
        )
        for seed in seeds
    }
