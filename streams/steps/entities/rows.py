"""What the data files say: `EntityRow`, one line of a gazetteer, and `FormsSeed`, one language."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from schemas.enriched import EntityKind

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Id = Annotated[str, StringConstraints(pattern=r"^(Q[1-9]\d*|geonames:[1-9]\d*)$")]
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Phrases = dict[Language, tuple[Phrase, ...]]
Letter = Annotated[str, StringConstraints(min_length=1, max_length=1)]
Paradigm = Literal["name", "person_m", "person_f", "demonym"]
Tier = Literal["country", "curated", "capital"]


class _Seed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EntityRow(_Seed):
    """One person, place, organisation or event, with its names by language.

    A name is written in its base form; `seeds/languages/<code>/forms.yaml` makes the others.
    A word with `=` before it keeps its form: `Министерство =обороны`.

    Attributes:
        id: Wikidata QID, `geonames:…`, or null.
        name: the label that consumers read.
        countries: ISO 3166-1 alpha-2; the states that it is, lies in, or acts for.
        tier: who wins when two entities share a name: country, then curated, then capital.
        gender: of a person, when the language declines by it.
        names: enough alone to know whom they mean; without a leading `The`, which is mostly
            written small.
        short: surnames, acronyms and the like; `needs` says what else the article must hold.
        demonyms: adjectives and peoples, which mention the country.
        never: phrases that hold one of the names and mean something else.
        needs: what makes `short` count: `full_name`, one of `names` in the article;
            `country`, that or any other sure mention of one of `countries`; null, nothing.
    """

    id: Id | None
    name: Phrase
    kind: EntityKind
    countries: tuple[Country, ...] = ()
    tier: Tier = "curated"
    gender: Literal["m", "f"] | None = None
    roles: tuple[Phrase, ...] = ()
    names: Phrases = {}
    short: Phrases = {}
    demonyms: Phrases = {}
    never: Phrases = {}
    needs: Literal["full_name", "country"] | None = None
    source: Phrase
    qid_checked: bool

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not (self.names or self.short or self.demonyms):
            raise ValueError("has no names")
        if self.needs == "full_name" and not self.names:
            raise ValueError("needs: full_name, but names is empty: nothing could ever match")
        return self


class Ending(_Seed):
    """Words that end in one of `ends` take these endings instead, one a case, in a fixed order.

    The order is the same in all rules of a paradigm, so that the words of a phrase agree;
    what comes after the length that all words have is for one-word names. `_` stands for
    the ending itself: `{ends: [д, т], forms: [_, _а]}` makes `Багдад`, `Багдада`.
    """

    ends: tuple[str, ...]
    forms: tuple[str, ...]


class Article(_Seed):
    """The definite article, written together with its word.

    Attributes:
        word: as `ال`.
        clitics: what may stand before it; the empty one is always allowed.
        merged: a preposition and the article in one, which stand in the article's place.
    """

    word: Phrase
    clitics: tuple[str, ...] = ()
    merged: tuple[Phrase, ...] = ()


class FormExample(_Seed):
    """A name, and forms that it must and must not have."""

    name: Phrase
    paradigm: Paradigm
    forms: tuple[str, ...]
    never: tuple[str, ...] = ()


class FormsSeed(_Seed):
    """How the names of one language change in a text: `seeds/languages/<code>/forms.yaml`.

    Attributes:
        capitalised: what begins with a capital in running text; empty for scripts without.
        folds: letters that writers use one for another; both sides are one letter.
        dropped: marks that may be left out of a word.
        clitics: little words written together with the next one.
        paradigms: rules by kind of name; the longest `ends` that fits decides.
        forbidden: forms that are ordinary words; they are never names.
        ambiguous: forms that are also ordinary words or other names in texts of this
            language; there they count only beside a sure mention of the same country.
    """

    language: Language
    capitalised: tuple[Literal["names", "demonyms"], ...] = ()
    folds: dict[Letter, Letter] = {}
    dropped: tuple[Letter, ...] = ()
    clitics: tuple[str, ...] = ()
    article: Article | None = None
    paradigms: dict[Paradigm, tuple[Ending, ...]] = {}
    forbidden: tuple[Phrase, ...] = ()
    ambiguous: tuple[Phrase, ...] = ()
    examples: tuple[FormExample, ...]


class Example(_Seed):
    """A sentence: ids that must be found, ids that must not; with neither, nothing is."""

    language: Language
    text: Phrase
    ids: tuple[Id, ...] = ()
    never: tuple[Id, ...] = ()


class ExamplesSeed(_Seed):
    """`seeds/entities/examples.yaml`: what the gazetteer must give, run by the tests."""

    examples: tuple[Example, ...]
