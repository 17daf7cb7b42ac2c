"""The page to read first: one article, from bytes to what the first agent makes of it.

Nothing here waits, reads a clock or knows Kafka. What is found in an article is on the
page next door, `streams.enrichment`; what it is to other articles, the second agent's
work, in `streams.settling`. `newswire enrich` does all of it in one process.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from schemas.aliases import Alias
from schemas.article import Article, Status
from schemas.enriched import Withdrawn
from schemas.outcomes import Candidate, DuplicateRecord, Held, Rejected
from streams.abreast import Steps, alone
from streams.enrichment import enriching, iso
from streams.errors import BadArticle, describe
from streams.lexicon import Lexicon
from streams.naming import as_killed, foreign_notice, is_foreign, note_wire
from streams.steps.aliases import aliases_of
from streams.steps.decode import decode, uri_of
from streams.steps.lifecycle import Lifecycle, read_lifecycle, strip_marker
from streams.steps.sketch import fingerprint, sketch
from streams.steps.versions import History, Judged, duplicate_of, judge, remember, version_of

UNDETERMINED = "und"

LONGEST_KILL = 1500
"""Characters of a body above which words alone withdraw nothing: it tells a story of its own."""

CORRECTS = frozenset({"correction", "refile"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an article came: its record's key, its place in the partition, the broker's time."""

    key: bytes | None
    offset: int
    received_ms: int | None
    partition: int = 0

    @property
    def received(self) -> datetime | None:
        """The broker's time as a datetime; None when there was no broker."""
        if self.received_ms is None:
            return None
        return datetime.fromtimestamp(self.received_ms / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Processed:
    """What the first agent makes of a record, and what it must remember of its uri.

    `retell`: the input offset of another version that is to be processed again, because
    this one, which came late, has changed what that one is.
    """

    outcome: Candidate | DuplicateRecord | Held | Rejected
    wire: str | None = None
    history: History | None = None
    retell: int | None = None
    aliases: tuple[Alias, ...] = ()


def process(
    raw: bytes,
    arrival: Arrival,
    history_of: Callable[[str], History | None],
    lexicon: Lexicon,
) -> Processed:
    """The first agent's work on one record. Whatever the bytes, it answers; it never raises."""
    return alone(processing(raw, arrival, history_of, lexicon))


def processing(
    raw: bytes,
    arrival: Arrival,
    history_of: Callable[[str], History | None],
    lexicon: Lexicon,
) -> Steps[Processed]:
    """The same, step by step, so that many can go abreast."""
    step, steps = "", _processing(raw, arrival, history_of, lexicon)
    try:
        while True:
            step = next(steps)
            yield step
    except StopIteration as end:
        processed: Processed = end.value
        return processed
    except BadArticle as bad:
        return Processed(Rejected("rejected", uri_of(raw), bad.stage, bad.reason, bad.detail))
    except Exception as error:  # noqa: BLE001 — a fault of ours must not stop the partition
        return Processed(Rejected("rejected", uri_of(raw), step, "internal_error", describe(error)))


def _processing(
    raw: bytes,
    arrival: Arrival,
    history_of: Callable[[str], History | None],
    lexicon: Lexicon,
) -> Steps[Processed]:
    yield "decode"
    article = decode(raw, arrival.key)

    yield "version"
    said = read_lifecycle(article, lexicon.lifecycle)
    stated = _as_said(article, said)
    history = history_of(article.uri)
    if is_foreign(stated, history):
        notice = foreign_notice(stated, version_of(stated))
        kept = history or History(UNDETERMINED, (), (), arrival.received_ms or 0)
        processed = Processed(notice, stated.wire, kept)
    else:
        known = history if history and history.seen else None
        killed = as_killed(stated, history)
        print_of = fingerprint(article if killed is stated else killed)
        processed = yield from _judged(killed, said, print_of, arrival, known, lexicon)
    return replace(
        processed,
        history=processed.history and note_wire(processed.history, stated, history),
        # Whatever became of it: what is held or stale today may come anew.
        aliases=aliases_of(stated, arrival.partition),
    )


def _judged(
    article: Article,
    said: Lifecycle,
    print_of: str,
    arrival: Arrival,
    history: History | None,
    lexicon: Lexicon,
) -> Steps[Processed]:
    if _is_withheld(article):
        version = version_of(article)
        held = Held("held", article.uri, version, article.wire, "withheld", None)
        return Processed(held, article.wire)

    corrects = said.action in CORRECTS
    judged = judge(article, print_of, arrival.offset, history, corrects=corrects)
    canceled = article.status is Status.canceled
    if judged.verdict == "repeat" or (judged.verdict == "stale" and canceled):
        remembered = remember(history, judged, UNDETERMINED, (), arrival.received_ms or 0)
        return Processed(_duplicate(article, judged, arrival), article.wire, remembered)
    if judged.verdict == "withdrawn":
        return _withdrawal(article, judged, history, arrival)

    enriched = yield from enriching(article, arrival.received, lexicon)

    yield "sketch"
    lane = history.lane if history else enriched.language.code.split("-")[0]
    streams = tuple(match.name for match in enriched.streams)
    remembered = remember(history, judged, lane, streams, arrival.received_ms or 0)
    stale = judged.verdict == "stale"
    headline = enriched.headline and strip_marker(enriched.headline, lexicon.lifecycle)
    candidate = Candidate(
        lane=lane,
        fingerprint=print_of,
        sketch=sketch(headline, enriched.body).pack(),
        corrects=corrects,
        duplicate=duplicate_of(judged, article.uri),
        streams_before=() if stale else remembered.streams,
        received_ms=arrival.received_ms or 0,
        record=enriched,
    )
    more_streams = history is not None and remembered.streams != history.streams
    retell = judged.standing.offset if judged.retell or (stale and more_streams) else None
    return Processed(candidate, article.wire, remembered, retell)


def _as_said(article: Article, said: Lifecycle) -> Article:
    """The article with the status and signal that its words give it."""
    if said.basis != "slug_text":
        return article
    if said.action == "kill" and len(article.body or "") > LONGEST_KILL:
        return article
    status = {"kill": Status.canceled, "hold": Status.withheld}.get(said.action or "")
    signal = article.signal or said.action
    return article.model_copy(update={"status": status or article.status, "signal": signal})


def _is_withheld(article: Article) -> bool:
    """Withheld until told otherwise. With an embargo it is only that."""
    return article.status is Status.withheld and article.embargoed_until is None


def _is_under_embargo(article: Article, arrival: Arrival) -> bool:
    until = article.embargoed_until
    return until is not None and until.timestamp() * 1000 > (arrival.received_ms or 0)


def _duplicate(article: Article, judged: Judged, arrival: Arrival) -> DuplicateRecord:
    # It is told at once: of an article under embargo, without a word of it.
    secret = _is_under_embargo(article, arrival)
    return DuplicateRecord(
        "duplicate",
        article.uri,
        version_of(article),
        article.wire,
        None if secret else article.headline,
        None if secret else article.url,
        iso(article.published_at),
        duplicate_of(judged, article.uri),
    )


def _withdrawal(
    article: Article, judged: Judged, history: History | None, arrival: Arrival
) -> Processed:
    # It goes the way of a candidate: on any shorter way it could overtake the article.
    duplicate = duplicate_of(judged, article.uri)
    lane = history.lane if history else UNDETERMINED
    record = Withdrawn(
        "withdrawn",
        article.uri,
        version_of(article),
        article.wire,
        "canceled",
        iso(article.version_created or arrival.received),
        article.editor_note,
        duplicate,
    )
    remembered = remember(history, judged, lane, (), arrival.received_ms or 0)
    candidate = Candidate(
        lane=lane,
        fingerprint="",
        sketch="",
        corrects=False,
        duplicate=duplicate,
        streams_before=remembered.streams,
        received_ms=arrival.received_ms or 0,
        record=record,
    )
    return Processed(candidate, article.wire, remembered)
