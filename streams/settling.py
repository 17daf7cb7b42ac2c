"""The page to read second: a candidate among the articles of the last days, to its outcome.

As pure as the first page; the index is all that is remembered.
"""

from dataclasses import replace
from datetime import datetime

import orjson
from pydantic import TypeAdapter

from schemas.enriched import Enriched, Withdrawn
from schemas.outcomes import Candidate, DuplicateRecord, Held, Rejected
from streams.errors import describe
from streams.sketches import Sketch, UnreadableSketch
from streams.steps.duplicates import Index, Item
from streams.steps.sketch import sketch

PASSING = frozenset({"new", "update", "correction"})

MAIN_NAMES = 8
"""Entities that tell what an article is about: those it is most about."""


CANDIDATE = TypeAdapter(Candidate)


def read_candidate(raw: bytes) -> Candidate:
    """A candidate as agent `enrich` wrote it.

    Raises:
        orjson.JSONDecodeError: it is no JSON.
        ValidationError: it is another record.
    """
    # Read by orjson and checked by pydantic: in 0.6 of the time that `validate_json` takes.
    return CANDIDATE.validate_python(orjson.loads(raw))


def settle(candidate: Candidate, index: Index) -> Enriched | Withdrawn | DuplicateRecord | Rejected:
    """The second agent's work: the verdict among the articles of the last days. Never raises."""
    record = candidate.record
    try:
        duplicate = index.judge(_item(candidate))
    except Exception as error:  # noqa: BLE001 — a fault of ours must not stop the partition
        return Rejected("rejected", record.uri, "verdict", "internal_error", describe(error))
    if isinstance(record, Withdrawn) or duplicate.verdict in PASSING:
        return replace(record, duplicate=duplicate)
    # What is stale is told at once: of an article under embargo, without a word of it.
    secret = duplicate.verdict == "stale" and embargo_ms(candidate) > 0
    return DuplicateRecord(
        "duplicate",
        record.uri,
        record.version,
        record.wire,
        None if secret else record.headline,
        None if secret else record.url,
        record.published_at,
        duplicate,
    )


def embargo_ms(candidate: Candidate) -> int:
    """When the candidate may be delivered, in milliseconds since 1970; 0 without an embargo."""
    record = candidate.record
    if isinstance(record, Withdrawn) or record.embargoed_until is None:
        return 0
    until = int(datetime.fromisoformat(record.embargoed_until).timestamp() * 1000)
    return until if until > candidate.received_ms else 0


def due_ms(candidate: Candidate, outcome: Enriched | Withdrawn | DuplicateRecord) -> int:
    """When its outcome may be delivered, in milliseconds since 1970; 0 when at once.

    A stale version does not wait: it would take the place of the newer one that does.
    """
    stale = outcome.duplicate is not None and outcome.duplicate.verdict == "stale"
    return 0 if stale else embargo_ms(candidate)


def held(candidate: Candidate) -> Held:
    """The outcome of a candidate under embargo, until it is delivered."""
    record = candidate.record
    until = None if isinstance(record, Withdrawn) else record.embargoed_until
    return Held("held", record.uri, record.version, record.wire, "embargoed", until)


def _item(candidate: Candidate) -> Item:
    record = candidate.record
    return Item(
        uri=record.uri,
        version=record.version,
        wire=record.wire,
        fingerprint=candidate.fingerprint,
        received_ms=candidate.received_ms,
        public_ms=embargo_ms(candidate),
        known=candidate.duplicate,
        corrects=candidate.corrects,
        names=() if isinstance(record, Withdrawn) else _main_names(record),
        sketch=None if isinstance(record, Withdrawn) else _sketch_of(candidate.sketch, record),
    )


def _main_names(record: Enriched) -> tuple[str, ...]:
    ids = (entity.id for entity in record.entities if entity.id)
    return tuple(ids)[:MAIN_NAMES]


def _sketch_of(packed: str, record: Enriched) -> Sketch:
    try:
        return Sketch.unpack(packed)
    except UnreadableSketch:  # of the version before ours: it was on its way during an upgrade
        return sketch(record.headline, record.body)
