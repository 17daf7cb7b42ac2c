"""The worker's pages: what is delivered, live; metrics; and whether the worker works."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import faust
import orjson
from faust.web import Request, Response, View
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from streams import metrics
from streams.agents import Brake
from streams.live import Live

PAGE = (Path(__file__).parent / "live.html").read_text(encoding="utf-8")


def serve(app: faust.App, live: Live, brakes: Collection[Brake]) -> None:
    """Adds the pages to the app's own web server."""

    @app.page("/")
    async def page(view: View, _request: Request) -> Response:
        return view.html(PAGE)

    @app.page("/stories")
    async def stories(view: View, _request: Request) -> Response:
        return view.bytes(orjson.dumps(live.stories()), content_type="application/json")

    @app.page("/metrics")
    async def scrape(view: View, _request: Request) -> Response:
        text = generate_latest(metrics.REGISTRY)
        return view.bytes(text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    @app.page("/healthz")
    async def healthz(view: View, _request: Request) -> Response:
        return view.json({"alive": True})

    @app.page("/readyz")
    async def readyz(view: View, _request: Request) -> Response:
        parts = readiness(app, brakes)
        return view.json(parts, status=200 if parts["ready"] else 503)


def readiness(app: faust.App, brakes: Collection[Brake]) -> dict[str, Any]:
    """The parts of being ready, and whether all of them hold."""
    tables: Any = app.tables
    assigned = sorted(f"{tp.topic}/{tp.partition}" for tp in app.consumer.assignment())
    parts: dict[str, Any] = {
        "assigned": assigned,
        "rebalancing": bool(app.rebalancing),
        "recovered": bool(tables.recovery.completed.is_set()),
    }
    working = bool(assigned) and not parts["rebalancing"] and parts["recovered"]
    parts["stopped"] = [brake.why for brake in brakes if brake.why]
    parts["ready"] = working and not parts["stopped"]
    return parts
