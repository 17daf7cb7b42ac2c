"""What an article is to the other versions of its own uri, in whatever order they come.

`History` is all that is kept of a uri: which versions were seen, and at which input offset.
A record that is delivered again, after a crash, gets the verdict that it got the first
time. A version that comes late changes nothing for the one that stands, except what that
one is to it: then the standing one is read from the input again and told anew, so that
every topic ends as if all had come in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from schemas.article import Article, Status
from schemas.enriched import Duplicate, VerdictName

KEPT = 16
"""Versions kept per uri: more than are ever uncommitted at once, few enough to stay small."""

Order = tuple[int, str]
"""Version number, then time of creation: ISO 8601 in UTC sorts as text."""

FIRST_VERSION = 1
"""The version of an article that states none."""

FINAL: Order = (2**62, "")
"""The order of a withdrawal that names no version: all of them, for good."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One version, and how it was told last. `corrects`: it says that it is a correction."""

    offset: int
    order: Order
    fingerprint: str
    canceled: bool
    corrects: bool
    verdict: VerdictName
    supersedes: str | None


@dataclass(frozen=True, slots=True)
class History:
    """What was seen of one uri, oldest version first.

    `lane`: the language group of its first version; the later ones follow it, so that
    one log keeps their order even if the language of a correction reads differently.
    `streams`: every stream that a version matched. `wires`: who published a version.
    `barred`: wires that killed the uri by naming it, see `streams.naming`.
    """

    lane: str
    streams: tuple[str, ...]
    seen: tuple[Seen, ...]
    touched_ms: int
    wires: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one version, and all that is seen now.

    `standing`: the version that topics should show in the end.
    `retell`: whether that is another one, which this one has changed.
    """

    verdict: VerdictName
    supersedes: str | None
    seen: tuple[Seen, ...]
    standing: Seen
    retell: bool


def version_of(article: Article) -> int:
    """The article's version number."""
    return FIRST_VERSION if article.version is None else article.version


def order_of(article: Article) -> Order:
    """Where the article stands among the versions of its uri."""
    if article.status is Status.canceled and article.version is None:
        # Whatever its times say: a kill that ranked below a numbered version would do nothing.
        return FINAL
    dated = article.version_created or article.published_at
    created = dated.astimezone(UTC).isoformat() if dated else ""
    return (version_of(article), created)


def judge(
    article: Article, fingerprint: str, offset: int, history: History | None, *, corrects: bool
) -> Judged:
    """The verdict on one version. `offset`: its own, in the input."""
    before = history.seen if history else ()
    known = next((s for s in before if (s.offset, s.fingerprint) == (offset, fingerprint)), None)
    if known is not None:
        # Whether what it changed was told again before the crash, nobody knows.
        retell = known.verdict == "stale"
        return Judged(known.verdict, known.supersedes, before, before[-1], retell)

    order, canceled = order_of(article), article.status is Status.canceled
    if before and before[-1].fingerprint == fingerprint and before[-1].order[0] == order[0]:
        return Judged("repeat", None, before, before[-1], retell=False)
    own = Seen(offset, order, fingerprint, canceled, corrects, "stale", None)
    seen = sorted((*before, own), key=_place)
    told = _told(article.uri, seen)
    retell = told.offset != offset and told != seen[-1]
    verdict, supersedes = (told.verdict, told.supersedes) if seen[-1] is own else ("stale", None)
    return Judged(verdict, supersedes, (*seen[:-1], told)[-KEPT:], told, retell)


def remember(
    history: History | None,
    judged: Judged,
    lane: str,
    streams: tuple[str, ...],
    now_ms: int,
) -> History:
    """The history with one more judgement."""
    if history is None:
        return History(lane, tuple(sorted(streams)), judged.seen, now_ms)
    return replace(
        history,
        streams=tuple(sorted({*history.streams, *streams})),
        seen=judged.seen,
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


def _place(seen: Seen) -> tuple[Order, bool, int]:
    # The standing one is the last; a withdrawal stands against its equals.
    return seen.order, seen.canceled, seen.offset


def _told(uri: str, seen: Sequence[Seen]) -> Seen:
    """The standing version as it is to be told, given all the others."""
    standing = seen[-1]
    older = [other for other in seen[:-1] if not other.canceled]
    supersedes = f"{uri}@{older[-1].order[0]}" if older else None
    verdict: VerdictName
    if standing.canceled:
        verdict = "withdrawn"
    elif supersedes is None:
        verdict = "new"
    else:
        verdict = "correction" if standing.corrects else "update"
    return replace(standing, verdict=verdict, supersedes=supersedes)
