"""Every metric, and the one function for each fact that is counted. Seconds and bytes."""

from importlib.metadata import PackageNotFoundError, version
from typing import get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

from schemas.enriched import VerdictName

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

STEP_BUCKETS = (1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.05, 0.25, 1)
LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600)
DELAY_BUCKETS = (1, 5, 15, 60, 300, 900, 3600, 6 * 3600, 86_400, 7 * 86_400)
BATCH_BUCKETS = (1, 2, 5, 10, 20, 50, 100, 200, 500)

CONSUMED = Counter(
    "newswire_articles_consumed",
    "Records taken from news.articles.v1.",
    ["wire"],
    registry=REGISTRY,
)
OUTCOMES = Counter(
    "newswire_outcomes", "How articles ended; exactly one each.", ["outcome"], registry=REGISTRY
)
VERDICTS = Counter(
    "newswire_verdicts", "What articles were to those before.", ["verdict"], registry=REGISTRY
)
REJECTED = Counter(
    "newswire_rejected", "Dead letters by stage and reason.", ["stage", "reason"], registry=REGISTRY
)
STREAM_ARTICLES = Counter(
    "newswire_stream_articles", "Articles delivered to a stream.", ["stream"], registry=REGISTRY
)
LANGUAGES = Counter(
    "newswire_languages", "Articles enriched by language.", ["language"], registry=REGISTRY
)
ENTITIES = Counter(
    "newswire_entities", "Entities found, one per article and id.", ["kind"], registry=REGISTRY
)
STEP_SECONDS = Histogram(
    "newswire_step_duration_seconds",
    "Time of one step for one article.",
    ["step"],
    buckets=STEP_BUCKETS,
    registry=REGISTRY,
)
BATCH_SIZE = Histogram(
    "newswire_batch_size",
    "Articles taken at once.",
    ["agent"],
    buckets=BATCH_BUCKETS,
    registry=REGISTRY,
)
END_TO_END_SECONDS = Histogram(
    "newswire_end_to_end_seconds",
    "From the broker's time of the article to its delivery.",
    buckets=LATENCY_BUCKETS,
    registry=REGISTRY,
)
PUBLISH_DELAY_SECONDS = Histogram(
    "newswire_publish_delay_seconds",
    "From published_at to delivery.",
    buckets=DELAY_BUCKETS,
    registry=REGISTRY,
)
LAST_ARTICLE = Gauge(
    "newswire_last_article_timestamp_seconds",
    "Broker's time of a wire's last article, in seconds since 1970.",
    ["wire"],
    registry=REGISTRY,
)
LAG = Gauge(
    "newswire_consumer_lag_records",
    "Records that are on the broker and not yet read.",
    ["topic", "partition"],
    registry=REGISTRY,
)
STATE_ENTRIES = Gauge(
    "newswire_state_entries", "Entries in a table of this worker.", ["table"], registry=REGISTRY
)
RELEASED = Counter(
    "newswire_released", "Articles delivered at the end of their embargo.", registry=REGISTRY
)
RETOLD = Counter(
    "newswire_retold",
    "Versions told again because an older one came late; `gone` when the input has them no more.",
    ["result"],
    registry=REGISTRY,
)
DELIVERY_RETRIES = Counter(
    "newswire_delivery_retries", "Batches that had to be sent again.", registry=REGISTRY
)
STOPPED = Gauge(
    "newswire_stopped",
    "1 when an agent takes nothing more, because too many of its articles were rejected.",
    ["agent"],
    registry=REGISTRY,
)
BUILD_INFO = Gauge("newswire_build_info", "1, with the version.", ["version"], registry=REGISTRY)

WIRES_NAMED = 200
"""Wires beyond this many count as `other`: a label must stay bounded whatever is published."""

_wires: set[str] = set()


def wire_label(wire: str) -> str:
    """The wire's name while there are few, else `other`."""
    if wire not in _wires:
        if len(_wires) >= WIRES_NAMED:
            return "other"
        _wires.add(wire)
    return wire


def build_version() -> str:
    """The installed version, `unknown` in a bare checkout."""
    try:
        return version("newswire")
    except PackageNotFoundError:
        return "unknown"


BUILD_INFO.labels(build_version()).set(1)

# A series that does not exist until its first event hides that event from rate().
for _outcome in ("enriched", "duplicate", "withdrawn", "held", "rejected"):
    OUTCOMES.labels(_outcome)
for _result in ("done", "gone"):
    RETOLD.labels(_result)
for _verdict in get_args(VerdictName):
    VERDICTS.labels(_verdict)
