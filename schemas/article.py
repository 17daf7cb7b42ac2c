"""One item of a wire as it arrives on `news.articles.v1`."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""Years a time of an article may lie in: 9999 and 0001 are how broken feeds say "never"."""


class BodyFormat(StrEnum):
    """How `body` is to be read."""

    text = "text"
    html = "html"
    page = "page"


class Status(StrEnum):
    """ninjs `pubStatus`."""

    usable = "usable"
    withheld = "withheld"
    canceled = "canceled"


SAME_WIRE = "same_wire"
"""The `signal` of a withdrawal that means the uri only if it is an article of the same `wire`."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=2048)]
Line = Annotated[str, StringConstraints(max_length=10_000)]


class Article(BaseModel):
    """One item of a wire, in one version. Unknown fields are tolerated and kept out."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        title="Article",
        json_schema_extra={"additionalProperties": False},
    )

    uri: Name = Field(
        description="Identity across versions: ninjs `uri`, NewsML-G2 `guid`, a feed's guid, "
        "a URL. Also the record's key.",
        examples=["urn:newsml:example.org:20241107:putin-congratulates-trump"],
    )
    wire: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="Short stable name of the source.", examples=["alaraby"]
    )
    alt_ids: Annotated[list[Name], Field(max_length=100)] | None = Field(
        default=None,
        description="Other ids of the same item: ninjs `altIds` values. A canceled article "
        "withdraws what else its wire published under one of them, earlier or later, so "
        "no other item may bear it.",
        examples=[["example:157"]],
    )
    body: str | None = Field(
        default=None, description="The text. Required unless `status` is `canceled`."
    )
    body_format: BodyFormat = Field(
        default=BodyFormat.text,
        description="`page` is the text of a whole web page with its menus and buttons.",
    )
    headline: Line | None = None
    url: Annotated[str, StringConstraints(max_length=4096)] | None = None
    byline: Line | None = None
    located: Line | None = None
    slugline: Line | None = None
    editor_note: Line | None = None
    language: Annotated[str, StringConstraints(max_length=35)] | None = Field(
        default=None, description="BCP 47, as the publisher declares it.", examples=["ar", "pt-BR"]
    )
    subjects: Annotated[list[Line], Field(max_length=1000)] | None = None
    urgency: Annotated[int, Field(ge=1, le=9)] | None = None
    version: Annotated[int, Field(ge=0, le=2**53)] | None = None
    version_created: AwareDatetime | None = None
    published_at: AwareDatetime | None = Field(
        default=None, description="RFC 3339 with an offset. Never defaulted to now."
    )
    embargoed_until: AwareDatetime | None = None
    expires: AwareDatetime | None = None
    status: Status = Field(default=Status.usable, description="As ninjs `pubStatus`.")
    signal: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None,
        description="As NewsML-G2 `signal`. `same_wire` on a canceled article: it withdraws "
        "only what the same wire published under this uri.",
        examples=["update", "correction"],
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.status is not Status.canceled and not (self.body and self.body.strip()):
            raise ValueError("body is empty; only a canceled article may come without one")
        for name in ("version_created", "published_at", "embargoed_until", "expires"):
            time: datetime | None = getattr(self, name)
            if time is not None and not EARLIEST_YEAR <= time.year <= LATEST_YEAR:
                raise ValueError(
                    f"{name} is in the year {time.year}; "
                    f"years from {EARLIEST_YEAR} to {LATEST_YEAR} are read"
                )
        return self
