"""What the gazetteers say: `EntityRow`, one line of a file in `seeds/entities/`."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from schemas.enriched import EntityKind

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Id = Annotated[str, StringConstraints(pattern=r"^(Q[1-9]\d*|geonames:[1-9]\d*)$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
WholeDay = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
"""Not longer: with its endings the compiled tables count its letters in one byte."""
Phrases = dict[Language, tuple[Name, ...]]
Tier = Literal["country", "curated", "capital", "city"]

EVERYWHERE = "mul"
"""ISO 639-2 for several languages: of a name, spelt so in all that write in Latin letters."""


class Seed(BaseModel):
    """Frozen, and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(Seed):
    """What somebody is or was: `{"title": "president", "of": "US", "from": "2025-01-20"}`."""

    title: Phrase
    of: Phrase | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class Occasion(Seed):
    """One time of an event that comes again; `end` is its last day, if it has more than one."""

    begin: WholeDay
    end: WholeDay | None = None


class EntityRow(Seed):
    """One person, place, organisation or event, with its names by language.

    A name is written in its base form; `seeds/languages/<code>/forms.yaml` makes the others.
    A word with `=` before it keeps its form: `Министерство =обороны`. Names under `mul` are
    spelt so in every language written in Latin letters.

    Attributes:
        id: Wikidata QID, `geonames:…`, or null.
        name: the label that consumers read.
        countries: ISO 3166-1 alpha-2; the states that it is, lies in, or acts for.
        tier: who wins when two entities share a name: country, then curated, then capital,
            then city.
        gender: of a person, when a language declines by it.
        roles: what a person is or was, and when.
        begin, end: of an event.
        occasions: of an event that comes again.
        names: enough alone to know whom they mean; without a leading `The`, which is mostly
            written small.
        short: acronyms and the like; `needs` says what else the article must hold.
        surname: which word of a person's `names` is one more `short`; `none` of them.
        demonyms: adjectives and peoples, which mention the country.
        never: phrases that hold one of the names and mean something else.
        needs: what makes `short` count: `full_name`, one of `names` in the article;
            `country`, that, a title before it, or any other sure mention of one of
            `countries`; `home`, as `country`, but nothing in the languages that are at home
            there; `nothing`.
        source: where the names are from.
        checked: the sources that have the same id; without any, it is from memory.
        note: what a curator should know.
    """

    id: Id | None
    name: Phrase
    kind: EntityKind
    countries: tuple[Country, ...] = ()
    tier: Tier = "curated"
    gender: Literal["m", "f"] | None = None
    roles: tuple[Role, ...] = ()
    begin: Day | None = None
    end: Day | None = None
    occasions: tuple[Occasion, ...] = ()
    names: Phrases = {}
    short: Phrases = {}
    surname: Literal["first", "last", "none"] = "last"
    demonyms: Phrases = {}
    never: Phrases = {}
    needs: Literal["nothing", "home", "country", "full_name"] = "country"
    source: Phrase
    checked: tuple[Phrase, ...]
    note: Phrase | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not (self.names or self.short or self.demonyms):
            raise ValueError("has no names")
        if self.needs == "full_name" and not self.names:
            raise ValueError("needs: full_name, but names is empty: nothing could ever match")
        if self.kind == "person" and self.gender is None:
            raise ValueError("gender: a person's names are declined by it")
        return self


class Example(Seed):
    """A sentence: ids that must be found, ids that must not; with neither, nothing is."""

    language: Language
    text: Phrase
    ids: tuple[Id, ...] = ()
    never: tuple[Id, ...] = ()


class SentencesSeed(Seed):
    """`seeds/languages/<code>/sentences.yaml`: what the gazetteer must give, run by the tests."""

    language: Language
    examples: tuple[Example, ...]
