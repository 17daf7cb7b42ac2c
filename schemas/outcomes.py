"""How an article can end other than enriched, and what travels between the two agents."""

from dataclasses import dataclass
from typing import Literal

from schemas.enriched import Duplicate, Enriched, Withdrawn


@dataclass(frozen=True, slots=True)
class DuplicateRecord:
    """On `news.duplicates.v1`: an article that says nothing new, and what said it first."""

    outcome: Literal["duplicate"]
    uri: str
    version: int
    wire: str
    headline: str | None
    url: str | None
    published_at: str | None
    duplicate: Duplicate


@dataclass(frozen=True, slots=True)
class Held:
    """An article that may not be delivered: withheld by its wire, or under embargo `until`."""

    outcome: Literal["held"]
    uri: str
    version: int
    wire: str
    reason: Literal["withheld", "embargoed"]
    until: str | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """An article that could not be read: at which stage, why, and what exactly was found."""

    outcome: Literal["rejected"]
    uri: str | None
    stage: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """On `news.candidates.v1`: an article before its verdict.

    `lane`: the language group, whose articles lie on one partition in one order.
    `content_hash`: hex; equal for two texts that differ in case and white space only.
    `duplicate`: what the article is to earlier versions of its own uri.
    `streams_before`: streams that had an earlier version, so that they get this one too.
    `received_ms`: the broker's time of the article, in milliseconds since 1970.
    `record`: what is delivered if nothing speaks against it.
    """

    lane: str
    content_hash: str
    duplicate: Duplicate
    streams_before: tuple[str, ...]
    received_ms: int
    record: Enriched | Withdrawn
