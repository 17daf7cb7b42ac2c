"""How far the worker is behind: the broker's end of each partition less what was read."""

from typing import Any

import faust

from streams import metrics

SECONDS = 2.0


def watch_lag(app: faust.App) -> None:
    """Sets the lag gauges of the assigned partitions every two seconds."""

    async def measure() -> None:
        consumer: Any = app.consumer
        metrics.LAG.clear()  # a partition that went to another worker is its own to report
        for tp in consumer.assignment():
            # The end that came with the last fetch: ListOffsets is wrong on some brokers.
            end = consumer.highwater(tp)
            read = consumer._read_offset[tp]  # noqa: SLF001 — there is no public way
            if end is not None:
                behind = max(0, end - (read + 1 if read is not None else 0))
                metrics.LAG.labels(tp.topic, str(tp.partition)).set(behind)

    app.timer(interval=SECONDS)(measure)
