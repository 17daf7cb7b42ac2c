"""What `languages.yaml` may say: scripts, languages, and what tells them apart."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
ScriptCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][a-z]{3}$")]
CodePoints = Annotated[str, StringConstraints(pattern=r"^[0-9A-F]{4,6}-[0-9A-F]{4,6}$")]


class Script(BaseModel):
    """Letters that are written together. Its key is the code of ISO 15924."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ranges: Annotated[tuple[CodePoints, ...], Field(min_length=1)]
    only: Code | None = Field(
        default=None, description="The one language of the news that is written in it."
    )
    weight: Annotated[int, Field(ge=1, le=9)] = Field(
        default=1, description="How many letters of an alphabet one of its signs says as much as."
    )


class KnownLanguage(BaseModel):
    """A language. Its key is the code of ISO 639-1, else of ISO 639-3."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    scripts: Annotated[tuple[ScriptCode, ...], Field(min_length=1)]
    letters: str = Field(
        default="",
        description="The whole alphabet, where a text in another language of the script is known "
        "by a letter that is not in it.",
    )
    example: str | None = Field(default=None, description="A sentence that must be told.")


class Telltale(BaseModel):
    """What gives away a language that the detector has not got."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Code
    letters: str = Field(default="", description="Letters that its neighbours have not.")
    never: str = Field(default="", description="Letters of its neighbours that it has not.")
    words: tuple[str, ...] = Field(default=(), description="Small and frequent, lower case.")
    against: tuple[str, ...] = Field(default=(), description="The same of its neighbours.")
    instead_of: tuple[Code, ...] = Field(
        default=(),
        description="What the detector takes it for with confidence. For words: anything it is "
        "sure of and that is not listed stays.",
    )
    least: Annotated[float, Field(gt=0, lt=1)] = Field(
        description="Share of the text's letters that `letters` must be; or of its words that "
        "`words`, less `against`, must be."
    )
    examples: Annotated[tuple[str, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _tells_one_way(self) -> Self:
        if bool(self.letters) == bool(self.words):
            raise ValueError("either letters or words, one of the two")
        return self


class LanguagesSeed(BaseModel):
    """The file `languages.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scripts: dict[ScriptCode, Script]
    languages: dict[Code, KnownLanguage]
    aliases: dict[Code, Code] = Field(
        default={}, description="Other codes that publishers declare, to ours."
    )
    alike: tuple[Annotated[tuple[Code, ...], Field(min_length=2)], ...] = Field(
        default=(), description="Languages that a text does not tell apart."
    )
    telltales: tuple[Telltale, ...] = ()

    @model_validator(mode="after")
    def _names_what_it_has(self) -> Self:
        for code, language in self.languages.items():
            for script in language.scripts:
                if script not in self.scripts:
                    raise ValueError(f"languages.{code}: no script {script}")
        known = self.languages.keys() | {s.only for s in self.scripts.values()}
        named = [*self.aliases.values(), *(t.code for t in self.telltales)]
        named += [code for telltale in self.telltales for code in telltale.instead_of]
        for code in (*named, *(code for group in self.alike for code in group)):
            if code not in known:
                raise ValueError(f"{code} is no language of this file")
        return self
