"""How an article can end other than enriched, and what travels between the two agents."""

from dataclasses import dataclass
from typing import Literal

from schemas.enriched import Duplicate, Enriched, Withdrawn


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Held:
    """An article that may not be delivered: withheld by its wire, or under embargo `until`."""

    outcome: Literal["held"]
    uri: str
    version: int
    wire: str
    reason: Literal["withheld", "embargoed"]
    until: str | None


@dataclass(frozen=True)
class Rejected:
    """An article that could not be read: at which stage, why, and what exactly was found."""

    outcome: Literal["rejected"]
    uri: str | None
    stage: str
    reason: str
    detail: str


@dataclass(frozen=True)
class Candidate:
    """On `news.candidates.v1`: an article before its verdict.

    `lane`: the language group, whose articles lie on one partition in one order.
    `fingerprint`: hex; of the version's own text as published.
    `sketch`: `streams.sketches.Sketch`, packed; empty for a withdrawal.
    `corrects`: it says that it is a correction.
    `duplicate`: what the article is to earlier versions of its own uri.
    `streams_before`: streams that had an earlier version, so that they get this one too.
    `received_ms`: the broker's time of the article, in milliseconds since 1970.
    `record`: what is delivered if nothing speaks against it.
    `retold`: it was here before, and is told anew because a version that came late has
    changed what it is; its outcome was counted.
    """

    lane: str
    fingerprint: str
    sketch: str
    corrects: bool
    duplicate: Duplicate
    streams_before: tuple[str, ...]
    received_ms: int
    record: Enriched | Withdrawn
    retold: bool = False


@dataclass(frozen=True)
class Embargoed:
    """A finished outcome that waits for its hour, by uri.

    `until_ms`: milliseconds since 1970. `topics`: where it goes. `value`: what, as JSON.
    """

    until_ms: int
    topics: tuple[str, ...]
    value: str
