"""Two Faust agents as its manual shows them: `async for`, and `await topic.send`."""

import sys
from typing import Any

import faust

from benchmarks.peers.plain import plain_app
from benchmarks.peers.steps import Steps
from schemas.topics import ARTICLES, CANDIDATES
from streams.deliveries import Delivery

steps = Steps()
app = plain_app("peer", sys.argv[1])


async def send(record: Delivery) -> None:
    """One record, by its topic."""
    topic = app.topic(record.topic, key_serializer="raw", value_serializer="raw", allow_empty=True)
    await topic.send(
        key=record.key,
        value=record.value,
        partition=record.partition,
        headers=list(record.headers) or None,
    )


@app.agent(app.topic(ARTICLES.name, key_type=bytes, value_type=bytes))
async def enrich(stream: Any) -> None:
    """The first hop."""
    async for event in stream.events():
        at = event.message
        for record in steps.enrich(at.topic, at.partition, at.offset, at.key, at.value):
            await send(record)


@app.agent(app.topic(CANDIDATES.name, key_type=bytes, value_type=bytes))
async def deduplicate(stream: Any) -> None:
    """The second hop."""
    async for event in stream.events():
        for record in steps.settle(event.message.partition, event.message.value):
            await send(record)


faust.Worker(app, loglevel="ERROR", quiet=True).execute_from_commandline()
