"""The model of `seeds/languages/<code>/dates.yaml`: how one language writes dates.

A seed has words and forms. Words are listed by what they mean (`months`, `units`,
`shifts` …); a list under `words` gives a name of the language's own to words that only
connect others. Forms say how they follow one another, grouped by what the whole means:

    forms:
      day: ["weekday? comma? day of? month year?"]

An element is a role: `month`; `month?` may be missing; `day|ordinal` is either;
`unit:week` is the unit with that value; `(in)`, first or last in a form, must stand
there but is no part of the expression. The second `day` of a form is read as `day2`.
The longest form wins, and among equals the one that is listed first. A list named
`now` under `words` can stand alone; the other lists only stand beside a date word.
"""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from schemas.enriched import DateKind
from streams.steps.dates.roles import ROLES, Calendar, Meaning, Unit, wrong_with

Word = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Words = tuple[Word, ...]
Shift = Annotated[int, Field(ge=-2, le=2)]
Part = Literal["MO", "MI", "AF", "EV", "NI", "DT"]
Meridiem = Literal["am", "pm", "h"]
Season = Literal["SP", "SU", "FA", "WI"]
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
ZoneOffset = Annotated[str, StringConstraints(pattern=r"^(Z|[+-][01]\d:[0-5]\d)$")]


class Strict(BaseModel):
    """Says nothing that is not asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(Strict):
    """One expression that a text must give; a value of null needs an anchor it has not."""

    surface: Word
    value: str | None
    kind: DateKind = "date"


class Example(Strict):
    """A text, the day it was published, and exactly the dates it must give."""

    text: str
    anchor: dt.date | None = dt.date(2024, 11, 7)
    expect: tuple[Finding, ...] = ()

    @model_validator(mode="after")
    def _is_in_the_text(self) -> Self:
        for finding in self.expect:
            if finding.surface not in self.text:
                raise ValueError(f"{finding.surface!r} is not in the text")
        return self


class Cues(Strict):
    """Words that tell, in the same sentence, whether a date without a year lies ahead or behind.

    The nearest one before the date decides; if there is none, the nearest one after it. A
    word with `*` at its end is all words that begin so, at its beginning all that end so:
    `запланирован*`, `*rá`. Several words, `set to`, must stand so. What is `planned` for
    a day lies ahead too; if it is past, the text is older than its anchor says. Right after one
    of `unless_after` a word of `back` tells nothing: `will be closed`.
    """

    planned: Words = ()

    ahead: Words = ()
    back: Words = ()
    unless_after: Words = ()


class Suffixes(Strict):
    """Letters that follow digits: `3rd`, `1990s`, `9月`; `attached` ones are words: `2015م`."""

    ordinal: Words = ()
    decade: Words = ()
    month: Words = ()
    attached: Words = ()


class DatesSeed(Strict):
    """One language. Numbers that are keys: months from 1, weekdays from Monday = 1."""

    spaced: bool = Field(default=True, description="Words are parted by spaces.")
    day_first: bool | None = Field(
        default=None, description="3/4/2024 is 3 April; null: it is not read when it could be both."
    )
    fold: dict[str, str] = Field(default={}, description="Letters that are read as another.")
    ignored: str = Field(default="", description="Marks that are skipped inside words.")
    prefixes: Words = Field(default=(), description="What may be written before a word, unspaced.")
    suffixes: Suffixes = Suffixes()
    months: dict[Annotated[int, Field(ge=1, le=12)], Words] = {}
    weekdays: dict[Annotated[int, Field(ge=1, le=7)], Words] = {}
    seasons: dict[Season, Words] = {}
    parts: dict[Part, Words] = {}
    units: dict[Unit, Words] = {}
    counted: dict[Unit, dict[Annotated[int, Field(ge=1, le=100)], Words]] = Field(
        default={}, description="Words that are a number and a unit at once: duals, `a year`."
    )
    quarters: dict[Annotated[int, Field(ge=1, le=4)], Words] = {}
    halves: dict[Annotated[int, Field(ge=1, le=2)], Words] = {}
    numbers: dict[Annotated[int, Field(ge=0, le=1_000_000)], Words] = {}
    calendars: dict[Calendar, dict[Annotated[int, Field(ge=1, le=12)], Words]] = Field(
        default={}, description="Months of other calendars; meanings of the same names read them."
    )
    home_calendar: Calendar | None = Field(
        default=None,
        description="A date in digits alone, 1403/08/17, is of this calendar if its year may be.",
    )
    holidays: dict[MonthDay, Words] = Field(
        default={}, description="Days with a name and a fixed date, by that date."
    )
    meridiems: dict[Meridiem, Words] = Field(
        default={}, description="What makes a number an hour: p.m.; under h, of 24: Uhr."
    )
    zones: dict[ZoneOffset, Words] = Field(
        default={}, description="Time zones by their offset: Z, +03:00."
    )
    ordinals: dict[Annotated[int, Field(ge=-1, le=31)], Words] = Field(
        default={}, description="The last one is -1."
    )
    decades: dict[Annotated[int, Field(ge=1000, le=2090, multiple_of=10)], Words] = {}
    near: dict[Annotated[int, Field(ge=-7, le=7)], Words] = Field(
        default={}, description="Days counted from the anchor: yesterday is -1."
    )
    shifts: dict[Shift, Words] = Field(
        default={}, description="last, this, next: periods counted from the anchor's."
    )
    told: dict[Annotated[int, Field(ge=-1, le=1)], Words] = Field(
        default={},
        description="that, the following, the previous: of the day, week … that the text told "
        "before.",
    )
    periods: dict[Unit, dict[Shift, Words]] = Field(
        default={}, description="Words that are a unit and a shift at once: Vorjahr, 去年."
    )
    coming: Words = Field(
        default=(),
        description="A `next` that is, of weekdays, the first after the anchor.",
    )
    weekly: Words = Field(
        default=(),
        description="Shifts that, of weekdays, count calendar weeks: 上周一 is of last week.",
    )
    repeats: dict[Unit, Words] = Field(default={}, description="daily, weekly …")
    words: dict[str, Words] = Field(
        default={}, description="What connects words, by a name of choice."
    )
    doubtful: Words = Field(
        default=(),
        description="Months and weekdays that are other words too; "
        "elements `clear_month` and `clear_weekday` do not take them.",
    )
    cues: Cues = Cues()
    forms: dict[Meaning, tuple[str, ...]] = {}
    examples: tuple[Example, ...] = ()

    @field_validator("words")
    @classmethod
    def _names_are_free(cls, words: dict[str, Words]) -> dict[str, Words]:
        taken = ROLES | {"date"}
        for name in words.keys() & taken:
            raise ValueError(f"the name {name!r} is taken")
        for name in words:
            if name[-1:].isdigit():
                raise ValueError(f"the name {name!r} ends with a digit, as the second of a role")
        return words

    @field_validator("forms")
    @classmethod
    def _roles_are_known(
        cls, forms: dict[Meaning, tuple[str, ...]], info: ValidationInfo
    ) -> dict[Meaning, tuple[str, ...]]:
        known = ROLES | info.data.get("words", {}).keys()
        for meaning, texts in forms.items():
            for text in texts:
                if wrong := wrong_with(meaning, text, known):
                    raise ValueError(f"{meaning}: {text!r}: {wrong}")
        return forms

    @field_validator("fold")
    @classmethod
    def _folds_keep_length(cls, fold: dict[str, str]) -> dict[str, str]:
        for written, read in fold.items():
            if len(written) != 1 or len(read) != 1:
                raise ValueError(f"{written!r}: {read!r}: one character for one")
        return fold
