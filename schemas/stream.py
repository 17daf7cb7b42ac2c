"""What a file under `seeds/streams/` may say: which articles a stream wants, with examples.

A condition is one of four: an entity, a country, a phrase, or a group of conditions.
How strongly a condition holds is told in `streams/steps/route/`.
"""

from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
    model_validator,
)

StreamName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)
]
EntityId = Annotated[str, StringConstraints(pattern=r"^(Q|geonames:)[1-9][0-9]{0,11}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


def _has_letters(value: str) -> str:
    if not any(character.isalnum() for character in value):
        raise ValueError("a phrase needs a letter or a digit")
    return value


Wording = Annotated[
    str,
    # `*` ends a word, after two letters or more: `*` alone would hold everywhere.
    StringConstraints(
        pattern=r"^[^\s*]+([^\s*]\*)?( [^\s*]+([^\s*]\*)?)*$", min_length=2, max_length=80
    ),
    AfterValidator(_has_letters),
]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Wordings = Annotated[
    tuple[Wording, ...],
    Field(min_length=1, max_length=200),
    BeforeValidator(_as_list, list[Wording] | Wording),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EntityCondition(_Strict):
    """The text names this entity, under any of its names."""

    entity: EntityId = Field(
        description="Wikidata QID, or a GeoNames id.", examples=["Q7747", "geonames:551487"]
    )


class CountryCondition(_Strict):
    """The text names the country, its people, its capital, or one who acts for it."""

    country: CountryCode = Field(description="ISO 3166-1 alpha-2.", examples=["RU"])


class PhraseCondition(_Strict):
    """The text says one of these, in its own language."""

    phrase: Annotated[dict[LanguageCode, Wordings], Field(min_length=1)] = Field(
        description="Per language, what the text may say. Case, Arabic spelling variants and "
        "hyphens make no difference; `*` at the end of a word stands for any ending.",
        examples=[{"en": "White House", "ru": ["Бел* дом*"]}],
    )


class Group(_Strict):
    """Conditions together. The group holds when all of its parts do, and `none` stands back."""

    all: tuple["Condition", ...] = Field(default=(), description="Each of these must hold.")
    any: tuple["Condition", ...] = Field(default=(), description="At least one of these must hold.")
    none: tuple["Condition", ...] = Field(
        default=(), description="None of these may hold by more than a passing mention."
    )

    @model_validator(mode="after")
    def _wants_something(self) -> Self:
        if not self.all and not self.any:
            raise ValueError("say what is wanted: `all` or `any` needs a condition")
        return self


def _kind(value: Any) -> str | None:
    keys = set(value) if isinstance(value, dict) else set(getattr(value, "model_fields", ()))
    kinds = ("entity", "country", "phrase")
    if keys & {"all", "any", "none"}:
        return "group"
    return next((kind for kind in kinds if kind in keys), None)


Condition = Annotated[
    Annotated[EntityCondition, Tag("entity")]
    | Annotated[CountryCondition, Tag("country")]
    | Annotated[PhraseCondition, Tag("phrase")]
    | Annotated[Group, Tag("group")],
    Discriminator(
        _kind,
        custom_error_type="unknown_condition",
        custom_error_message="a condition is one of entity, country, phrase, "
        "or a group of all, any, none",
    ),
]


class Example(_Strict):
    """A text that the stream wants, or one that it does not. Tests run it."""

    matches: bool
    language: LanguageCode
    headline: str | None = None
    body: Annotated[str, StringConstraints(min_length=1)]
    because: str | None = Field(default=None, description="What makes this one worth keeping.")


class StreamDefinition(_Strict):
    """A subject that people follow. Its articles go to the topic `news.stream.<name>.v1`."""

    model_config = ConfigDict(title="Stream")

    name: StreamName = Field(description="Also the name of the file, without `.yaml`.")
    title: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    description: Annotated[str, StringConstraints(min_length=1, max_length=1000)] = Field(
        description="What belongs here and what does not, for the people who follow it."
    )
    match: Group
    minimum: float = Field(
        default=0.3,
        gt=0,
        le=1,
        description="How central the subject must be: 0.3 leaves out passing mentions, "
        "1 asks for texts about little else.",
    )
    examples: Annotated[tuple[Example, ...], Field(min_length=2)]

    @field_validator("examples")
    @classmethod
    def _show_both_sides(cls, examples: tuple[Example, ...]) -> tuple[Example, ...]:
        if len({example.matches for example in examples}) < 2:
            raise ValueError("give an example that matches and one that does not")
        return examples
