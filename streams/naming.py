"""A kill that names a uri by another id counts for the articles of its own wire only.

An id that is taken as a uri may be that of another wire's story by mere likeness. Such a
withdrawal has the signal `same_wire`; it works in any order of arrival.
"""

from dataclasses import replace

from schemas.article import SAME_WIRE, Article, Status
from schemas.enriched import Duplicate
from schemas.outcomes import DuplicateRecord
from streams.steps.versions import History

KEPT = 16
"""Wires remembered a uri: one is the rule."""


def is_foreign(article: Article, history: History | None) -> bool:
    """Whether it is such a withdrawal, and nothing of its wire is here to be withdrawn."""
    named = article.status is Status.canceled and article.signal == SAME_WIRE
    return named and (history is None or article.wire not in history.wires)


def foreign_notice(article: Article, version: int) -> DuplicateRecord:
    """How it ends: it withdrew nothing, for now."""
    uri, wire = article.uri, article.wire
    told = Duplicate("stale", of=uri, supersedes=None, similarity=None)
    return DuplicateRecord("duplicate", uri, version, wire, None, None, None, told)


def as_killed(article: Article, history: History | None) -> Article:
    """The article, or its withdrawal if its wire killed the uri before it came."""
    if history is None or article.wire not in history.barred or article.status is Status.canceled:
        return article
    return Article(
        uri=article.uri, wire=article.wire, status=Status.canceled, alt_ids=article.alt_ids
    )


def note_wire(remembered: History, article: Article, before: History | None) -> History:
    """What is remembered, and which wire published or killed by name."""
    wires, barred = (before.wires, before.barred) if before else ((), ())
    if article.status is not Status.canceled:
        wires = _with(wires, article.wire)
    elif article.signal == SAME_WIRE:
        barred = _with(barred, article.wire)
    return replace(remembered, wires=wires, barred=barred)


def _with(wires: tuple[str, ...], wire: str) -> tuple[str, ...]:
    return wires if wire in wires else (*wires, wire)[-KEPT:]
