"""The Faust app: the only place where the parts are joined.

A factory, not a module-level app, so that tests can have as many as they need.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

import faust
import structlog
from faust.types import StreamT

from schemas.topics import (
    ALIASES,
    ALIASES_CHANGELOG,
    APP_ID,
    ARTICLES,
    CANDIDATES,
    HELD_CHANGELOG,
    INDEX_CHANGELOG,
    MAX_MESSAGE_BYTES,
    VERSIONS_CHANGELOG,
    Topic,
)
from streams import state
from streams.agents import Brake, Deduplicator, Enricher, Resolver
from streams.batches import BatchStream
from streams.cancelling import is_cancelled
from streams.changelogs import Changelogs
from streams.delivering import Deliverer
from streams.indexes import Indexes
from streams.lag import watch_lag
from streams.lexicon import Lexicon
from streams.live import Live
from streams.pulse import Pulse
from streams.rereading import Rereader
from streams.settings import Settings
from streams.transport import set_transport
from streams.trim import trim_committed
from streams.web import serve

log = structlog.get_logger(__name__)

RELEASE_SECONDS = 0.25
"""How often it is looked whose embargo has ended."""

SESSION_SECONDS = 10.0
"""A killed worker's partitions are taken over after this long."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker runs: at which address, and whether that is the embedded broker."""

    address: str
    embedded: bool


def build(settings: Settings, place: Place, lexicon: Lexicon) -> faust.App:
    """An app with its two agents, its state, its metrics and its pages, not yet started."""
    app = shell(settings, place)
    if place.embedded:
        trim_committed(app, place.address)
    deliverer, live = Deliverer(app, lean=settings.lean), Live()
    changelogs = Changelogs(app, place.address, settings)
    brakes = {name: Brake(name, settings.rejected_most) for name in ("enrich", "deduplicate")}
    enricher = Enricher(
        settings,
        lexicon,
        state.versions(changelogs, VERSIONS_CHANGELOG, ARTICLES),
        Rereader(place.address, ARTICLES, settings),
        deliverer,
        _now_ms,
        brakes["enrich"],
    )
    deduplicator = Deduplicator(
        settings,
        frozenset(definition.name for definition in lexicon.definitions),
        Indexes(changelogs, INDEX_CHANGELOG, CANDIDATES, settings.new_index),
        state.held(changelogs, HELD_CHANGELOG, CANDIDATES),
        deliverer,
        live,
        _now_ms,
        brakes["deduplicate"],
    )
    _join(app, ARTICLES, "enrich", enricher.run)
    _join(app, CANDIDATES, "deduplicate", deduplicator.run)
    resolver = Resolver(settings, state.aliases(changelogs, ALIASES_CHANGELOG, ALIASES), deliverer)
    _join(app, ALIASES, "resolve", resolver.run)
    _release(app, deduplicator)
    watch_lag(app)
    serve(app, live, brakes.values())
    return app


def shell(settings: Settings, place: Place, app_id: str = APP_ID) -> faust.App:
    """Faust as we use it, with nothing in it yet. `app_id`: its consumer group."""
    app = faust.App(
        app_id,
        broker=f"kafka://{place.address.replace(',', ';kafka://')}",
        broker_credentials=settings.faust(),
        Stream=BatchStream,
        datadir=settings.data / "faust",
        value_serializer="raw",
        key_serializer="raw",
        # Topics are created explicitly, with their retention: see schemas.topics.
        topic_allow_declare=False,
        topic_disable_leader=True,
        broker_session_timeout=SESSION_SECONDS,
        broker_heartbeat_interval=SESSION_SECONDS / 5,
        # What a crash delivers again is what was not committed.
        broker_commit_every=settings.batch_max,
        broker_commit_interval=0.5,
        # Without it a backlog is taken whole, and no candidate is read before its last article.
        broker_max_poll_records=settings.batch_max,
        consumer_auto_offset_reset="earliest",
        # The embedded broker never expires a dead member; one with a name takes over from itself.
        consumer_group_instance_id=f"{app_id}-1" if place.embedded else None,
        consumer_max_fetch_size=MAX_MESSAGE_BYTES,
        producer_max_request_size=MAX_MESSAGE_BYTES,
        producer_acks=-1,
        # What is not finished is delivered again; waiting for it could take for ever.
        stream_wait_empty=False,
        stream_buffer_maxsize=4 * settings.batch_max,
        web_host=settings.web_host,
        web_bind=settings.web_host,
        web_port=settings.web_port,
        # Of Faust's own pages none: they tell workers, tables and keys to whoever asks.
        web_router_enabled=False,
        web_tables_enabled=False,
        web_stats_enabled=False,
        web_graph_enabled=False,
        web_metrics_enabled=False,
        worker_redirect_stdouts=False,
    )
    set_transport(app, paced=place.embedded, lean=settings.lean)
    pulse = cast(Any, app).pulse = Pulse(most=SESSION_SECONDS / 2)
    pulse.start()
    return app


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _release(app: faust.App, deduplicator: Deduplicator) -> None:
    def own() -> frozenset[int]:
        cast(Any, app).pulse.check()
        consumer, tables = cast(Any, app.consumer), cast(Any, app.tables)
        if app.rebalancing or not tables.recovery.completed.is_set():
            return frozenset()
        return frozenset(
            tp.partition for tp in consumer.assignment() if tp.topic == CANDIDATES.name
        )

    async def due() -> None:
        await deduplicator.release(own)

    app.timer(interval=RELEASE_SECONDS)(due)


def _join(
    app: faust.App, topic: Topic, name: str, run: Callable[[BatchStream], Awaitable[None]]
) -> None:
    source = app.topic(
        topic.name,
        partitions=topic.partitions,
        key_type=bytes,
        value_type=bytes,
        allow_empty=True,
    )

    async def agent(stream: StreamT[bytes]) -> None:
        try:
            batches = cast(BatchStream, stream)
            await run(batches)
            if batches.halted:
                cast(Any, app.consumer).leave(topic.name)
                await batches.leave()
        except (Exception, asyncio.CancelledError) as error:
            if is_cancelled():
                raise  # the worker stops, or partitions move
            # Faust would start the agent anew and go on behind the batch. The worker must
            # end instead, so that the next one takes the batch up again.
            log.exception("agent failed", agent=name)
            await app.crash(error)
            raise

    app.agent(source, name=name)(agent)
