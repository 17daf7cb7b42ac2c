"""Facts to metrics: called when a batch is delivered, so that what is counted has happened."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import orjson
import structlog

from schemas.enriched import Enriched, Withdrawn
from schemas.outcomes import Candidate, DuplicateRecord, Rejected
from streams import metrics
from streams.abreast import Lap
from streams.pipeline import Processed

log = structlog.get_logger(__name__)


@cache
def _series(metric: Any, *labels: str) -> Any:
    # Labels are bounded; `labels()` builds a tuple and takes a lock each time.
    return metric.labels(*labels)


def _observe(step: str, seconds: float) -> None:
    _series(metrics.STEP_SECONDS, step).observe(seconds)


def stopwatch(note: Callable[[str, float], None] = _observe) -> Lap:
    """Times each step that ends, from the one before. `note`: takes its name and its seconds."""
    last = time.perf_counter()

    def lap(step: str) -> None:
        nonlocal last
        now = time.perf_counter()
        note(step, now - last)
        last = now

    return lap


def count_arrival(processed: Processed, received_ms: int) -> None:
    """One record of `news.articles.v1`, and its outcome where the first agent knows it."""
    outcome = processed.outcome
    wire = metrics.wire_label(processed.wire) if processed.wire else "unreadable"
    _series(metrics.CONSUMED, wire).inc()
    _series(metrics.LAST_ARTICLE, wire).set(received_ms / 1000)
    if isinstance(outcome, Rejected):
        count_rejected(outcome)
    elif isinstance(outcome, Candidate):
        _count_found(outcome.record)
    else:
        _series(metrics.OUTCOMES, outcome.outcome).inc()
        if isinstance(outcome, DuplicateRecord):
            _series(metrics.VERDICTS, outcome.duplicate.verdict).inc()


def count_rejected(rejected: Rejected) -> None:
    """One dead letter."""
    _series(metrics.OUTCOMES, "rejected").inc()
    _series(metrics.REJECTED, rejected.stage, rejected.reason).inc()
    log.warning("article rejected", **orjson.loads(orjson.dumps(rejected)))


def count_held() -> None:
    """One candidate under embargo."""
    _series(metrics.OUTCOMES, "held").inc()


def count_verdict(outcome: Enriched | Withdrawn | DuplicateRecord, received_ms: int) -> None:
    """One candidate's end."""
    now = time.time()  # noqa: TID251 — the shell's own clock
    _series(metrics.OUTCOMES, outcome.outcome).inc()
    if outcome.duplicate is not None:
        _series(metrics.VERDICTS, outcome.duplicate.verdict).inc()
    metrics.END_TO_END_SECONDS.observe(max(0.0, now - received_ms / 1000))
    if isinstance(outcome, Enriched):
        for match in outcome.streams:
            _series(metrics.STREAM_ARTICLES, match.name).inc()
        if outcome.published_at:
            published = datetime.fromisoformat(outcome.published_at).timestamp()
            metrics.PUBLISH_DELAY_SECONDS.observe(max(0.0, now - published))


def _count_found(record: Enriched | Withdrawn) -> None:
    if isinstance(record, Enriched):
        _series(metrics.LANGUAGES, record.language.code).inc()
        for kind, count in Counter(entity.kind for entity in record.entities).items():
            _series(metrics.ENTITIES, kind).inc(count)
