"""The page to read first: one article, from bytes to outcome, in reading order.

Nothing here waits, reads a clock or knows Kafka. The first agent calls `process`, the
second one `settle`, which is next door; `newswire enrich` calls both.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from schemas.aliases import Alias
from schemas.article import Article, Status
from schemas.enriched import Enriched, Withdrawn
from schemas.outcomes import Candidate, DuplicateRecord, Held, Rejected
from streams.errors import BadArticle, describe
from streams.lexicon import Lexicon
from streams.naming import as_killed, foreign_notice, is_foreign, note_wire
from streams.steps.aliases import aliases_of
from streams.steps.anchor import choose_anchor
from streams.steps.clean import clean
from streams.steps.clean.hidden import hidden_share
from streams.steps.dates import find_dates, page_date
from streams.steps.decode import decode, uri_of
from streams.steps.entities import find_entities
from streams.steps.language import identify
from streams.steps.lifecycle import Lifecycle, read_lifecycle, strip_marker
from streams.steps.route import route
from streams.steps.sketch import fingerprint, sketch
from streams.steps.versions import FIRST_VERSION, History, Judged, duplicate_of, judge, remember

MOSTLY_HIDDEN = 1 / 3
"""Above this share of invisible characters a text is an attack: Persian needs about 0.03."""

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


Lap = Callable[[str], None]
"""Called with the name of each step as it ends, so that the shell can time it."""


def no_lap(_step: str) -> None:
    """Times nothing."""


def process(
    raw: bytes,
    arrival: Arrival,
    history_of: Callable[[str], History | None],
    lexicon: Lexicon,
    lap: Lap = no_lap,
) -> Processed:
    """The first agent's work on one record. Whatever the bytes, it answers; it never raises."""
    done = ["start"]

    def step(name: str) -> None:
        done.append(name)
        lap(name)

    try:
        return _process(raw, arrival, history_of, lexicon, step)
    except BadArticle as bad:
        return Processed(Rejected("rejected", uri_of(raw), bad.stage, bad.reason, bad.detail))
    except Exception as error:  # noqa: BLE001 — a fault of ours must not stop the partition
        stage = f"after {done[-1]}"
        return Processed(
            Rejected("rejected", uri_of(raw), stage, "internal_error", describe(error))
        )


def _process(
    raw: bytes,
    arrival: Arrival,
    history_of: Callable[[str], History | None],
    lexicon: Lexicon,
    lap: Lap,
) -> Processed:
    article = decode(raw, arrival.key)
    lap("decode")
    said = read_lifecycle(article, lexicon.lifecycle)
    stated = _as_said(article, said)
    history = history_of(article.uri)
    if is_foreign(stated, history):
        notice = foreign_notice(stated, _version(stated))
        kept = history or History(UNDETERMINED, (), (), arrival.received_ms or 0)
        processed = Processed(notice, stated.wire, kept)
    else:
        known = history if history and history.seen else None
        killed = as_killed(stated, history)
        print_of = fingerprint(article if killed is stated else killed)
        processed = _judged(killed, said, print_of, arrival, known, lexicon, lap)
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
    lap: Lap,
) -> Processed:
    if _is_withheld(article):
        version = _version(article)
        held = Held("held", article.uri, version, article.wire, "withheld", None)
        return Processed(held, article.wire)

    corrects = said.action in CORRECTS
    judged = judge(article, print_of, arrival.offset, history, corrects=corrects)
    lap("version")
    canceled = article.status is Status.canceled
    if judged.verdict == "repeat" or (judged.verdict == "stale" and canceled):
        remembered = remember(history, judged, UNDETERMINED, (), arrival.received_ms or 0)
        return Processed(_duplicate(article, judged), article.wire, remembered)
    if judged.verdict == "withdrawn":
        return _withdrawal(article, judged, history, arrival)

    enriched = enrich(article, arrival.received, lexicon, lap)
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
    lap("sketch")
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


def enrich(
    article: Article, received: datetime | None, lexicon: Lexicon, lap: Lap = no_lap
) -> Enriched:
    """The whole enrichment of a readable article."""
    text = article.body or ""
    if hidden_share(text) > MOSTLY_HIDDEN:
        raise BadArticle("clean", "invisible", "the body is mostly invisible characters")

    def day_of(line: str) -> date | None:
        return page_date(line, lexicon.dates)

    cleaned = clean(
        article.headline,
        text,
        article.body_format,
        lexicon.noise,
        lambda line: day_of(line) is not None,
    )
    if not cleaned.body.strip():
        raise BadArticle("clean", "empty_body", "nothing is left once the markup is removed")
    lap("clean")

    headline, body = cleaned.headline, cleaned.body
    language = identify(f"{headline or ''}\n{body}", article.language, lexicon.languages)
    lap("language")

    dated_lines = ((line, day) for line in cleaned.date_lines if (day := day_of(line)))
    anchor = choose_anchor(article.published_at, dated_lines, received)
    day = date.fromisoformat(anchor.date) if anchor else None

    entities = find_entities(headline, body, language.code, lexicon.gazetteer)
    lap("entities")
    dates = (
        *(find_dates(headline, "headline", language.code, day, lexicon.dates) if headline else ()),
        *find_dates(body, "body", language.code, day, lexicon.dates),
    )
    lap("dates")
    streams = route(headline, body, entities, language.code, lexicon.streams)
    lap("streams")

    return Enriched(
        outcome="enriched",
        uri=article.uri,
        version=_version(article),
        wire=article.wire,
        headline=headline,
        body=body,
        url=article.url,
        byline=article.byline,
        located=article.located,
        slugline=article.slugline,
        editor_note=article.editor_note,
        subjects=tuple(article.subjects or ()),
        urgency=article.urgency,
        version_created=_iso(article.version_created),
        published_at=_iso(article.published_at),
        embargoed_until=_iso(article.embargoed_until),
        expires=_iso(article.expires),
        status="usable",
        signal=article.signal,
        language=language,
        anchor=anchor,
        removed=cleaned.removed,
        entities=entities,
        dates=dates,
        duplicate=None,
        streams=streams,
    )


def _is_withheld(article: Article) -> bool:
    """Withheld until told otherwise. With an embargo it is only that."""
    return article.status is Status.withheld and article.embargoed_until is None


def _duplicate(article: Article, judged: Judged) -> DuplicateRecord:
    return DuplicateRecord(
        "duplicate",
        article.uri,
        _version(article),
        article.wire,
        article.headline,
        article.url,
        _iso(article.published_at),
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
        _version(article),
        article.wire,
        "canceled",
        _iso(article.version_created or arrival.received),
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


def _version(article: Article) -> int:
    return FIRST_VERSION if article.version is None else article.version


def _iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None
