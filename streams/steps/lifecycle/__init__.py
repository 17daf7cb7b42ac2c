"""What an item is to earlier ones, in its wire's own words: an update, a correction, a kill."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemas.article import Article, BodyFormat, Status
from streams.steps.lifecycle.fold import fold
from streams.steps.lifecycle.marker import Marker, closing_marker, opening_marker
from streams.steps.lifecycle.rules import GRAVE, LifecycleRules, compile_lifecycle
from streams.steps.lifecycle.seed import Action, FieldName, LifecycleSeed

__all__ = [
    "Action",
    "Lifecycle",
    "LifecycleRules",
    "LifecycleSeed",
    "compile_lifecycle",
    "read_lifecycle",
    "strip_marker",
]

_LINE = 200
"""Characters of a body that are looked at: its first line begins there."""
_NOTICE = 12
"""Words of the longest first line that takes a story away: "STORY WITHDRAWN", and why."""


_MARKERS = 4
"""Markers that are taken off each end of a headline: "RPT-CORRECTED-UPDATE 1-" has three."""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What an article says that it is. All None for most articles: an item of its own.

    `basis`: whether `status` or `signal` declares it, or words in the text say it.
    `evidence`: the field and what stands there, "headline: CORRECTED".
    """

    action: Action | None
    basis: Literal["declared", "slug_text"] | None
    evidence: str | None


NOTHING = Lifecycle(None, None, None)


def read_lifecycle(article: Article, rules: LifecycleRules) -> Lifecycle:
    """What `article` declares, else what its words say. Never raises.

    Words can make a declared `update` more precise: there are systems that send
    `sig:update` for whatever comes after the first version, corrections too.
    """
    declared = _declared(article, rules)
    if declared is not None and declared.action != "update":
        return declared
    said = _said(article, rules)
    if declared is not None and (said is None or said.action == "update"):
        return declared
    return said or NOTHING


def strip_marker(headline: str, rules: LifecycleRules) -> str:
    """`headline` as it was before "CORRECTED-" and its like; empty if it says nothing else.

    A headline without a marker comes back as it is.
    """
    for _ in range(_MARKERS):
        if (marker := opening_marker(headline, rules)) is None:
            break
        headline = headline[marker.outside :]
    for _ in range(_MARKERS):
        if (marker := closing_marker(headline, rules)) is None:
            break
        headline = headline[: marker.outside].rstrip()
    return headline


def _declared(article: Article, rules: LifecycleRules) -> Lifecycle | None:
    if article.status is not Status.usable:
        action: Action = "kill" if article.status is Status.canceled else "hold"
        return Lifecycle(action, "declared", f"status: {article.status.value}")
    if article.signal is None:
        return None
    name = fold(article.signal).strip().replace("#", "/").replace(":", "/").rpartition("/")[2]
    known = rules.signals.get("-".join(name.replace("_", " ").split()))
    return Lifecycle(known, "declared", f"signal: {article.signal}") if known else None


def _said(article: Article, rules: LifecycleRules) -> Lifecycle | None:
    first: Lifecycle | None = None
    for field, marker in _markers(article, rules):
        said = Lifecycle(marker.action, "slug_text", f"{field}: {marker.words}")
        if marker.action in GRAVE:
            return said
        first = first or said
    return first


def _markers(article: Article, rules: LifecycleRules) -> Iterator[tuple[FieldName, Marker]]:
    """Every field's marker."""
    if (text := article.headline) and (
        marker := opening_marker(text, rules) or closing_marker(text, rules)
    ):
        yield "headline", marker
    if (text := article.slugline) and (marker := _of_slug(text, rules)):
        yield "slugline", marker
    if (text := article.editor_note) and (marker := opening_marker(text, rules, notes="*")):
        yield "editor_note", marker
    # A page begins with its site's menu, and markup is nothing a desk has typed.
    if (
        (text := article.body)
        and article.body_format is BodyFormat.text
        and (marker := _of_body(text, rules))
    ):
        yield "body", marker


def _of_slug(slug: str, rules: LifecycleRules) -> Marker | None:
    marker = opening_marker(slug, rules) or closing_marker(slug, rules)
    if marker is None and "/" in slug:
        # "US-Space/ KILL KILL KILL": one word there would be a subject, as in "FILM/REPEAT".
        last = opening_marker(slug[slug.rindex("/") + 1 :], rules)
        return last if last and " " in last.words else None
    return marker


def _of_body(body: str, rules: LifecycleRules) -> Marker | None:
    line, end, _ = (body[:_LINE].lstrip() or body.lstrip()[:_LINE]).partition("\n")
    marker = opening_marker(line, rules, notes="(")
    if marker is None:
        return None
    if marker.action in GRAVE:
        is_whole = bool(end) or len(body) <= _LINE
        return marker if is_whole and len(line.split()) <= _NOTICE else None
    # "Updated: 3 Dec 2024 10:30" is what a site writes over every article.
    is_time = marker.action == "update" and line[marker.outside :][:1].isdigit()
    return None if is_time else marker
