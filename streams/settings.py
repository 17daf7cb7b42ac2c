"""All settings, from the environment: `NEWSWIRE_…`. `docs/settings.md` is generated from here."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.topics import DAY_MS
from streams.broker.security import PREFIX, Security
from streams.steps.duplicates import Index, Thresholds

ROOT = Path(__file__).resolve().parent.parent


class Settings(Security, BaseSettings):
    """Read once at start; never changed after."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,  # it may be a password
    )

    broker: str = Field(
        default="embedded",
        description="`embedded`, `embedded://127.0.0.1:PORT`, or `kafka://HOST:PORT[,HOST:PORT…]`.",
    )
    data: Path = Field(
        default=Path(".newswire"), description="Directory of the embedded broker's data and logs."
    )
    seeds: Path = Field(default=ROOT / "seeds", description="Directory of the data files.")
    web_host: str = Field(
        default="127.0.0.1", description="Address that the live page and the metrics bind to."
    )
    web_port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=6066, description="Port of the live page, `/metrics`, `/healthz` and `/readyz`."
    )
    batch_max: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=100, description="Articles that an agent takes at once, at most."
    )
    batch_seconds: Annotated[float, Field(gt=0, le=10)] = Field(
        default=0.01, description="How long an agent waits for a batch to fill, in seconds."
    )
    lean: bool = Field(
        default=True,
        description="Records go the short way past Faust's own loop and `Topic.send`, for less CPU "
        "time; `false`: Faust's own way, see docs/speed.md.",
    )
    window_days: Annotated[int, Field(ge=1, le=365)] = Field(
        default=3, description="Days in which a repeated text is a duplicate."
    )
    near_duplicate: Annotated[float, Field(ge=0, le=2)] = Field(
        default=1.0,
        description="Overlap of two texts' words (0 to 1) plus share of the later one's first "
        "paragraph in the earlier one (0 to 1), from which the later is a copy.",
    )
    related: Annotated[float, Field(ge=0, le=2)] = Field(
        default=0.6, description="The same sum, from which two articles are `related`."
    )
    same_numbers: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.7,
        description="Share of a copy's numbers that the earlier article must have; with fewer "
        "it is an update, and passes.",
    )
    same_names: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.5,
        description="Share of the people, places and organisations that both articles must be "
        "about; with fewer the later one is an update, and passes.",
    )
    least_words: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=40,
        description="Words below which only an exact copy or a part of an article is a duplicate.",
    )
    series_hours: Annotated[float, Field(ge=0, le=8760)] = Field(
        default=18,
        description="Hours after which a wire's article under the same headline is a new one of "
        "a series.",
    )
    versions_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=30, description="Days after its last version for which a uri is remembered."
    )
    rejected_most: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.5,
        description="Share of 1,000 articles that an agent may reject; with more among its last "
        "ones it takes no others until the worker is started again. `0`: one is too many; "
        "`1`: it goes on whatever comes.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least level that is logged."
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="`auto`: colours on a terminal, JSON elsewhere."
    )

    @model_validator(mode="before")
    @classmethod
    def _known(cls, values: dict[str, Any]) -> dict[str, Any]:
        # A misspelled one would be ignored, and the default taken for what was asked for.
        for variable in sorted(os.environ):
            name = variable.lower().removeprefix(PREFIX.lower())
            if name == variable.lower() or name in cls.model_fields:
                continue
            near = get_close_matches(name, cls.model_fields, 1)
            hint = f"is it {PREFIX}{near[0].upper()}?" if near else "docs/settings.md has them all"
            raise ValueError(f"{variable} is no setting: {hint}")
        return values

    def new_index(self) -> Index:
        """An empty index of the last days' articles."""
        limits = Thresholds(
            near_duplicate=self.near_duplicate,
            related=self.related,
            same_numbers=self.same_numbers,
            same_names=self.same_names,
            least_words=self.least_words,
            series_hours=self.series_hours,
        )
        return Index(self.window_days * DAY_MS, limits)


def explained(error: ValidationError) -> str:
    """What is wrong with which setting, a line each; without what it was set to."""
    lines = []
    for fault in error.errors(include_url=False, include_input=False):
        where = "".join(f"{PREFIX}{part}: ".upper() for part in fault["loc"][:1])
        lines.append(where + fault["msg"].removeprefix("Value error, "))
    return "\n".join(lines)
