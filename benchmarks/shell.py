"""What one hop costs besides the work: `python -m benchmarks.shell`.

Records of 5 KB are read from a topic, changed a little, and written to another, by Faust as we
use it, by Faust as its manual shows it, and by bare clients; interleaved, each in a process of
its own, on one Apache Kafka node. CPU time is the process's own, from its first record to its last.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from rich.console import Console
from rich.progress import track
from rich.table import Table

from streams.broker import TopicSpec, ensure_topics
from streams.cli.clients import producer
from streams.settings import Settings
from tools.kafka.children import Signals
from tools.kafka.jars import fetch
from tools.kafka.node import Node, free_port

SOURCE, SINK = "bench.source", "bench.sink"
BYTES = 5 * 1024
PARTITIONS = 4


class Meter:
    """CPU and time from the first of `count` records to the last, then the process ends."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._count = count
        self._begun: tuple[float, float] | None = None

    def start(self) -> None:
        """At the first record."""
        if self._begun is None:
            self._begun = time.process_time(), time.perf_counter()

    def done(self, records: int) -> None:
        """When records are on the broker."""
        self._left -= records
        if self._left <= 0 and self._begun is not None:
            cpu, clock = self._begun
            spent, took = time.process_time() - cpu, time.perf_counter() - clock
            figures = {"cpu_us": spent / self._count * 1e6, "rate": self._count / took}
            os.write(1, b"\n" + orjson.dumps(figures) + b"\n")  # Faust takes sys.stdout for its log
            os._exit(0)  # how long a client takes to say good-bye is not the question


def changed(value: bytes) -> bytes:
    """The least that an agent does with a record."""
    document = orjson.loads(value)
    document["seen"] = True
    return orjson.dumps(document)


def ours(address: str, group: str, meter: Meter, *, lean: bool) -> None:
    """The worker's own parts: batches, transport, deliverer."""
    import faust

    from streams.app import Place, shell
    from streams.batches import BatchStream
    from streams.deliveries import Delivery
    from streams.delivering import Deliverer

    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(
            broker=f"kafka://{address}", data=Path(directory), web_port=free_port(), lean=lean
        )
        app = shell(settings, Place(address, embedded=False), group)
        deliverer = Deliverer(app, lean=lean)

        async def agent(stream: Any) -> None:
            batches: BatchStream = stream
            async for events in batches.batches(settings.batch_max, settings.batch_seconds):
                meter.start()
                messages = [event.message for event in events]
                await deliverer.deliver(
                    [Delivery(SINK, each.key, changed(each.value or b"")) for each in messages],
                    partial(batches.holds, events[-1]),
                )
                meter.done(len(events))

        source = app.topic(SOURCE, key_type=bytes, value_type=bytes, partitions=PARTITIONS)
        app.agent(source, name="hop")(agent)
        faust.Worker(app, loglevel="ERROR", quiet=True).execute_from_commandline()


def manual(address: str, group: str, meter: Meter) -> None:
    """Faust as its manual shows it."""
    import faust

    from benchmarks.peers.plain import plain_app

    app = plain_app(group, address)
    sink = app.topic(SINK, value_serializer="raw", key_serializer="raw")

    async def agent(stream: Any) -> None:
        async for event in stream.events():
            meter.start()
            await sink.send(key=event.key, value=changed(event.value))
            meter.done(1)

    source = app.topic(SOURCE, key_type=bytes, value_type=bytes, partitions=PARTITIONS)
    app.agent(source, name="hop")(agent)
    faust.Worker(app, loglevel="ERROR", quiet=True).execute_from_commandline()


def bare_aiokafka(address: str, group: str, meter: Meter) -> None:
    """Faust's client without Faust."""
    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

    async def run() -> None:
        consumer = AIOKafkaConsumer(
            SOURCE,
            bootstrap_servers=address,
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        producer = AIOKafkaProducer(bootstrap_servers=address, acks="all")
        await consumer.start()
        await producer.start()
        while True:
            for records in (await consumer.getmany(timeout_ms=1000, max_records=100)).values():
                meter.start()
                sent = [
                    await producer.send(SINK, changed(each.value), key=each.key) for each in records
                ]
                await asyncio.gather(*sent)
                await consumer.commit()
                meter.done(len(records))

    asyncio.run(run())


def bare_confluent(address: str, group: str, meter: Meter) -> None:
    """librdkafka, the fastest client there is for Python."""
    from confluent_kafka import Consumer, Producer

    servers = {"bootstrap.servers": address}
    reading = {"group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False}
    consumer, producer = Consumer(servers | reading), Producer({**servers, "acks": "all"})
    consumer.subscribe([SOURCE])
    while True:
        records = consumer.consume(100, timeout=1.0)
        if records:
            meter.start()
            for each in records:
                producer.produce(SINK, changed(each.value()), key=each.key())
            producer.flush()
            consumer.commit(asynchronous=False)
            meter.done(len(records))


CONTENDERS: dict[str, Callable[[str, str, Meter], None]] = {
    "newswire": lambda *hop: ours(*hop, lean=True),
    "newswire, NEWSWIRE_LEAN=false": lambda *hop: ours(*hop, lean=False),
    "Faust's manual": manual,
    "bare aiokafka": bare_aiokafka,
    "bare confluent-kafka": bare_confluent,
}


def main() -> None:
    """Runs all contenders, or is one of them."""
    options = _options()
    if options.contender:
        name, address, group = options.contender
        CONTENDERS[name](address, group, Meter(options.count))
        return
    fetch(Signals())
    figures: dict[str, list[dict[str, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="newswire-bench-") as directory:
        node = Node(free_port(), Path(directory))
        node.start(Signals())
        try:
            _fill(node.address, options.count)
            turns = [(turn, name) for turn in range(options.rounds) for name in CONTENDERS]
            for turn, name in track(turns, "hops", console=Console(stderr=True)):
                figures[name].append(_run(name, node.address, f"bench-{turn}", options.count))
        finally:
            node.stop()
    table = Table("one hop of 5 KB", "CPU µs a record", "records/s", "times newswire")
    own = median(each["cpu_us"] for each in figures["newswire"])
    for name, runs in figures.items():
        cpu = median(each["cpu_us"] for each in runs)
        rate = median(each["rate"] for each in runs)
        table.add_row(name, f"{cpu:.0f}", f"{rate:,.0f}", f"{cpu / own:.2f}")
    Console().print(table)


def _fill(address: str, count: int) -> None:
    ensure_topics(address, [TopicSpec(SOURCE, PARTITIONS), TopicSpec(SINK, PARTITIONS)])
    with producer(Settings(broker=f"kafka://{address}")) as writer:
        for number in range(count):
            document = {"uri": f"urn:bench:{number}", "body": "x" * BYTES}
            writer.send(SOURCE, key=document["uri"].encode(), value=orjson.dumps(document))


def _run(name: str, address: str, group: str, count: int) -> dict[str, float]:
    group = f"{group}-{list(CONTENDERS).index(name)}"
    command = [sys.executable, "-m", "benchmarks.shell", "--count", str(count)]
    ran = subprocess.run(
        [*command, "--contender", name, address, group],
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
    )
    figures: dict[str, float] = orjson.loads(ran.stdout.splitlines()[-1])
    return figures


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--contender", nargs=3, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
