"""Facts to metrics: called when a batch is delivered, so that what is counted has happened."""

import time
from collections.abc import Callable
from datetime import datetime

import orjson
import structlog

from schemas.enriched import Enriched, Withdrawn
from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from streams import metrics
from streams.pipeline import Processed

log = structlog.get_logger(__name__)


def stopwatch() -> Callable[[str], None]:
    """A lap function for the pipeline: each call times the step that just ended."""
    last = time.perf_counter()

    def lap(step: str) -> None:
        nonlocal last
        now = time.perf_counter()
        metrics.STEP_SECONDS.labels(step).observe(now - last)
        last = now

    return lap


def count_arrival(processed: Processed, received_ms: int) -> None:
    """One record of `news.articles.v1`, and its outcome where the first agent knows it."""
    outcome = processed.outcome
    wire = metrics.wire_label(processed.wire) if processed.wire else "unreadable"
    metrics.CONSUMED.labels(wire).inc()
    metrics.LAST_ARTICLE.labels(wire).set(received_ms / 1000)
    if isinstance(outcome, Rejected):
        count_rejected(outcome)
    elif isinstance(outcome, Candidate):
        _count_found(outcome.record)
    else:
        metrics.OUTCOMES.labels(outcome.outcome).inc()
        if isinstance(outcome, DuplicateRecord):
            metrics.VERDICTS.labels(outcome.duplicate.verdict).inc()


def count_rejected(rejected: Rejected) -> None:
    """One dead letter."""
    metrics.OUTCOMES.labels("rejected").inc()
    metrics.REJECTED.labels(rejected.stage, rejected.reason).inc()
    log.warning("article rejected", **orjson.loads(orjson.dumps(rejected)))


def count_held() -> None:
    """One candidate under embargo."""
    metrics.OUTCOMES.labels("held").inc()


def count_verdict(outcome: Enriched | Withdrawn | DuplicateRecord, received_ms: int) -> None:
    """One candidate's end."""
    now = time.time()  # noqa: TID251 — the shell's own clock
    metrics.OUTCOMES.labels(outcome.outcome).inc()
    if outcome.duplicate is not None:
        metrics.VERDICTS.labels(outcome.duplicate.verdict).inc()
    metrics.END_TO_END_SECONDS.observe(max(0.0, now - received_ms / 1000))
    if isinstance(outcome, Enriched):
        for match in outcome.streams:
            metrics.STREAM_ARTICLES.labels(match.name).inc()
        if outcome.published_at:
            published = datetime.fromisoformat(outcome.published_at).timestamp()
            metrics.PUBLISH_DELAY_SECONDS.observe(max(0.0, now - published))


def _count_found(record: Enriched | Withdrawn) -> None:
    if isinstance(record, Enriched):
        metrics.LANGUAGES.labels(record.language.code).inc()
        for entity in record.entities:
            metrics.ENTITIES.labels(entity.kind).inc()
