"""How names change in the texts of one language: `seeds/languages/<code>/forms.yaml`."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from streams.steps.entities.rows import Country, Language, Phrase, Seed

Letter = Annotated[str, StringConstraints(min_length=1, max_length=1)]
Paradigm = Literal["name", "person_m", "person_f", "demonym", "fixed"]


class Ending(Seed):
    """Words that end in one of `ends` take these endings instead, one a case, in a fixed order.

    The order is the same in all rules of a paradigm, so that the words of a phrase agree;
    what comes after the length that all words have is for one-word names. `_` stands for
    the ending itself: `{ends: [д, т], forms: [_, _а]}` makes `Багдад`, `Багдада`.
    """

    ends: tuple[str, ...]
    forms: tuple[str, ...]


class Article(Seed):
    """The definite article, written together with its word.

    Attributes:
        word: as `ال`.
        clitics: what may stand before it; the empty one is always allowed.
        merged: a preposition and the article in one, which stand in the article's place.
        persons: whether names of persons that begin like it bear it: السيسي does, היילי not.
    """

    word: Phrase
    clitics: tuple[str, ...] = ()
    merged: tuple[Phrase, ...] = ()
    persons: bool = True


class FormExample(Seed):
    """A name, and forms that it must and must not have."""

    name: Phrase
    paradigm: Paradigm
    forms: tuple[str, ...]
    never: tuple[str, ...] = ()


class FormsSeed(Seed):
    """The grammar of one language's names.

    Attributes:
        script: ISO 15924; names under `mul` are declined by every language with Latn.
        home: the states, if few, where it is at home: their smaller cities need no other
            mention of the state in its texts.
        capitalised: what begins with a capital in running text; empty for scripts without.
        folds: letters that writers use one for another; both sides are one letter.
        dropped: marks that may be left out of a word.
        clitics: little words written together with the next one.
        paradigms: rules by kind of name; the longest `ends` that fits decides.
        last_word: paradigms of which only the last word of a name changes.
        forbidden: ordinary words, also with what is written before them: never names in
            texts of this language, whatever other languages call so.
        ambiguous: forms that are also ordinary words or other names in texts of this
            language; there they count only beside a sure mention of the same country.
        namesakes: places that are first names too: before another capitalised word no place,
            in texts of any language.
        not_after, not_before: words after or before which a place's name means no place: a
            team, a street, a newspaper. They are declined as names.
    """

    language: Language
    script: Literal["Arab", "Cyrl", "Hani", "Hebr", "Latn"]
    home: tuple[Country, ...] = ()
    capitalised: tuple[Literal["names", "demonyms"], ...] = ()
    folds: dict[Letter, Letter] = Field(default_factory=dict)
    dropped: tuple[Letter, ...] = ()
    clitics: tuple[str, ...] = ()
    article: Article | None = None
    paradigms: dict[Paradigm, tuple[Ending, ...]] = Field(default_factory=dict)
    last_word: tuple[Paradigm, ...] = ()
    forbidden: tuple[Phrase, ...] = ()
    ambiguous: tuple[Phrase, ...] = ()
    namesakes: tuple[Phrase, ...] = ()
    not_after: tuple[Phrase, ...] = ()
    not_before: tuple[Phrase, ...] = ()
    examples: tuple[FormExample, ...]

    @cached_property
    def endings(self) -> dict[Paradigm, dict[str, Ending]]:
        """Of every paradigm, the rule for each ending."""
        return {
            paradigm: {end: rule for rule in rules for end in rule.ends}
            for paradigm, rules in self.paradigms.items()
        }
