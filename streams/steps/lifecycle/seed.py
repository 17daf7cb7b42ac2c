"""What `lifecycle.yaml` may say: the words by which wires say what an item is to earlier ones."""

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from streams.steps.lifecycle.fold import fold

Action = Literal["update", "correction", "refile", "repeat", "hold", "release", "kill"]
FieldName = Literal["headline", "slugline", "editor_note", "body"]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]

ANYTHING = "…"
"""At the end of a phrase: any words may follow."""


def _is_written_plainly(phrase: str) -> str:
    if sum(map(str.isalpha, fold(phrase))) < 2:
        raise ValueError(f"{phrase!r} has fewer than two letters")
    if phrase not in (phrase.lower(), phrase.upper()):
        raise ValueError(f"{phrase!r}: small letters for any case, or capitals for capitals only")
    if phrase.startswith("(") and not phrase.endswith((")", ANYTHING)):
        raise ValueError(f"{phrase!r}: a bracket that opens must close, or end with {ANYTHING}")
    return phrase


Phrase = Annotated[
    str, StringConstraints(min_length=2, max_length=40), AfterValidator(_is_written_plainly)
]
Signal = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]


class Example(BaseModel):
    """A text in a field, and what it says; without an action, nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: FieldName = "headline"
    text: Annotated[str, StringConstraints(min_length=1)]


class ActiveExample(Example):
    """A text with a marker."""

    action: Action


class LifecycleWords(BaseModel):
    """A language's phrases by action, written as its wires write them.

    `corrected`: with a separator after it, or alone in brackets; in any case of letters.
    `REPEAT`: the same, in capitals only. `update #`: with a number. `kill:`: with that
    separator only. `(lead)`: in brackets only. `kill kill kill …`: whatever follows.
    `(corrects …`: opens an editor's note, or a bracket at the beginning of a body.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: Annotated[dict[Action, tuple[Phrase, ...]], Field(min_length=1)]
    examples: Annotated[tuple[ActiveExample, ...], Field(min_length=1)]
    counter_examples: Annotated[tuple[Example, ...], Field(min_length=1)]


class LifecycleSeed(BaseModel):
    """The file `lifecycle.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    signals: dict[Action, tuple[Signal, ...]] = Field(
        description="Values of the field `signal`, without the scheme: of `sig:update`, `update`."
    )
    senders: tuple[Annotated[str, StringConstraints(min_length=2)], ...] = Field(
        default=(), description='Who may be named before the word: "AP CORRECTION:".'
    )
    languages: dict[Code, LifecycleWords]

    @model_validator(mode="after")
    def _says_one_thing_each(self) -> Self:
        owners: dict[str, Action] = {}
        for words in self.languages.values():
            for action, phrases in words.phrases.items():
                for phrase in phrases:
                    if owners.setdefault(fold(phrase), action) != action:
                        raise ValueError(f"{phrase!r} is {action} and {owners[fold(phrase)]}")
        signals = [signal for known in self.signals.values() for signal in known]
        for signal in signals:
            if signals.count(signal) > 1:
                raise ValueError(f"signal {signal!r} stands twice")
        return self
