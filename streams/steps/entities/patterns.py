"""The rows' names in all their forms, each with who claims it: what the automaton is made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from streams.steps.entities.folding import Folder
from streams.steps.entities.forms import forms_of, plain
from streams.steps.entities.gazetteer import (
    AFTER,
    BEFORE,
    COUNTRY,
    FULL_NAME,
    HOME,
    NONE,
    SURE,
    TITLE,
    Claim,
)
from streams.steps.entities.grammar import FormsSeed, Paradigm
from streams.steps.entities.rows import EVERYWHERE, EntityRow
from streams.steps.entities.titles import TitlesSeed

NEEDS = {"nothing": SURE, "home": HOME, "country": COUNTRY, "full_name": FULL_NAME}
RANKS = {"country": 0, "curated": 1, "capital": 2, "city": 3}


@dataclass(slots=True)
class Pattern:
    """A form of a name with its claims, each with the language that makes it, in their order.

    Without any, or where it lacks the capitals of a name, it is what `sign` says.
    """

    prefix: int
    capitals: int
    demonym: bool
    sign: int = NONE
    claims: list[tuple[Claim, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Use:
    """A name as one row uses it; `claim` is None for what means none of the rows: a `sign`."""

    language: str
    name: str
    paradigm: Paradigm
    claim: Claim | None
    sign: int = NONE


def patterns_of(
    rows: Sequence[EntityRow],
    forms: Mapping[str, FormsSeed],
    titles: Mapping[str, TitlesSeed],
    folder: Folder,
) -> dict[str, Pattern]:
    """Every form of every name, title and other sign, as the automaton has it."""
    caseless = {code for code, seed in forms.items() if seed.script in {"Arab", "Hebr"}}
    uses = [use for entity, row in enumerate(rows) for use in _uses(row, entity, caseless)]
    uses += [
        _Use(code, title, paradigm, None, TITLE)
        for code, seed in sorted(titles.items())
        for paradigm, names in seed.titles.items()
        for title in names
    ]
    uses += [
        _Use(code, word, "name", None, sign)
        for code, seed in sorted(forms.items())
        for sign, words in ((BEFORE, seed.not_after), (AFTER, seed.not_before))
        for word in words
    ]
    forbidden = {code: set(fold_all(seed.forbidden, folder)) for code, seed in forms.items()}
    forbidden[EVERYWHERE] = set[str]().union(*forbidden.values())
    made: list[tuple[_Use, str, int, FormsSeed | None]] = []
    for use in uses:
        for language in _languages(use.language, forms):
            seed = forms.get(language)
            found = forms_of(use.name, use.paradigm, seed) if seed else [(plain(use.name), 0)]
            made += [(use, form, prefix, seed) for form, prefix in dict(found).items()]
    folded = _folded([form for _, form, _, _ in made], folder)
    patterns: dict[str, Pattern] = {}
    for (use, form, prefix, seed), spaced in zip(made, folded, strict=True):
        text = " ".join(spaced.split())
        if not text or text in forbidden.get(use.language, ()):
            continue
        # `EE. UU.` has a full stop and a space between its parts, and often neither.
        for letters in dict.fromkeys((text, spaced.strip())):
            _add(patterns, key_of(letters), use, prefix, form[prefix:], seed)
    return patterns


def key_of(letters: str) -> str:
    """A folded form as the automaton has it: a space on either side, two between its words.

    Texts have two spaces between words, so that each of two names in a row has its own, and
    what is found is a whole word. Scripts that put no spaces between words have none.
    """
    before = "" if unspaced(letters[0]) else " "
    behind = "" if unspaced(letters[-1]) else " "
    return before + letters.replace(" ", "  ") + behind


def ranked(claims: Iterable[Claim], rows: Sequence[EntityRow]) -> list[Claim]:
    """The claims on one pattern, who wins first.

    A state before what was curated before a capital before a city; within one of them what
    is sure before what needs more, then the earlier row. Behind what is sure nobody gets it.
    Only of an organisation or event what needs more comes last: `Chicago` is the city, not
    its team, and `Rio` no games.
    """
    once = list(dict.fromkeys(claims))
    if len(once) < 2:
        return once
    return sorted(
        once,
        key=lambda claim: (_rank(claim, rows[claim.entity]), claim.needs > SURE),
    )


def _rank(claim: Claim, row: EntityRow) -> int:
    if claim.needs > SURE and row.kind in {"organisation", "event"}:
        return len(RANKS)
    return RANKS[row.tier]


def fold_all(forms: Sequence[str], folder: Folder) -> list[str]:
    """What texts have for each of the forms, when nothing but one space is between words."""
    return [" ".join(text.split()) for text in _folded(forms, folder)]


def _folded(forms: Sequence[str], folder: Folder) -> list[str]:
    # All at once: one call a name would cost more than the automaton.
    return folder.fold("\0".join(forms)).split("\0") if forms else []


def unspaced(letter: str) -> bool:
    """Whether the script puts no spaces between words: Thai to Khmer, kana, Han."""
    return ("\u0e00" <= letter <= "\u17ff" and not "\u10a0" <= letter <= "\u177f") or (
        "\u3040" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"
    )


def _languages(language: str, forms: Mapping[str, FormsSeed]) -> Iterable[str]:
    if language != EVERYWHERE:
        return (language,)
    return (EVERYWHERE, *(code for code in sorted(forms) if forms[code].script == "Latn"))


def _uses(row: EntityRow, entity: int, caseless: AbstractSet[str]) -> Iterator[_Use]:
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
            yield from (
                _Use(language, name, _unless_foreign(row, language, name, kind), claim)
                for name in names
            )
    if row.kind == "person" and row.surname != "none":
        for language, names in row.names.items():
            surnames = dict.fromkeys(_surname(row, name) for name in names)
            # Where no capital tells a name from a word, a surname alone tells too little.
            claim = Claim(entity, FULL_NAME) if language in caseless and short.needs else short
            yield from (_Use(language, name, paradigm, claim) for name in surnames if name)


def _unless_foreign(row: EntityRow, language: str, name: str, paradigm: Paradigm) -> Paradigm:
    """Brands spelt alike everywhere keep their form after a vowel; of Sony no case is `Son`."""
    if language != EVERYWHERE or row.kind == "person" or paradigm == "demonym":
        return paradigm
    vowels = "aeiouy" if row.kind == "organisation" else "y"
    return "fixed" if name[-1].lower() in vowels else paradigm


def _surname(row: EntityRow, name: str) -> str | None:
    # Chinese writes a foreign name as one word, with points between its parts.
    words = name.split() if " " in name else name.replace("\u00b7", " ").split()
    if len(words) < 2:
        return None
    return words[-1] if row.surname == "last" else words[0]


def _add(
    patterns: dict[str, Pattern],
    key: str,
    use: _Use,
    prefix: int,
    form: str,
    seed: FormsSeed | None,
) -> None:
    capitals = 0 if use.sign != NONE else _capitals(form, use, seed)
    demonym = use.paradigm == "demonym"
    pattern = patterns.get(key)
    if pattern is None:
        pattern = patterns[key] = Pattern(prefix, capitals, demonym, use.sign)
    elif use.claim is None:
        # `never` claims nothing: the pattern alone keeps a shorter one from being found.
        if pattern.claims:
            pattern.sign = use.sign
        return
    elif demonym and capitals < pattern.capitals:
        pattern.capitals = capitals
    if use.claim is None:
        return
    if any(claim == use.claim for claim, _ in pattern.claims):
        # `OTAN` and `Otan`: who lists both wants both.
        pattern.capitals = min(pattern.capitals, capitals)
    if (claim := (use.claim, use.language)) not in pattern.claims:
        pattern.claims.append(claim)


def _capitals(form: str, use: _Use, seed: FormsSeed | None) -> int:
    if seed is None:
        return int(form[:1].isupper())
    kind = "demonyms" if use.paradigm == "demonym" else "names"
    if kind not in seed.capitalised or not form[:1].isupper():
        return 0
    # `US` and `who` are words in small letters: of an acronym two capitals are asked.
    return 2 if form[:2].isupper() and len(form) > 1 else 1
