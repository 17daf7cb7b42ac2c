"""What a `noise.yaml` may say: lines that stand on every page of a site, by kind.

Patterns are plain strings, anchored and limited in length: there is no regular expression
for a seed to get wrong. They are compared folded, so case, punctuation at the ends,
counters ("12 Comments") and Arabic spelling variants make no difference.
"""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from streams.steps.clean.fold import fold

RuleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,30}$")]
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class NoiseRule(BaseModel):
    """Lines of one kind. A line is named after the first rule that knows it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: RuleName = Field(description="Stands in `removed` of the article.")
    exact: tuple[Phrase, ...] = Field(default=(), description="The whole line.")
    prefix: tuple[Phrase, ...] = Field(default=(), description="How the line begins.")
    suffix: tuple[Phrase, ...] = Field(default=(), description="How the line ends.")
    contains: tuple[Phrase, ...] = ()
    longest: Annotated[int, Field(ge=1, le=400)] = Field(
        default=60, description="Characters a line may have for prefix, suffix and contains."
    )
    takes_next: bool = Field(
        default=False, description='A label, as "Sources:": a short line after it is its value.'
    )
    ends_page: bool = Field(
        default=False, description="Nothing of the article follows, as after a comment form."
    )


class NoiseExample(BaseModel):
    """A line, and the rule that takes it; null for a line that stays."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    line: str
    rule: RuleName | None


class NoiseSeed(BaseModel):
    """One `noise.yaml`: a language's own, or the one of all languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[NoiseRule, ...] = ()
    photo_credits: tuple[Phrase, ...] = Field(
        default=(),
        description='Words that only the credit of a picture has: "Getty", "file photo".',
    )
    agencies: tuple[Phrase, ...] = Field(
        default=(), description="Whose pictures and texts are credited by name."
    )
    examples: tuple[NoiseExample, ...] = ()

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        phrases = [*self.photo_credits, *self.agencies]
        for rule in self.rules:
            phrases += [*rule.exact, *rule.prefix, *rule.suffix, *rule.contains]
        for phrase in phrases:
            if not fold(phrase):
                raise ValueError(f"{phrase!r} has no letters to compare")
        return self
