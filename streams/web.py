"""The worker's pages: what is delivered, live; metrics; and whether the worker works."""

import base64
import re
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import Any

import faust
import orjson
from aiohttp.web import Request as HttpRequest
from aiohttp.web import StreamResponse
from faust.web import Request, Response, View
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from streams import metrics
from streams.agents import Brake
from streams.live import Live

PAGE = (Path(__file__).parent / "live.html").read_text(encoding="utf-8")


def _digest(tag: str) -> str:
    """The one inline element of this kind in the page, as a Content-Security-Policy names it."""
    (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", PAGE, re.DOTALL)
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


HEADERS = {
    # Nothing runs that is not in our page, wherever a stranger's headline may get to.
    "Content-Security-Policy": f"default-src 'none'; script-src {_digest('script')}; "
    f"style-src {_digest('style')}; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Of every answer."""


def serve(app: faust.App, live: Live, brakes: Collection[Brake]) -> None:
    """Adds the pages to the app's own web server. They only show; nothing can be changed here."""
    web: Any = app.web
    web.web_app.on_response_prepare.append(_secure)

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


async def _secure(_request: HttpRequest, response: StreamResponse) -> None:
    response.headers.update(HEADERS)
