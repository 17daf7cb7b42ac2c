"""Keeps the embedded broker small without losing what was not read.

It holds all data in memory, and its retention by size deletes what nobody has read yet.
So the topics that we read ourselves have no limit there; instead what is committed is
deleted, but for the last records of each partition, which a person may want to see.
"""

from typing import Any

import faust
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete

from schemas.topics import ALIASES, ARTICLES, CANDIDATES

SECONDS = 5.0
KEPT = {ARTICLES.name: 1000, CANDIDATES.name: 0, ALIASES.name: 0}
"""Committed records that stay, a partition."""


def trim_committed(app: faust.App, address: str) -> None:
    """Deletes, every few seconds, the records of our own input topics that are done with."""
    done: dict[TopicPartition, int] = {}

    async def trim() -> None:
        consumer: Any = app.consumer
        wanted = {}
        for tp in consumer.assignment():
            committed = consumer._committed_offset[tp]  # noqa: SLF001 — there is no public way
            if tp.topic in KEPT and committed is not None:
                before = committed - KEPT[tp.topic]
                if before > done.get(tp, 0):
                    wanted[TopicPartition(tp.topic, tp.partition)] = before
        if wanted:
            admin = AIOKafkaAdminClient(bootstrap_servers=address)
            await admin.start()
            try:
                await admin.delete_records(
                    {tp: RecordsToDelete(before_offset=before) for tp, before in wanted.items()}
                )
            finally:
                await admin.close()
            done.update(wanted)

    app.timer(interval=SECONDS)(trim)
