"""What an article is to earlier versions of its own uri.

`History` is all that is kept of a uri. It remembers at which input offset each version
was judged: a record that is delivered again, after a crash, gets the verdict that it
got the first time, whatever came after it.
"""

from dataclasses import dataclass, replace
from datetime import UTC

from schemas.article import Article, Status
from schemas.enriched import Duplicate, VerdictName

KEPT = 16
"""Judgements kept per uri: more than are ever uncommitted at once, few enough to stay small."""

Order = tuple[int, str]
"""Version number, then time of creation: ISO 8601 in UTC sorts as text."""

FIRST_VERSION = 1
"""The version of an article that states none."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One version as it was judged."""

    offset: int
    order: Order
    fingerprint: str
    verdict: VerdictName
    supersedes: str | None


@dataclass(frozen=True, slots=True)
class History:
    """What was seen of one uri.

    `lane`: the language group of its first version; the later ones follow it, so that
    one log keeps their order even if the language of a correction reads differently.
    `streams`: every stream that a version matched. `withdrawn`: the order up to which
    the uri is withdrawn.
    """

    lane: str
    streams: tuple[str, ...]
    judged: tuple[Judged, ...]
    withdrawn: Order | None
    touched_ms: int


FINAL: Order = (2**62, "")
"""The order of a withdrawal that names no version: all of them, for good."""


def order_of(article: Article) -> Order:
    """Where the article stands among the versions of its uri."""
    dated = article.version_created or article.published_at
    created = dated.astimezone(UTC).isoformat() if dated else ""
    if article.status is Status.canceled and article.version is None and not created:
        return FINAL
    return (FIRST_VERSION if article.version is None else article.version, created)


def judge(article: Article, fingerprint: str, offset: int, history: History | None) -> Judged:
    """The verdict on one version, given what came before it. `offset` is its own, in the input."""
    order = order_of(article)
    canceled = article.status is Status.canceled
    if history is None:
        return Judged(offset, order, fingerprint, "withdrawn" if canceled else "new", None)
    for earlier in history.judged:
        if earlier.offset == offset and earlier.fingerprint == fingerprint:
            return earlier
    if canceled:
        return Judged(offset, order, fingerprint, "withdrawn", _name(article, _latest(history)))
    if history.withdrawn is not None and order <= history.withdrawn:
        return Judged(offset, order, fingerprint, "stale", None)
    latest = _latest(history)
    verdict: VerdictName
    if latest is None:
        verdict = "new"
    elif order < latest.order:
        verdict = "stale"
    elif fingerprint == latest.fingerprint and order[0] == latest.order[0]:
        verdict = "repeat"
    else:
        verdict = "correction" if article.signal == "correction" else "update"
    supersedes = _name(article, latest) if verdict in ("update", "correction") else None
    return Judged(offset, order, fingerprint, verdict, supersedes)


def remember(
    history: History | None,
    judged: Judged,
    lane: str,
    streams: tuple[str, ...],
    now_ms: int,
) -> History:
    """The history with one more judgement."""
    if history is None:
        history = History(lane, (), (), None, now_ms)
    withdrawn = history.withdrawn
    if judged.verdict == "withdrawn":
        withdrawn = max(withdrawn or judged.order, judged.order)
    again = any(earlier.offset == judged.offset for earlier in history.judged)
    return replace(
        history,
        streams=tuple(sorted({*history.streams, *streams})),
        judged=history.judged if again else (*history.judged, judged)[-KEPT:],
        withdrawn=withdrawn,
        touched_ms=now_ms,
    )


def duplicate_of(judged: Judged, uri: str) -> Duplicate:
    """The judgement in the words of the contract."""
    repeated = judged.verdict in ("repeat", "stale")
    return Duplicate(
        judged.verdict,
        of=uri if repeated else None,
        supersedes=judged.supersedes,
        similarity=1.0 if judged.verdict == "repeat" else None,
    )


def _latest(history: History) -> Judged | None:
    told = [judged for judged in history.judged if judged.verdict not in ("stale", "withdrawn")]
    return max(told, key=lambda judged: (judged.order, judged.offset), default=None)


def _name(article: Article, judged: Judged | None) -> str | None:
    return None if judged is None else f"{article.uri}@{judged.order[0]}"
